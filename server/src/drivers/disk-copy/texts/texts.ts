import { type KindTexts, type PhraseCatalogs, phrasesOf } from '@holdfast/contract'
import { de, dePhrases } from './de.ts'
import { en } from './en.ts'
import { es, esPhrases } from './es.ts'
import { fr, frPhrases } from './fr.ts'
import { it, itPhrases } from './it.ts'

export const diskCopyTexts: KindTexts = { de, it, fr, es }

export const diskCopyPhrases: PhraseCatalogs = {
  en,
  de: dePhrases,
  it: itPhrases,
  fr: frPhrases,
  es: esPhrases,
}

export const say = phrasesOf('disk-copy', en)
