import { z } from 'zod'
import { errorReport } from '../run.ts'

/** Every error of the API: RFC 9457 with the code, the kind and the hint of Holdfast. */
export const problem = z.object({
  /** Address of the description of the code. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: errorReport.shape.code,
  kind: errorReport.shape.kind,
  hint: z.string(),
  /** Every mistake in what was sent, with the place it stands at. */
  problems: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])),
        message: z.string(),
        hint: z.string().optional(),
      }),
    )
    .optional(),
  details: errorReport.shape.details,
})
export type Problem = z.infer<typeof problem>
