import { z } from 'zod'
import { objectName } from '../ids.ts'
import { timeZone } from './job.ts'
import { secretReference } from './secret.ts'

/** What can be told: the outcomes of a run, and that a guard holds it until a person decides. */
export const notifiedEvent = z.enum([
  'success',
  'warning',
  'failed',
  'canceled',
  'skipped',
  'missed',
  'lost',
  'held',
])
export type NotifiedEvent = z.infer<typeof notifiedEvent>

export const notificationLanguage = z.enum(['en', 'it', 'de', 'fr', 'es'])
export type NotificationLanguage = z.infer<typeof notificationLanguage>

const common = {
  name: objectName,
  enabled: z.boolean().default(true),
  on: z
    .array(notifiedEvent)
    .min(1)
    .default(['warning', 'failed', 'skipped', 'missed', 'lost', 'held'])
    .meta({ description: 'Which ends of a run are told' }),
  jobs: z.array(objectName).optional().meta({ description: 'Only for these jobs; for all without it' }),
  language: notificationLanguage.default('en').meta({
    description: 'Language of the message; messages and hints of errors stay English',
  }),
  timeZone: timeZone.default('UTC').meta({
    description: 'Zone in which the message gives dates and times',
  }),
}

const webhook = z.strictObject({
  ...common,
  kind: z.literal('webhook'),
  url: z.union([z.url({ protocol: /^https?$/ }), secretReference]).meta({
    description:
      'Where to post to; a reference to it when the address itself is a secret, as with most chat services',
  }),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.union([z.string(), secretReference])).default({}),
})

const mail = z.strictObject({
  ...common,
  kind: z.literal('mail'),
  from: z.email(),
  to: z.array(z.email()).min(1),
  smtp: z
    .strictObject({
      host: z.string().min(1),
      port: z.int().min(1).max(65_535).default(587),
      tls: z.enum(['starttls', 'tls', 'none']).default('starttls').meta({
        description:
          'starttls (usually port 587) and tls (usually port 465) never fall back to plain text; none sends mail and password readable by everyone on the way',
      }),
      caFile: z.string().startsWith('/', 'an absolute path').optional().meta({
        description:
          'PEM file of the certificate authorities to trust for this server, instead of the public ones',
      }),
      user: z.string().min(1).optional(),
      password: secretReference.optional(),
    })
    .refine((smtp) => (smtp.user === undefined) === (smtp.password === undefined), {
      message: 'user and password are given together or not at all',
    }),
})

/** Where to tell people and machines how a run ended. */
export const notificationSpec = z.discriminatedUnion('kind', [webhook, mail])
export type NotificationSpec = z.infer<typeof notificationSpec>
