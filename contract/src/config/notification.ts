import { z } from 'zod'
import { objectName } from '../ids.ts'
import { timeZone, weekday } from './job.ts'
import { ENABLED, OBJECT_NAME } from './meta.ts'
import { secretReference } from './secret.ts'

/**
 * What can be told: that a run has begun, its outcomes, that a guard holds it until a person decides; that a disk is not
 * back in time, and that a script waited for a lock in vain.
 */
export const notifiedEvent = z
  .enum([
    ...([
      'started',
      'success',
      'warning',
      'failed',
      'canceled',
      'skipped',
      'missed',
      'lost',
      'held',
    ] as const),
    ...(['disk-overdue', 'lock-timeout'] as const),
  ])
  .meta({
    'x-enum-titles': {
      started: 'Started',
      success: 'Success',
      warning: 'Warning',
      failed: 'Failed',
      canceled: 'Canceled',
      skipped: 'Skipped',
      missed: 'Missed',
      lost: 'Lost',
      held: 'Held',
      'disk-overdue': 'Disk overdue',
      'lock-timeout': 'Lock not free in time',
    },
  })
export type NotifiedEvent = z.infer<typeof notifiedEvent>

/** What a run can come to that is told. */
export type NotifiedRunEvent = Exclude<NotifiedEvent, 'disk-overdue' | 'lock-timeout'>

export const notificationLanguage = z.enum(['en', 'it', 'de', 'fr', 'es']).meta({
  'x-enum-titles': { en: 'English', it: 'Italiano', de: 'Deutsch', fr: 'Français', es: 'Español' },
})
export type NotificationLanguage = z.infer<typeof notificationLanguage>

const common = {
  name: objectName.meta(OBJECT_NAME),
  enabled: z.boolean().default(true).meta(ENABLED),
  on: z
    .array(notifiedEvent)
    .default(['warning', 'failed', 'skipped', 'missed', 'lost', 'held', 'disk-overdue', 'lock-timeout'])
    .meta({
      title: 'Tell of',
      description:
        'What is told; nothing with an empty list, which leaves the digest and what jobs say themselves (`notify`)',
    }),
  jobs: z.array(objectName).optional().meta({
    title: 'Jobs',
    'x-widget': 'reference',
    'x-reference': 'jobs',
    description:
      'Only for these jobs, the disks they are copied to and the locks they hold; for all without it',
  }),
  language: notificationLanguage.default('en').meta({
    title: 'Language',
    description: 'Language of the message; messages and hints of errors stay English',
  }),
  timeZone: timeZone.default('UTC').meta({
    title: 'Time zone',
    description: 'Zone in which the message gives dates and times',
  }),
  digest: z
    .strictObject({
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 07:00')
        .default('07:00')
        .meta({ title: 'At', description: 'Time of day at which it is sent', examples: ['07:00'] }),
      days: z
        .array(weekday)
        .min(1)
        .default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
        .meta({ title: 'Days', description: 'Days of the week on which it is sent' }),
    })
    .optional()
    .meta({
      title: 'Digest',
      description:
        'A summary of the time since the last one: what ran, what failed, what is not covered; at this time in the zone of the notification',
    }),
}

const webhook = z
  .strictObject({
    ...common,
    kind: z
      .literal('webhook')
      .meta({ title: 'Kind', 'x-enum-titles': { webhook: 'Webhook' }, description: 'Which kind it is' }),
    url: z
      .union([
        z
          .url({ protocol: /^https?$/ })
          .meta({ title: 'Address', description: 'The address itself, readable in the configuration' }),
        secretReference,
      ])
      .meta({
        title: 'Address',
        description:
          'Where to post to; a reference to it when the address itself is a secret, as with most chat services',
      }),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/),
        z.union([
          z.string().meta({ title: 'Value', description: 'The value itself, readable in the configuration' }),
          secretReference,
        ]),
      )
      .default({})
      .meta({
        title: 'Headers',
        'x-advanced': true,
        description: 'HTTP headers to send along; a secret one by reference',
      }),
  })
  .meta({ title: 'Webhook', description: 'A POST with the run as JSON, for chats and scripts' })

const mail = z
  .strictObject({
    ...common,
    kind: z
      .literal('mail')
      .meta({ title: 'Kind', 'x-enum-titles': { mail: 'Mail' }, description: 'Which kind it is' }),
    from: z.email().meta({ title: 'From', description: 'Sender of the mails' }),
    to: z.array(z.email()).min(1).meta({
      title: 'To',
      description: 'Receivers of the mails; a mail about a disk also goes to the addresses of that disk',
    }),
    cc: z
      .array(z.email())
      .default([])
      .meta({ title: 'Copy to', 'x-advanced': true, description: 'Receivers of a copy of every mail' }),
    attachLog: z
      .enum(['never', 'on-problem', 'always'])
      .default('on-problem')
      .meta({
        title: 'Attach the log',
        'x-enum-titles': { never: 'Never', 'on-problem': 'When there is a problem', always: 'Always' },
        description:
          'When the log of a run is attached: on-problem leaves it out of mails about success; those about a start have none',
      }),
    smtp: z
      .strictObject({
        host: z.string().min(1).meta({ title: 'Server', description: 'Name or address of the mail server' }),
        port: z.int().min(1).max(65_535).default(587).meta({ title: 'Port', description: 'TCP port' }),
        tls: z
          .enum(['starttls', 'tls', 'none'])
          .default('starttls')
          .meta({
            title: 'Protection',
            'x-enum-titles': { starttls: 'STARTTLS', tls: 'TLS', none: 'None' },
            description:
              'starttls (usually port 587) and tls (usually port 465) never fall back to plain text; none sends mail and password readable by everyone on the way',
          }),
        caFile: z.string().startsWith('/', 'an absolute path').optional().meta({
          title: 'Certificate authorities',
          'x-widget': 'path',
          'x-advanced': true,
          description:
            'PEM file of the certificate authorities to trust for this server, instead of the public ones',
        }),
        user: z
          .string()
          .min(1)
          .optional()
          .meta({ title: 'User', description: 'Login name; without it nobody logs in' }),
        password: secretReference.optional().meta({ title: 'Password' }),
      })
      .refine((smtp) => (smtp.user === undefined) === (smtp.password === undefined), {
        message: 'user and password are given together or not at all',
      })
      .meta({ title: 'Mail server', description: 'The mail server' }),
  })
  .meta({ title: 'Mail', description: 'A mail to one or more people' })

/** Where to tell people and machines how a run ended. */
export const notificationSpec = z.discriminatedUnion('kind', [webhook, mail])
export type NotificationSpec = z.infer<typeof notificationSpec>
