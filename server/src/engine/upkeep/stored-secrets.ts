import { type Finding, HoldfastError } from '@holdfast/contract'
import { seal, unseal } from '../../kit/secret/sealed.ts'
import { createSecretKey, readSecretKey } from '../../kit/secret/secret-key.ts'
import { rememberSecret } from '../../kit/secrets.ts'
import type { SecretStore } from '../ports.ts'
import { bindSecret, type DestinationPlace } from './secret-destinations.ts'

/** No secret can have this name. */
const CHECK_NAME = 'check value'
/** More than one round is needed only when somebody else puts the first secret at the same moment. */
const ROUNDS = 3

interface Place {
  store: { secrets: SecretStore }
  secretKeyFile: string
}

/**
 * The value, to be sent to the destination; null when it is an address itself. Throws `secret-unavailable` when there is
 * none of that name, `secret-key-missing` when it cannot be read, `secret-bound` when it was entered for others.
 */
export async function storedSecret(
  { store, secretKeyFile }: DestinationPlace & Place,
  name: string,
  destination: string | null,
): Promise<string> {
  if (destination !== null) await bindSecret(store, name, destination)
  const kept = await store.secrets.get(name)
  if (kept) return unseal(existingKey(secretKeyFile), name, kept.sealed)
  throw new HoldfastError('secret-unavailable', `Holdfast keeps no secret "${name}"`, {
    hint: `Enter it with \`holdfast secret set ${name}\`, or correct the reference.`,
  })
}

/**
 * Keeps a value. The key is made with the first secret there is; when there are others, and the key is missing or not
 * the one they were sealed with, it is `secret-key-missing` and never a new key.
 */
export async function keepSecret(place: Place, name: string, value: string, by: string): Promise<void> {
  rememberSecret(value)
  for (let round = 0; round < ROUNDS; round++) {
    const { key, check } = await rightKey(place)
    if (await place.store.secrets.put({ name, sealed: seal(key, name, value), check, by })) return
  }
  throw new HoldfastError('config-conflict', 'secrets were changed by somebody else at the same moment')
}

/** Whether what is kept can be read here; nothing while nothing is kept. */
export async function secretFindings({ store, secretKeyFile }: Place): Promise<Finding[]> {
  const check = await store.secrets.check()
  if (!check) return []
  const subject = 'secrets'
  try {
    unseal(existingKey(secretKeyFile), CHECK_NAME, check)
    return [{ level: 'ok', subject, message: `the key ${secretKeyFile} is the right one` }]
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown
    return [{ level: 'error', subject, message: thrown.message, hint: thrown.hint }]
  }
}

/** False when the key is missing or another one: what is kept is of no use to anybody then. */
export async function canReadSecrets(place: Place): Promise<boolean> {
  const findings = await secretFindings(place)
  return findings.every(({ level }) => level === 'ok')
}

async function rightKey({ store, secretKeyFile }: Place): Promise<{ key: Buffer; check: Buffer }> {
  const check = await store.secrets.check()
  if (check) {
    const key = existingKey(secretKeyFile)
    unseal(key, CHECK_NAME, check)
    return { key, check }
  }
  const key = readSecretKey(secretKeyFile) ?? createSecretKey(secretKeyFile)
  return { key, check: seal(key, CHECK_NAME, 'holdfast') }
}

function existingKey(file: string): Buffer {
  const key = readSecretKey(file)
  if (key) return key
  throw new HoldfastError(
    'secret-key-missing',
    `the file ${file} with the key of the stored secrets is missing`,
  )
}
