import {
  notificationLanguage,
  type PhraseCatalog,
  type PhraseCatalogs,
  slotsOf,
  type Template,
} from '@holdfast/contract'

/** Keys of these groups are titles, which stand alone. */
const TITLE = /^(step|count|guard)\./
const STRAIGHT_QUOTES = /'|"/

/** For tests: what is wrong with the catalogs of one namespace, a line each; none when every language says the same. */
export function catalogProblems(catalogs: PhraseCatalogs): string[] {
  const english = catalogs.en
  return notificationLanguage.options.flatMap((language) => {
    const catalog = catalogs[language]
    const unknown = Object.keys(catalog).filter((key) => !Object.hasOwn(english, key))
    return [
      ...unknown.map((key) => `is not in English: ${key}`),
      ...Object.keys(english).flatMap((key) => keyProblems(key, english, catalog)),
    ].map((problem) => `${language}: ${problem}`)
  })
}

function keyProblems(key: string, english: PhraseCatalog, catalog: PhraseCatalog): string[] {
  const [original, template] = [english[key], catalog[key]]
  if (original === undefined || template === undefined) return [`is missing: ${key}`]
  if (typeof template !== typeof original) return [`has other plural forms: ${key}`]
  const [wanted, found] = [slots(original), slots(template)]
  const texts = formsOf(template)
  const isSentence = formsOf(original).some((text) => text.split(' ').length >= 4)
  return [
    ...(wanted === found ? [] : [`has other slots: ${key} (${found} instead of ${wanted})`]),
    ...(TITLE.test(key) && wanted !== '' ? [`is a title with slots: ${key}`] : []),
    ...(texts.some((text) => STRAIGHT_QUOTES.test(text)) ? [`has straight quotes: ${key}`] : []),
    ...(texts.some((text) => text.trim() !== text || text === '') ? [`is empty or has blanks: ${key}`] : []),
    ...(english !== catalog && isSentence && texts.join() === formsOf(original).join()
      ? [`is not translated: ${key}`]
      : []),
  ]
}

function formsOf(template: Template): string[] {
  return typeof template === 'string' ? [template] : [template.one, template.other]
}

/** The value `count` may be left out of a form: a singular may say it in words. */
function slots(template: Template): string {
  if (typeof template === 'string') return slotsOf(template).join('; ')
  const all = [template.one, template.other].flatMap(slotsOf).filter((slot) => slot !== 'count')
  return [...new Set(all)].sort().join('; ')
}
