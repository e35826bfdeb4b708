import { z } from 'zod'

/** Where a secret is read from when it is needed. The value itself never stands in a configuration file. */
export const secretReference = z
  .union([
    z.strictObject({
      env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
    }),
    z.strictObject({ file: z.string().startsWith('/', 'an absolute path') }),
  ])
  .meta({
    description: 'Where to read the secret from: an environment variable or a file readable by Holdfast only',
  })
export type SecretReference = z.infer<typeof secretReference>
