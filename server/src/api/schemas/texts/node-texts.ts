import type { KindTexts } from '@holdfast/contract'
import { de } from './nodes/de.ts'
import { es } from './nodes/es.ts'
import { fr } from './nodes/fr.ts'
import { it } from './nodes/it.ts'

/** What forms say about nodes. */
export const NODE_TEXTS: KindTexts = { de, it, fr, es }
