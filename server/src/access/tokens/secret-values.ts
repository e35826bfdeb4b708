import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** Values that prove who somebody is. The store gets their SHA-256 only: 256 random bits need no slow hash. */

const SECRET_BYTES = 32
const SECRET = /^[A-Za-z0-9_-]{43}$/
const API_TOKEN = /^hft_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/

export interface SecretValue {
  value: string
  hash: Buffer
}

export function hashOf(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}

/** 43 characters of base64url: a cookie, or the token of a set-up link. */
export function newSecret(): SecretValue {
  const value = randomBytes(SECRET_BYTES).toString('base64url')
  return { value, hash: hashOf(value) }
}

/** Null for what cannot be a secret of ours: no need to ask the store. */
export function secretHash(value: string): Buffer | null {
  return SECRET.test(value) ? hashOf(value) : null
}

/**
 * `hft_`, 43 characters of base64url, 6 of checksum (CRC-32 of all before it): a program that looks for leaked secrets
 * recognises it for certain, and a mistyped one is refused without a look at the store.
 */
export function newApiToken(): SecretValue {
  const body = `hft_${randomBytes(SECRET_BYTES).toString('base64url')}`
  const value = body + checksum(body)
  return { value, hash: hashOf(value) }
}

/** Null for what cannot be an API token. */
export function apiTokenHash(value: string): Buffer | null {
  const [, secret, sum] = API_TOKEN.exec(value) ?? []
  return secret && sum === checksum(`hft_${secret}`) ? hashOf(value) : null
}

function checksum(body: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString('base64url')
}
