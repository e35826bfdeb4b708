import { z } from 'zod'
import { objectName } from '../ids.ts'
import { duration } from '../units.ts'
import { OBJECT_NAME, remark } from './meta.ts'
import { secretReference } from './secret.ts'

const common = {
  name: objectName.meta(OBJECT_NAME),
  description: remark.optional(),
  maxParallelRuns: z.int().min(1).max(100).default(4).meta({
    title: 'Runs at the same time',
    'x-advanced': true,
    description: 'How many runs may work on this node at the same time; others wait',
  }),
}

const host = z
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

/** Of a server that is reached by HTTP: no secret stands in it, and its origin is what secrets are bound to. */
const serverUrl = z
  .url({ protocol: /^https?$/, error: 'an address such as https://influx.example.org:8086' })
  .refine((url) => !URL.canParse(url) || !(new URL(url).username || new URL(url).password), {
    message: 'without user and password: they have settings of their own',
  })
  .refine((url) => !/[?#]/.test(url), { message: 'without a question mark and what follows it' })

const parallelRequests = z.int().min(1).max(8).default(2)

const influxdb = z
  .strictObject({
    ...common,
    kind: z
      .literal('influxdb')
      .meta({ title: 'Kind', 'x-enum-titles': { influxdb: 'InfluxDB' }, description: 'Which kind it is' }),
    product: z
      .enum(['influxdb-1', 'influxdb-2', 'influxdb-3', 'victoria-metrics'])
      .default('influxdb-1')
      .meta({
        title: 'Product',
        'x-enum-titles': {
          'influxdb-1': 'InfluxDB 1.x',
          'influxdb-2': 'InfluxDB 2.x',
          'influxdb-3': 'InfluxDB 3.x',
          'victoria-metrics': 'VictoriaMetrics',
        },
        description: 'What answers at the address: only InfluxDB 1.x is read from, all are written to',
      }),
    url: serverUrl.meta({
      title: 'Address',
      description: 'Address of the server, without user and password',
      examples: ['https://influx.example.org:8086'],
    }),
    user: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ title: 'User', description: 'Login name; without it and without a token nobody logs in' }),
    password: secretReference.optional().meta({ title: 'Password' }),
    token: secretReference.optional().meta({
      title: 'Token',
      'x-only-with': { product: ['influxdb-2', 'influxdb-3'] },
      description: 'Token of InfluxDB 2.x and 3.x, instead of user and password',
    }),
    caFile: z.string().startsWith('/', 'an absolute path').optional().meta({
      title: 'Certificate authorities',
      'x-widget': 'path',
      'x-advanced': true,
      description:
        'PEM file of the certificate authorities to trust for this server, instead of the public ones',
    }),
    snapshotAddress: z
      .string()
      .regex(
        /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):\d{1,5}$/,
        'host and port such as influx.example.org:8088 or [::1]:8088',
      )
      .optional()
      .meta({
        title: 'Address for backups',
        'x-advanced': true,
        'x-only-with': { product: ['influxdb-1'] },
        description:
          'Host and port at which InfluxDB 1.x serves backups (`bind-address` of its configuration); with it a new database is copied faster',
        examples: ['influx.example.org:8088'],
      }),
    readers: parallelRequests.meta({
      title: 'Parallel reads',
      'x-advanced': true,
      description: 'How many requests of one run read from the server at the same time',
    }),
    writers: parallelRequests.meta({
      title: 'Parallel writes',
      'x-advanced': true,
      description: 'How many requests of one run write to the server at the same time',
    }),
    timeout: duration.default('60s').meta({
      title: 'Give up after',
      'x-advanced': true,
      description: 'How long the server may stay silent before a request is given up',
    }),
  })
  .superRefine(({ product, user, password, token, snapshotAddress }, cx) => {
    const refuse = (path: string, message: string) => cx.addIssue({ code: 'custom', path: [path], message })
    if ((user === undefined) !== (password === undefined))
      refuse(user === undefined ? 'user' : 'password', 'user and password are given together or not at all')
    if (token !== undefined && product !== 'influxdb-2' && product !== 'influxdb-3')
      refuse('token', 'only InfluxDB 2.x and 3.x take a token')
    else if (token !== undefined && user !== undefined)
      refuse('token', 'either a token, or user and password')
    if (snapshotAddress !== undefined && product !== 'influxdb-1')
      refuse('snapshotAddress', 'only InfluxDB 1.x serves backups there')
  })
  .meta({ title: 'InfluxDB', description: 'A server of InfluxDB, or of what speaks its protocol' })

/** A managed system. Further kinds arrive with the job kinds that log in to them. */
export const nodeSpec = z.discriminatedUnion('kind', [host, influxdb])
export type NodeSpec = z.infer<typeof nodeSpec>
export type NodeKind = NodeSpec['kind']
export type HostSpec = Extract<NodeSpec, { kind: 'host' }>
export type InfluxNodeSpec = Extract<NodeSpec, { kind: 'influxdb' }>
