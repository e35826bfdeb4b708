import { z } from 'zod'
import { objectName } from '../ids.ts'
import { duration } from '../units.ts'

const count = z.int().min(0).max(10_000)

/** How many restore points to keep. A point stays if any rule wants it; the newest good one always stays. */
export const retentionRules = z
  .strictObject({
    keepLast: count.optional().meta({ description: 'The newest N' }),
    keepHourly: count
      .optional()
      .meta({ description: 'The newest of each of the last N hours that have one' }),
    keepDaily: count.optional().meta({ description: 'The newest of each of the last N days that have one' }),
    keepWeekly: count
      .optional()
      .meta({ description: 'The newest of each of the last N ISO weeks that have one' }),
    keepMonthly: count
      .optional()
      .meta({ description: 'The newest of each of the last N months that have one' }),
    keepYearly: count
      .optional()
      .meta({ description: 'The newest of each of the last N years that have one' }),
    timeZone: z
      .string()
      .optional()
      .meta({ description: 'Zone in which days, weeks, months begin; UTC by default' }),
  })
  .refine((rules) => Object.values(rules).some((value) => typeof value === 'number' && value > 0), {
    message: 'at least one keep rule must be greater than 0, or every restore point would go',
  })
export type RetentionRules = z.infer<typeof retentionRules>

export const verificationRules = z.strictObject({
  afterRun: z.enum(['none', 'sample', 'full']).default('sample').meta({
    description: 'How a new restore point is checked before older ones may be removed',
  }),
  samplePercent: z.number().min(0.1).max(100).default(5).meta({
    description: 'Share of the files whose content a sample check reads, in percent',
  }),
  maxAge: duration.default('30d').meta({
    description: 'A restore point counts as verified for this long after its last good full check',
  }),
})

export const policySpec = z.strictObject({
  name: objectName,
  description: z.string().max(500).optional(),
  retention: retentionRules.optional().meta({ description: 'Without it nothing is ever removed' }),
  rpo: duration.optional().meta({
    description:
      'Maximum accepted age of the newest good restore point; without it coverage says "no policy"',
  }),
  verification: verificationRules.default({ afterRun: 'sample', samplePercent: 5, maxAge: '30d' }),
})
export type PolicySpec = z.infer<typeof policySpec>
