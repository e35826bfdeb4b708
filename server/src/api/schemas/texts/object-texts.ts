import type { KindTexts } from '@holdfast/contract'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { NODE_TEXTS } from './node-texts.ts'

/** Texts of nodes, vaults, policies, notifications and jobs. */
export const OBJECT_TEXTS: KindTexts = {
  de: { ...de, ...NODE_TEXTS.de },
  it: { ...it, ...NODE_TEXTS.it },
  fr: { ...fr, ...NODE_TEXTS.fr },
  es: { ...es, ...NODE_TEXTS.es },
}
