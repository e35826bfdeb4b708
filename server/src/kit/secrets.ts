import { readFileSync, statSync } from 'node:fs'
import { HoldfastError, type SecretReference } from '@holdfast/contract'

/** Values that were resolved in this process: none of them may appear in a log line, whoever writes it. */
const known = new Set<string>()

/** Shorter ones would mask half of every line. */
const SHORTEST_MASKED = 4

export interface SecretSources {
  readonly env: NodeJS.ProcessEnv
  /** Value of a secret that Holdfast keeps itself. Throws `secret-unavailable` and `secret-key-missing`. */
  readonly stored: (name: string) => Promise<string>
}

/**
 * Reads a secret where its reference says. The value is remembered so that {@link maskSecrets} can hide it.
 * Throws `secret-unavailable`, and `secret-key-missing` for one that Holdfast keeps.
 */
export async function resolveSecret(reference: SecretReference, from: SecretSources): Promise<string> {
  const value = await readSecret(reference, from)
  rememberSecret(value)
  return value
}

/** From here on {@link maskSecrets} hides the value: for one that came in from outside and is not resolved yet. */
export function rememberSecret(value: string): void {
  if (value.length >= SHORTEST_MASKED) known.add(value)
}

async function readSecret(reference: SecretReference, { env, stored }: SecretSources): Promise<string> {
  if ('secret' in reference) return await stored(reference.secret)
  const value = 'env' in reference ? env[reference.env] : readSecretFile(reference.file)
  if (value) return value
  const place = 'env' in reference ? `environment variable ${reference.env}` : `file ${reference.file}`
  throw new HoldfastError('secret-unavailable', `the ${place} is not set or empty`)
}

function readSecretFile(file: string): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new HoldfastError('secret-unavailable', `the file ${file} can be read by other users`, {
        hint: `Run: chmod 600 ${file}`,
      })
    }
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof HoldfastError) throw error
    throw new HoldfastError('secret-unavailable', `the file ${file} cannot be read`, { cause: error })
  }
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
