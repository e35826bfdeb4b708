import { z } from 'zod'
import { objectName } from '../../ids.ts'
import { duration } from '../../units.ts'
import { OBJECT_NAME, remark } from '../meta.ts'

/** What every node has. */
export const common = {
  name: objectName.meta(OBJECT_NAME),
  description: remark.optional(),
  maxParallelRuns: z.int().min(1).max(100).default(4).meta({
    title: 'Runs at the same time',
    'x-advanced': true,
    description: 'How many runs may work on this node at the same time; others wait',
  }),
}

/** Of a server that is reached by HTTP: no secret stands in it, and its origin is what secrets are bound to. */
export function serverUrl(example: string) {
  return z
    .url({ protocol: /^https?$/, error: `an address such as ${example}` })
    .refine((url) => !URL.canParse(url) || !(new URL(url).username || new URL(url).password), {
      message: 'without user and password: they have settings of their own',
    })
    .refine((url) => !/[?#]/.test(url), { message: 'without a question mark and what follows it' })
}

/** For a server whose certificate no public authority has signed. */
export const caFile = z.string().startsWith('/', 'an absolute path').optional().meta({
  title: 'Certificate authorities',
  'x-widget': 'path',
  'x-advanced': true,
  description: 'PEM file of the certificate authorities to trust for this server, instead of the public ones',
})

/** SHA-256 of a certificate in any of the usual spellings: 64 hex digits, with colons or without. */
export const fingerprint = z
  .string()
  .regex(
    /^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/,
    'the SHA-256 fingerprint of a certificate: 64 hex digits, with colons or without',
  )
  .optional()
  .meta({
    title: 'Fingerprint of the certificate',
    'x-advanced': true,
    description:
      'SHA-256 fingerprint of the certificate of this server: exactly this one is trusted, whoever signed it',
    examples: [
      '5F:84:A9:CE:F3:18:3D:62:87:AC:D1:F6:1B:40:65:8A:AF:D4:F9:1E:43:68:8D:B2:D7:FC:21:46:6B:90:B5:DA',
    ],
  })

/** How long a server may stay silent. */
export const timeout = duration.default('60s').meta({
  title: 'Give up after',
  'x-advanced': true,
  description: 'How long the server may stay silent before a request is given up',
})
