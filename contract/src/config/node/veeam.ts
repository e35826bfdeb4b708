import { z } from 'zod'
import { secretReference } from '../secret.ts'
import { caFile, common, fingerprint, serverUrl, timeout } from './common.ts'

/** Revisions of the REST API that are understood, newest first. */
export const VEEAM_API_VERSIONS = ['1.3-rev2', '1.3-rev1', '1.2-rev1'] as const

/** A server of Veeam Backup & Replication, reached by its REST API. */
export const veeam = z
  .strictObject({
    ...common,
    kind: z
      .literal('veeam')
      .meta({ title: 'Kind', 'x-enum-titles': { veeam: 'Veeam' }, description: 'Which kind it is' }),
    url: serverUrl('https://veeam.example.org:9419').meta({
      title: 'Address',
      description: 'Address of the REST API, without user and password; it listens at port 9419',
      examples: ['https://veeam.example.org:9419'],
    }),
    user: z
      .string()
      .min(1)
      .max(200)
      .meta({
        title: 'User',
        description:
          'Login name, with its domain where it has one; the role Backup Viewer is enough, and multi-factor authentication must be off for it',
        examples: ['EXAMPLE\\holdfast'],
      }),
    password: secretReference.meta({ title: 'Password' }),
    fingerprint,
    caFile,
    apiVersion: z
      .enum(['auto', ...VEEAM_API_VERSIONS])
      .default('auto')
      .meta({
        title: 'API version',
        'x-enum-titles': {
          auto: 'The newest that the server offers',
          '1.3-rev2': '1.3-rev2',
          '1.3-rev1': '1.3-rev1',
          '1.2-rev1': '1.2-rev1',
        },
        'x-advanced': true,
        description: 'Which revision of the REST API is spoken: `auto` for the newest that the server offers',
      }),
    pageSize: z.int().min(10).max(5000).default(500).meta({
      title: 'Items in one answer',
      'x-advanced': true,
      description: 'How many items are asked for at a time',
    }),
    parallelRequests: z.int().min(1).max(4).default(4).meta({
      title: 'Parallel requests',
      'x-advanced': true,
      description: 'How many requests go on at the same time',
    }),
    timeout,
  })
  .meta({ title: 'Veeam', description: 'A server of Veeam Backup & Replication 12.3 or newer' })
