import { z } from 'zod'
import { common } from './common.ts'

/** A machine that a worker runs on. */
export const host = z
  .strictObject({
    ...common,
    kind: z
      .literal('host')
      .meta({ title: 'Kind', 'x-enum-titles': { host: 'Host' }, description: 'Which kind it is' }),
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
  .meta({ title: 'Host', description: 'The machine a worker of the job’s site runs on' })
