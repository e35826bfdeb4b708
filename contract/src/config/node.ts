import { z } from 'zod'
import { objectName } from '../ids.ts'

/** A managed system. Further kinds arrive with the job kinds that log in to them. */
export const nodeSpec = z.strictObject({
  name: objectName,
  kind: z.literal('host').meta({ description: '`host`: the machine a worker of the job’s site runs on' }),
  description: z.string().max(500).optional(),
  maxParallelRuns: z.int().min(1).max(100).default(4).meta({
    description: 'How many runs may work on this node at the same time; others wait',
  }),
})
export type NodeSpec = z.infer<typeof nodeSpec>
