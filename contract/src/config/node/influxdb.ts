import { z } from 'zod'
import { secretReference } from '../secret.ts'
import { caFile, common, serverUrl, timeout } from './common.ts'

const parallelRequests = z.int().min(1).max(8).default(2)

/** InfluxDB, and what speaks its protocol. */
export const influxdb = z
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
    url: serverUrl('https://influx.example.org:8086').meta({
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
    caFile,
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
    timeout,
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
