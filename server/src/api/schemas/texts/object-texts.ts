import type { KindTexts } from '@holdfast/contract'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'

/** Texts of nodes, vaults, policies, notifications and jobs. */
export const OBJECT_TEXTS: KindTexts = { de, it, fr, es }
