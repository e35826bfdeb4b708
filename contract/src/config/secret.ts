import { z } from 'zod'

/** Name of a secret that Holdfast keeps encrypted in its own database. */
export const secretName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'lower-case letters, digits and . _ -, at most 64, such as smtp-password',
  )

/** What bears the prefix of {@link isSecretVariable} and is a setting of Holdfast all the same. */
const OWN_SETTINGS: readonly string[] = ['HOLDFAST_SECRET_KEY_FILE']

/**
 * Whether a configuration may name this environment variable: one that somebody set for this purpose. All others, and
 * the settings of Holdfast among them, are nothing that whoever configures may have sent somewhere.
 */
export function isSecretVariable(name: string): boolean {
  return /^HOLDFAST_SECRET_[A-Za-z0-9_]+$/.test(name) && !OWN_SETTINGS.includes(name)
}

/** Where a secret is read from when it is needed. The value itself never stands in a configuration file. */
export const secretReference = z
  .union([
    z
      .strictObject({
        env: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable')
          .meta({
            title: 'Variable',
            examples: ['SMTP_PASSWORD'],
            description:
              'Name of an environment variable of server and workers; it begins with HOLDFAST_SECRET_',
          }),
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
        file: z
          .string()
          .startsWith('/', 'an absolute path')
          .meta({
            title: 'File',
            examples: ['/etc/holdfast/smtp-password'],
            description:
              'Absolute path of a file that only Holdfast can read, in the directory for secrets (HOLDFAST_SECRETS_DIR)',
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
