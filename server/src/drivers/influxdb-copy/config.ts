import { instant, objectName } from '@holdfast/contract'
import { z } from 'zod'

/** InfluxDB takes names of any character but these; empty ones it refuses. */
const databaseName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\0\n\r]+$/, 'a name is one line')

const pattern = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\0\n\r]+$/, 'a pattern is one line')

const patterns = z.array(pattern).max(1000).default([])

export const selection = z.strictObject({
  include: patterns.meta({
    title: 'Only these',
    description: 'Names to copy: `*` stands for anything, `?` for one character; all when the list is empty',
    examples: [['cpu', 'net_*']],
  }),
  exclude: patterns.meta({
    title: 'Leave out',
    description: 'Names to leave out, even where they are included',
    examples: [['*_tmp']],
  }),
})
export type Selection = z.infer<typeof selection>

export const ALL = { include: [], exclude: [] }

export const FIELD_TYPES = ['float', 'integer', 'string', 'boolean'] as const

const destination = z.strictObject({
  node: objectName.meta({
    title: 'Node',
    'x-widget': 'reference',
    'x-reference': 'nodes',
    description: 'Name of the node to copy to; it may be the node that is copied from',
  }),
  prefix: z.string().max(100).default('').meta({
    title: 'Prefix',
    'x-advanced': true,
    description: 'Put before the name of every database at the destination',
  }),
  existing: z
    .enum(['ask', 'merge'])
    .default('ask')
    .meta({
      title: 'Databases that are there',
      'x-enum-titles': { ask: 'Ask first', merge: 'Copy into them' },
      description:
        'What to do about a database that is at the destination before the first copy and holds data: `ask` holds the run for a person, `merge` copies into it; points of the same series and time are overwritten',
    }),
  suffix: z
    .string()
    .max(100)
    .default('')
    .meta({
      title: 'Suffix',
      'x-advanced': true,
      description: 'Put after the name of every database at the destination',
      examples: ['_copy'],
    }),
})

const database = z.strictObject({
  name: databaseName.meta({
    title: 'Database',
    description: 'Name of the database at the source',
    examples: ['metrics'],
  }),
  as: databaseName.optional().meta({
    title: 'Name at the destination',
    description: 'The same name, with prefix and suffix, without it',
    examples: ['metrics_copy'],
  }),
})

export const tagFilter = z.strictObject({
  tag: pattern.meta({ title: 'Tag', description: 'Key of the tag', examples: ['host'] }),
  include: patterns.meta({
    title: 'Only these values',
    description: 'Values to copy: `*` stands for anything, `?` for one character; all when the list is empty',
  }),
  exclude: patterns.meta({ title: 'Leave out', description: 'Values to leave out' }),
})

export type TagFilter = z.infer<typeof tagFilter>

const fieldFilter = z.strictObject({
  measurement: pattern.meta({
    title: 'Measurement',
    description: 'Name or pattern of the measurements it is for',
  }),
  ...selection.shape,
  types: z
    .array(z.enum(FIELD_TYPES))
    .max(4)
    .default([])
    .meta({ title: 'Types', description: 'Only fields of these types; of all types when the list is empty' }),
})

export const range = z
  .strictObject({
    from: instant.optional().meta({ title: 'From', description: 'First instant that is copied' }),
    to: instant.optional().meta({ title: 'To', description: 'First instant that is not copied any more' }),
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'the end of the time range is after its beginning',
  })

export const influxdbCopyConfig = z
  .strictObject({
    destination: destination.optional().meta({
      title: 'Destination',
      description: 'Where to copy to; a job with a vault saves there and has none',
    }),
    databases: z.array(database).max(1000).default([]).meta({
      title: 'Databases',
      description: 'Databases to copy; all but _internal when the list is empty',
    }),
    mode: z
      .enum(['incremental', 'full'])
      .default('incremental')
      .meta({
        title: 'Mode',
        'x-enum-titles': { incremental: 'What has changed', full: 'Everything' },
        description:
          'What a run reads: `incremental` the shards that the source has written to since the last run, `full` all of them',
      }),
    verify: z.boolean().default(true).meta({
      title: 'Compare afterwards',
      description:
        'Read back every window that was copied and compare each field of it with the source; switched off (`false`), the run proves nothing',
    }),
    retentionPolicies: selection.default(ALL).meta({
      title: 'Retention policies',
      'x-advanced': true,
      description: 'Which retention policies to copy',
    }),
    measurements: selection
      .default(ALL)
      .meta({ title: 'Measurements', description: 'Which measurements to copy' }),
    fields: z.array(fieldFilter).max(1000).default([]).meta({
      title: 'Fields',
      'x-advanced': true,
      description: 'Which fields of some measurements to copy; all fields of the others',
    }),
    tags: z.array(tagFilter).max(50).default([]).meta({
      title: 'Tags',
      'x-advanced': true,
      description: 'Copies only series whose tags have, or have not, such values',
    }),
    range: range.default({}).meta({
      title: 'Time range',
      'x-advanced': true,
      description: 'Copies only points of this time',
    }),
    continuousQueries: z.boolean().default(true).meta({
      title: 'Continuous queries',
      'x-advanced': true,
      description:
        'Create the continuous queries of the source after a copy of everything; copies of what has changed leave them out, since they would compute from data that has not arrived yet',
    }),
    relay: z
      .enum(['auto', 'never'])
      .default('auto')
      .meta({
        title: 'Copy whole shards',
        'x-enum-titles': { auto: 'Where possible', never: 'Never' },
        'x-advanced': true,
        description:
          'Whether a new database is filled with whole shards over the port for backups, which is many times faster; both nodes must name that port',
      }),
    pageSize: z.int().min(100).max(1_000_000).default(10_000).meta({
      title: 'Points in one piece',
      'x-advanced': true,
      description: 'How many points the source puts together before it sends them',
    }),
    maxPointsPerSecond: z.int().min(100).optional().meta({
      title: 'Points per second',
      'x-advanced': true,
      description: 'Most points that are copied in a second, to spare the servers; no limit without it',
    }),
    pauseBetweenWindowsMs: z.int().min(0).max(600_000).default(0).meta({
      title: 'Pause between windows',
      'x-advanced': true,
      description: 'How many milliseconds each reader rests after a window, to spare the servers',
    }),
  })
  .refine(({ mode, range: { from, to } }) => mode === 'full' || (!from && !to), {
    path: ['range'],
    message: 'a time range is for copies of everything: say mode full',
  })
export type InfluxdbCopyConfig = z.infer<typeof influxdbCopyConfig>
