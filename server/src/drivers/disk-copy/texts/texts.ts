import type { KindTexts } from '@holdfast/contract'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'

export const diskCopyTexts: KindTexts = { de, it, fr, es }
