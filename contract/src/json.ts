import { z } from 'zod'

/** Any value that survives JSON: what plans, checkpoints and reports are made of. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

export const jsonValue: z.ZodType<JsonValue> = z.json()
