import { z } from 'zod'
import { objectName } from '../ids.ts'
import { duration } from '../units.ts'

export const timeZone = z
  .string()
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return true
    } catch {
      return false
    }
  }, 'not a time zone of the IANA list, such as Europe/Rome')
  .meta({ description: 'A zone of the IANA list', examples: ['Europe/Rome', 'UTC'] })

/** When a job is due. The cron expression has five fields (minute first); its syntax is checked by the server. */
export const scheduleSpec = z.strictObject({
  cron: z
    .string()
    .min(1)
    .meta({
      description: 'minute hour day-of-month month day-of-week',
      examples: ['30 2 * * *', '0 */4 * * 1-5'],
    }),
  timeZone: timeZone.default('UTC'),
  missed: z.enum(['run-once', 'skip']).default('run-once').meta({
    description: 'What to do on wake-up about slots that nobody ran: one run for all of them, or none',
  }),
})
export type ScheduleSpec = z.infer<typeof scheduleSpec>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 22:00')
export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])

/** When runs may start; a window whose end is not after its start reaches into the next day. */
export const windowSpec = z.strictObject({
  days: z.array(weekday).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  from: clockTime,
  to: clockTime,
  timeZone: timeZone.default('UTC'),
  atEnd: z.enum(['finish', 'stop']).default('finish').meta({
    description: 'What happens to a run that is still going when the window closes',
  }),
})
export type WindowSpec = z.infer<typeof windowSpec>

export const jobLock = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/-]*$/, 'lower-case letters, digits and . _ / -, such as veeam/nightly'),
  mode: z.enum(['shared', 'exclusive']).default('exclusive'),
})

export const jobSpec = z.strictObject({
  name: objectName,
  kind: z.string().min(1).meta({ description: 'Which driver does it' }),
  description: z.string().max(500).optional(),
  enabled: z.boolean().default(true),
  node: objectName.optional().meta({ description: 'Name of the node it works on' }),
  vault: objectName.optional().meta({ description: 'Name of the vault it writes to' }),
  policy: objectName.optional().meta({ description: 'Name of its policy' }),
  schedule: scheduleSpec.optional().meta({ description: 'Without it the job runs only when asked' }),
  windows: z.array(windowSpec).max(20).default([]).meta({
    description: 'When runs may start; always when the list is empty',
  }),
  site: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
    .default('main')
    .meta({
      description: 'Which workers may take it',
    }),
  locks: z.array(jobLock).max(20).default([]).meta({
    description: 'Named locks the run holds from start to end, shared with other jobs or outside scripts',
  }),
  timeLimit: duration.default('24h'),
  maxWait: duration.default('12h').meta({
    description: 'How long a run may wait for locks or windows before it is skipped',
  }),
  attempts: z.int().min(1).max(20).default(4).meta({
    description: 'How often a run is tried when the other side cannot be reached',
  }),
  whenAbsent: z.enum(['skip', 'fail']).default('fail').meta({
    description: 'Outcome when the source or the vault is not there',
  }),
  config: z.record(z.string(), z.unknown()).default({}).meta({ description: 'Settings of the job kind' }),
})
export type JobSpec = z.infer<typeof jobSpec>
