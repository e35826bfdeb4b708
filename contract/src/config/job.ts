import { z } from 'zod'
import { objectName } from '../ids.ts'
import { duration } from '../units.ts'
import { ENABLED, OBJECT_NAME, remark } from './meta.ts'
import { startHook } from './start-hook.ts'

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
  .meta({
    title: 'Time zone',
    description: 'A zone of the IANA list',
    'x-widget': 'time-zone',
    examples: ['Europe/Rome', 'UTC'],
  })

/** When a job is due. The cron expression has five fields (minute first); its syntax is checked by the server. */
export const scheduleSpec = z.strictObject({
  cron: z
    .string()
    .min(1)
    .meta({
      title: 'Cron expression',
      'x-widget': 'cron',
      description: 'minute hour day-of-month month day-of-week',
      examples: ['30 2 * * *', '0 */4 * * 1-5'],
    }),
  timeZone: timeZone.default('UTC'),
  missed: z
    .enum(['run-once', 'skip'])
    .default('run-once')
    .meta({
      title: 'Missed slots',
      'x-enum-titles': { 'run-once': 'Run once', skip: 'Skip' },
      'x-advanced': true,
      description: 'What to do on wake-up about slots that nobody ran: one run for all of them, or none',
    }),
})
export type ScheduleSpec = z.infer<typeof scheduleSpec>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 22:00')
export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).meta({
  'x-enum-titles': {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
})

/** When runs may start; a window whose end is not after its start reaches into the next day. */
export const windowSpec = z.strictObject({
  days: z.array(weekday).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).meta({
    title: 'Days',
    description: 'Days of the week on which the window opens',
  }),
  from: clockTime.meta({
    title: 'From',
    description: 'Time of day at which the window opens',
    examples: ['22:00'],
  }),
  to: clockTime.meta({
    title: 'To',
    description: 'Time of day at which it closes; on the next day when it is not after `from`',
    examples: ['05:00'],
  }),
  timeZone: timeZone.default('UTC'),
  atEnd: z
    .enum(['finish', 'stop'])
    .default('finish')
    .meta({
      title: 'When it closes',
      'x-enum-titles': { finish: 'Let the run finish', stop: 'Stop the run' },
      description: 'What happens to a run that is still going when the window closes',
    }),
})
export type WindowSpec = z.infer<typeof windowSpec>

export const jobLock = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/-]*$/, 'lower-case letters, digits and . _ / -, such as veeam/nightly')
    .meta({ title: 'Name', description: 'Name of the lock: lower-case letters, digits and . _ / -' }),
  mode: z
    .enum(['shared', 'exclusive'])
    .default('exclusive')
    .meta({
      title: 'Mode',
      'x-enum-titles': { shared: 'Shared', exclusive: 'Exclusive' },
      description: 'Whether others that say `shared` may hold the lock at the same time',
    }),
})

const absolutePath = z
  .string()
  .max(4096)
  .regex(/^\/[^\0\n\r]*$/, 'an absolute path, such as /srv/backups/locks')
  .regex(/^(?!.*(^|\/)\.\.?(\/|$))/, 'a path without . and ..')

/** Lock files by which another program and the runs of a job keep out of each other's way. */
export const jobLockFiles = z
  .strictObject({
    directory: absolutePath.meta({
      title: 'Folder',
      'x-widget': 'path',
      description: 'Folder in which the other program puts its lock files',
      examples: ['/srv/backups/locks'],
    }),
    pattern: z
      .string()
      .max(100)
      .regex(/^[^/\0\n\r]+$/, 'a pattern for the name of a file, without /')
      .default('*')
      .meta({
        title: 'File names',
        'x-advanced': true,
        description:
          'Which files of the folder count, in any case of letters: `*` stands for anything, `?` for one character; names that begin with a dot only count when the pattern does too',
        examples: ['*.lock'],
      }),
    ignoreOlderThan: duration.optional().meta({
      title: 'Ignore older than',
      description:
        'A file older than this was left behind by a job that died: the run warns of it and goes on; without it every file is waited for',
    }),
    removeStale: z.boolean().default(false).meta({
      title: 'Remove leftovers',
      'x-advanced': true,
      description: 'Switched on (`true`), files that are ignored for their age are removed as well',
    }),
    own: absolutePath.optional().meta({
      title: 'Own lock file',
      'x-widget': 'path',
      description:
        'File that is there while the run works, for the other program to wait for; none without it',
      examples: ['/srv/backups/copy.lock'],
    }),
    settle: duration.default('15s').meta({
      title: 'Pause after announcing',
      'x-advanced': true,
      description:
        'How long the run waits between making its own lock file and its last look for those of others: longer than it takes the other program from its look to its file, caches of the share included',
    }),
  })
  .refine(({ removeStale, ignoreOlderThan }) => !removeStale || ignoreOlderThan !== undefined, {
    path: ['removeStale'],
    message: 'leftovers are told by their age: say ignoreOlderThan as well',
  })
export type JobLockFiles = z.infer<typeof jobLockFiles>

/** When a job is told about, whatever `on` of the notifications says. */
export const jobNotify = z.enum(['always', 'failure', 'daily', 'never']).meta({
  title: 'Notify',
  'x-enum-titles': {
    always: 'At each end of a run',
    failure: 'When somebody should look',
    daily: 'Only in the digest',
    never: 'Never',
  },
  description:
    'When to tell about this job: `always` at each end of a run, `failure` when somebody should look, `daily` only in the digest, `never`; as `on` of each notification says without it',
})
export type JobNotify = z.infer<typeof jobNotify>

export const jobSpec = z.strictObject({
  name: objectName.meta(OBJECT_NAME),
  kind: z.string().min(1).meta({ title: 'Kind', description: 'Which driver does it' }),
  description: remark.optional(),
  enabled: z.boolean().default(true).meta(ENABLED),
  node: objectName.optional().meta({
    title: 'Node',
    'x-widget': 'reference',
    'x-reference': 'nodes',
    description: 'Name of the node it works on',
  }),
  vault: objectName.optional().meta({
    title: 'Vault',
    'x-widget': 'reference',
    'x-reference': 'vaults',
    description: 'Name of the vault it writes to',
  }),
  policy: objectName.optional().meta({
    title: 'Policy',
    'x-widget': 'reference',
    'x-reference': 'policies',
    description: 'Name of its policy',
  }),
  schedule: scheduleSpec
    .optional()
    .meta({ title: 'Schedule', description: 'Without it the job runs only when asked' }),
  windows: z.array(windowSpec).max(20).default([]).meta({
    title: 'Windows',
    'x-advanced': true,
    description: 'When runs may start; always when the list is empty',
  }),
  site: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
    .default('main')
    .meta({
      title: 'Site',
      'x-advanced': true,
      description: 'Which workers may take it',
    }),
  locks: z.array(jobLock).max(20).default([]).meta({
    title: 'Locks',
    'x-advanced': true,
    description: 'Named locks the run holds from start to end, shared with other jobs or outside scripts',
  }),
  lockFiles: z.array(jobLockFiles).max(20).default([]).meta({
    title: 'Lock files',
    'x-advanced': true,
    description:
      'Lock files of other programs, such as Veeam scripts: the run waits for theirs, and they for its own',
  }),
  startHooks: z.array(startHook).max(10).optional().meta({
    title: 'Start addresses',
    'x-advanced': true,
    description:
      'Addresses that start the job for whoever knows their token, beside schedule, people and API tokens',
  }),
  timeLimit: duration.default('24h').meta({
    title: 'Time limit',
    'x-advanced': true,
    description: 'A run that takes longer is canceled',
  }),
  maxWait: duration.default('12h').meta({
    title: 'Longest wait',
    'x-advanced': true,
    description: 'How long a run may wait for locks or windows before it is skipped',
  }),
  attempts: z.int().min(1).max(20).default(4).meta({
    title: 'Attempts',
    'x-advanced': true,
    description: 'How often a run is tried when the other side cannot be reached',
  }),
  whenAbsent: z
    .enum(['skip', 'fail'])
    .optional()
    .meta({
      title: 'When something is absent',
      'x-enum-titles': { skip: 'Skip the run', fail: 'Let the run fail' },
      'x-advanced': true,
      description:
        'Outcome when the source or the vault is not there; without it a run is skipped while no disk of its disk set is in the bay, and fails otherwise',
    }),
  notify: jobNotify.optional(),
  config: z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ title: 'Settings', description: 'What is particular to this kind of job' }),
})
export type JobSpec = z.infer<typeof jobSpec>
