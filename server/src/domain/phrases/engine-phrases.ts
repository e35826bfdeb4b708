import { type PhraseCatalogs, phrasesOf } from '@holdfast/contract'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'

/** What Holdfast itself says about runs, whatever their kind. They lie here because domain, engine and store say them. */
export const ENGINE_PHRASES: PhraseCatalogs = { en, de, it, fr, es }

export const say = phrasesOf('engine', en)
