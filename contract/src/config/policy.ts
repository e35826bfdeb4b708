import { z } from 'zod'
import { objectName } from '../ids.ts'
import { duration } from '../units.ts'
import { OBJECT_NAME, remark } from './meta.ts'

const count = z.int().min(0).max(10_000)

/** How many restore points to keep. A point stays if any rule wants it; the newest good one always stays. */
export const retentionRules = z
  .strictObject({
    keepLast: count.optional().meta({ title: 'Keep last', description: 'The newest N' }),
    keepHourly: count
      .optional()
      .meta({ title: 'Keep hourly', description: 'The newest of each of the last N hours that have one' }),
    keepDaily: count
      .optional()
      .meta({ title: 'Keep daily', description: 'The newest of each of the last N days that have one' }),
    keepWeekly: count.optional().meta({
      title: 'Keep weekly',
      description: 'The newest of each of the last N ISO weeks that have one',
    }),
    keepMonthly: count
      .optional()
      .meta({ title: 'Keep monthly', description: 'The newest of each of the last N months that have one' }),
    keepYearly: count
      .optional()
      .meta({ title: 'Keep yearly', description: 'The newest of each of the last N years that have one' }),
    timeZone: z.string().optional().meta({
      title: 'Time zone',
      'x-widget': 'time-zone',
      'x-advanced': true,
      description: 'Zone in which days, weeks, months begin; UTC by default',
    }),
  })
  .refine((rules) => Object.values(rules).some((value) => typeof value === 'number' && value > 0), {
    message: 'at least one keep rule must be greater than 0, or every restore point would go',
  })
export type RetentionRules = z.infer<typeof retentionRules>

export const verificationRules = z.strictObject({
  afterRun: z
    .enum(['none', 'sample', 'full'])
    .default('sample')
    .meta({
      title: 'Check after each run',
      'x-enum-titles': { none: 'No check', sample: 'Sample', full: 'Everything' },
      description: 'How a new restore point is checked before older ones may be removed',
    }),
  samplePercent: z.number().min(0.1).max(100).default(5).meta({
    title: 'Size of a sample',
    description: 'Share of the files whose content a sample check reads, in percent',
  }),
  maxAge: duration.default('30d').meta({
    title: 'A full check is good for',
    'x-advanced': true,
    description: 'A restore point counts as verified for this long after its last good full check',
  }),
})

export const policySpec = z.strictObject({
  name: objectName.meta(OBJECT_NAME),
  description: remark.optional(),
  retention: retentionRules
    .optional()
    .meta({ title: 'Retention', description: 'Without it nothing is ever removed' }),
  rpo: duration.optional().meta({
    title: 'RPO',
    description:
      'Maximum accepted age of the newest good restore point; without it coverage says "no policy"',
  }),
  verification: verificationRules
    .default({ afterRun: 'sample', samplePercent: 5, maxAge: '30d' })
    .meta({ title: 'Verification', description: 'How restore points are checked' }),
})
export type PolicySpec = z.infer<typeof policySpec>
