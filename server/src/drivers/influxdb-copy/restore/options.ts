import { z } from 'zod'
import { ALL, range, selection } from '../config.ts'

export const restoreOptions = z.strictObject({
  existing: z
    .enum(['refuse', 'merge'])
    .default('refuse')
    .meta({
      title: 'When the database holds data',
      'x-enum-titles': { refuse: 'Refuse', merge: 'Restore into it' },
      description:
        'What to do when the database is there and holds data: refuse, or restore into it; points of the same series and time are overwritten, all others stay; VictoriaMetrics gets only what is missing, and of InfluxDB 2.x and 3.x nobody looks what they hold',
    }),
  measurements: selection
    .default(ALL)
    .meta({ title: 'Measurements', description: 'Which measurements to restore' }),
  retentionPolicies: selection
    .default(ALL)
    .meta({ title: 'Retention policies', description: 'Which retention policies to restore' }),
  range: range.default({}).meta({ title: 'Time range', description: 'Restores only points of this time' }),
  keep: z
    .enum(['original', 'forever'])
    .default('original')
    .meta({
      title: 'Retention of what is created',
      'x-enum-titles': { original: 'As it was', forever: 'Forever' },
      description:
        'How long retention policies that the restore creates keep points: as long as they did, or forever, for points that are older than that already; only InfluxDB 1.x has such policies',
    }),
  continuousQueries: z.boolean().default(true).meta({
    title: 'Continuous queries',
    description: 'Create the continuous queries after a restore of everything; only on InfluxDB 1.x',
  }),
})
export type RestoreOptions = z.infer<typeof restoreOptions>
