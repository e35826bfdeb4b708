import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'

/** What the command line reads of the environment to find a server. `.meta` texts belong on the reference page. */
export const remoteEnvironmentSchema = z.object({
  HOLDFAST_SERVER: z
    .url({ protocol: /^https?$/, error: 'an address such as https://backup.example.org' })
    .optional()
    .meta({
      description:
        'Address of the server that commands speak to, such as `https://backup.example.org`, together with a token',
    }),
  HOLDFAST_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'an API token')
    .optional()
    .meta({ description: 'API token for the server that HOLDFAST_SERVER or `--server` names' }),
  HOLDFAST_TOKEN_FILE: z.string().startsWith('/').optional().meta({
    description: 'File with that API token, readable by its owner only, instead of HOLDFAST_TOKEN',
  }),
  HOLDFAST_CA_FILE: z.string().min(1).optional().meta({
    description:
      'PEM file with the certificate authority of the server, where it is none that this machine trusts already',
  }),
})
export type RemoteEnvironment = z.infer<typeof remoteEnvironmentSchema>

/** Throws `environment-invalid` naming the variable, never its value. */
export function readRemoteEnvironment(env: Readonly<Record<string, string | undefined>>): RemoteEnvironment {
  const parsed = remoteEnvironmentSchema.safeParse(env)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new HoldfastError('environment-invalid', `${issue?.path.join('.')}: ${issue?.message}`)
}
