import type { NotificationLanguage } from '@holdfast/contract'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from '../texts/en.ts'
import type { Same } from '../texts/same.ts'
import { completePlurals } from './plurals.ts'

export type Language = NotificationLanguage

/** Every language with its own name, in the order of the switch. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  it: 'Italiano',
  fr: 'Français',
  es: 'Español',
} as const satisfies Record<Language, string>

/** Each language is a chunk of its own: only the one in use is loaded. */
const LOADERS: Record<Language, () => Promise<Same<typeof en>>> = {
  en: () => import('../texts/en.ts').then((texts) => texts.en),
  de: () => import('../texts/de.ts').then((texts) => texts.de),
  it: () => import('../texts/it.ts').then((texts) => texts.it),
  fr: () => import('../texts/fr.ts').then((texts) => texts.fr),
  es: () => import('../texts/es.ts').then((texts) => texts.es),
}

const REMEMBERED = 'holdfast.language'

/** Starts with the language used last in this browser, else the first of the browser's that there is. */
export async function startLanguage(): Promise<void> {
  const language = initialLanguage(remembered(), navigator.languages)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: completePlurals(await LOADERS[language]()) },
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = language
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'shell')) {
    const texts = completePlurals(await LOADERS[language]())
    for (const [namespace, bundle] of Object.entries(texts))
      i18next.addResourceBundle(language, namespace, bundle)
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(REMEMBERED, language)
  } catch {
    // Storage is switched off: the next visit starts with the browser's language.
  }
}

export function initialLanguage(stored: string | null, preferred: readonly string[]): Language {
  const wanted = [stored, ...preferred].map((tag) => tag?.slice(0, 2).toLowerCase())
  return wanted.find(isLanguage) ?? 'en'
}

export function isLanguage(text: string | null | undefined): text is Language {
  return typeof text === 'string' && Object.hasOwn(LANGUAGES, text)
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED)
  } catch {
    return null
  }
}
