import { z } from 'zod'
import { objectName } from '../ids.ts'
import { secretReference } from './secret.ts'

const common = {
  name: objectName,
  enabled: z.boolean().default(true),
  on: z
    .array(z.enum(['success', 'warning', 'failed', 'canceled', 'skipped', 'missed', 'lost', 'held']))
    .min(1)
    .default(['warning', 'failed', 'missed', 'lost', 'held'])
    .meta({ description: 'Which ends of a run are told' }),
  jobs: z.array(objectName).optional().meta({ description: 'Only for these jobs; for all without it' }),
}

const webhook = z.strictObject({
  ...common,
  kind: z.literal('webhook'),
  url: z.url({ protocol: /^https?$/ }),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.union([z.string(), secretReference])).default({}),
})

const mail = z.strictObject({
  ...common,
  kind: z.literal('mail'),
  from: z.email(),
  to: z.array(z.email()).min(1),
  smtp: z.strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(587),
    tls: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    user: z.string().optional(),
    password: secretReference.optional(),
  }),
})

/** Where to tell people and machines how a run ended. */
export const notificationSpec = z.discriminatedUnion('kind', [webhook, mail])
export type NotificationSpec = z.infer<typeof notificationSpec>
