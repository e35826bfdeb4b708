import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { HoldfastError } from '@holdfast/contract'

/**
 * A text that only the holder of the key can read or change: version (1 byte), nonce (12), tag (16), cipher text.
 * AES-256-GCM with the name as authenticated data, so that a sealed value is good under its own name only.
 */

export const KEY_BYTES = 32
const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/** Each call uses a new random nonce: at some writes a day the same one never comes twice. */
export function seal(key: Buffer, name: string, value: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(name))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text])
}

/** Throws `secret-key-missing` when it was sealed with another key or under another name, or was changed. */
export function unseal(key: Buffer, name: string, sealed: Buffer): string {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw unreadable(name)
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    throw unreadable(name)
  }
}

function unreadable(name: string): HoldfastError {
  return new HoldfastError(
    'secret-key-missing',
    `what is kept under "${name}" cannot be read with the key there is`,
  )
}
