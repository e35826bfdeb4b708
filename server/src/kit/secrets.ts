import { HoldfastError, isSecretVariable, type SecretReference } from '@holdfast/contract'
import { readSecretFile, type SecretFiles } from './secret/secret-files.ts'

/** Values that were resolved in this process: none of them may appear in a log line, whoever writes it. */
const known = new Set<string>()

/** Shorter ones would mask half of every line. */
const SHORTEST_MASKED = 4

export interface SecretSources {
  readonly env: NodeJS.ProcessEnv
  readonly files: SecretFiles
  /**
   * Value of a secret that Holdfast keeps itself, to be sent to the destination (see `destinationOf`); null for one that
   * is an address itself. Throws `secret-unavailable`, `secret-key-missing`, and `secret-bound` for another destination.
   */
  readonly stored: (name: string, destination: string | null) => Promise<string>
}

/**
 * Reads a secret where its reference says. References come from the configuration, so that they reach only what was put
 * there to be used as a secret: variables of their own prefix, files of their own directory. The value is remembered so
 * that {@link maskSecrets} can hide it. Throws `secret-unavailable`, and what `stored` throws.
 */
export async function resolveSecret(
  reference: SecretReference,
  destination: string | null,
  from: SecretSources,
): Promise<string> {
  const value = await readSecret(reference, destination, from)
  rememberSecret(value)
  return value
}

/** From here on {@link maskSecrets} hides the value: for one that came in from outside and is not resolved yet. */
export function rememberSecret(value: string): void {
  if (value.length >= SHORTEST_MASKED) known.add(value)
}

async function readSecret(
  reference: SecretReference,
  destination: string | null,
  { env, files, stored }: SecretSources,
): Promise<string> {
  if ('secret' in reference) return await stored(reference.secret, destination)
  if ('file' in reference) return readSecretFile(reference.file, files)
  const { env: name } = reference
  if (!isSecretVariable(name)) {
    throw new HoldfastError('secret-unavailable', `the environment variable ${name} is not one for secrets`, {
      hint: 'Give the variable a name that begins with HOLDFAST_SECRET_, and refer to that.',
    })
  }
  const value = env[name]
  if (value) return value
  throw new HoldfastError('secret-unavailable', `the environment variable ${name} is not set or empty`)
}

/** Replaces every known secret in a text, also in its JSON-escaped form. */
export function maskSecrets(text: string): string {
  let masked = text
  for (const secret of known) {
    masked = masked.replaceAll(secret, '***')
    const escaped = JSON.stringify(secret).slice(1, -1)
    if (escaped !== secret) masked = masked.replaceAll(escaped, '***')
  }
  return masked
}
