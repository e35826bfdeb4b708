import { z } from 'zod'

/** Name of a secret that Holdfast keeps encrypted in its own database. */
export const secretName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'lower-case letters, digits and . _ -, at most 64, such as smtp-password',
  )

/** Where a secret is read from when it is needed. The value itself never stands in a configuration file. */
export const secretReference = z
  .union([
    z
      .strictObject({
        env: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable')
          .meta({ title: 'Variable', description: 'Name of an environment variable of server and workers' }),
      })
      .meta({ title: 'Environment variable', description: 'Read from the environment when it is needed' }),
    z
      .strictObject({
        secret: secretName.meta({
          title: 'Secret',
          description: 'Name of a secret that Holdfast keeps',
          'x-widget': 'reference',
          'x-reference': 'secrets',
        }),
      })
      .meta({ title: 'Kept by Holdfast', description: 'Kept encrypted in the database of Holdfast' }),
    z
      .strictObject({
        file: z.string().startsWith('/', 'an absolute path').meta({
          title: 'File',
          description: 'Absolute path of a file that only Holdfast can read',
          'x-widget': 'path',
        }),
      })
      .meta({ title: 'File', description: 'Read from a file when it is needed' }),
  ])
  .meta({
    title: 'Secret',
    'x-widget': 'secret',
    description:
      'Where to read the secret from: the secrets that Holdfast keeps encrypted (`secret`), an environment variable (`env`) or a file readable by Holdfast only (`file`)',
  })
export type SecretReference = z.infer<typeof secretReference>
