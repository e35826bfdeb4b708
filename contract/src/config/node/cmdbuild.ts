import { z } from 'zod'
import { secretReference } from '../secret.ts'
import { caFile, common, fingerprint, serverUrl, timeout } from './common.ts'

/** CMDBuild, openMAINT or READY2USE, reached by its REST API v3. */
export const cmdbuild = z
  .strictObject({
    ...common,
    kind: z
      .literal('cmdbuild')
      .meta({ title: 'Kind', 'x-enum-titles': { cmdbuild: 'CMDBuild' }, description: 'Which kind it is' }),
    url: serverUrl('https://cmdb.example.org/cmdbuild').meta({
      title: 'Address',
      description:
        'Address of the application, without user and password; where it does not end with `/services/rest/v3`, that is added',
      examples: ['https://cmdb.example.org/cmdbuild'],
    }),
    user: z.string().min(1).max(200).meta({
      title: 'User',
      description: 'Login name of a user for services that may read and write the classes of the job',
    }),
    password: secretReference.meta({ title: 'Password' }),
    role: z.string().min(1).max(200).optional().meta({
      title: 'Group',
      description: 'Group to work as; a user of several groups without a default one needs it',
    }),
    fingerprint,
    caFile,
    pageSize: z.int().min(10).max(10_000).default(1000).meta({
      title: 'Items in one answer',
      'x-advanced': true,
      description: 'How many items are asked for at a time',
    }),
    writers: z.int().min(1).max(4).default(2).meta({
      title: 'Parallel writes',
      'x-advanced': true,
      description: 'How many changes are written at the same time',
    }),
    timeout,
  })
  .meta({ title: 'CMDBuild', description: 'A CMDB of CMDBuild, openMAINT or READY2USE' })
