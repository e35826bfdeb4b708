import { z } from 'zod'
import { objectName } from '../ids.ts'
import { OBJECT_NAME, remark } from './meta.ts'

/** A managed system. Further kinds arrive with the job kinds that log in to them. */
export const nodeSpec = z.strictObject({
  name: objectName.meta(OBJECT_NAME),
  kind: z.literal('host').meta({
    title: 'Kind',
    'x-enum-titles': { host: 'Host' },
    description: '`host`: the machine a worker of the job’s site runs on',
  }),
  description: remark.optional(),
  maxParallelRuns: z.int().min(1).max(100).default(4).meta({
    title: 'Runs at the same time',
    'x-advanced': true,
    description: 'How many runs may work on this node at the same time; others wait',
  }),
  restoreRoots: z
    .array(
      z
        .string()
        .max(4096)
        .regex(/^\/[^\0]*$/, 'a folder is named by its absolute path'),
    )
    .max(50)
    .default([])
    .meta({
      title: 'Folders to restore into',
      'x-advanced': true,
      description:
        'Real absolute paths of folders. Who is not an administrator restores below these and, unless limited to some nodes, to the source of the job',
      examples: [['/srv/restored']],
    }),
})
export type NodeSpec = z.infer<typeof nodeSpec>
