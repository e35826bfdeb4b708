/**
 * The hash behind window digests: two independent lanes of 32 bits, multiplied and folded as in MurmurHash3 (public
 * domain), which plain 32-bit integers of the engine carry out at about a nanosecond a word. Not cryptographic: it is to
 * find damage, not forgery. Stored digests depend on every constant here, so none may change.
 */

/** The two lanes of a hash. */
export type Lanes = Int32Array

const STEP_A = 0x9e3779b1 | 0
const STEP_B = 0x85ebca77 | 0
export const MIX_1 = 0x85ebca6b | 0
export const MIX_2 = 0xc2b2ae35 | 0
export const MIX_3 = 0x7feb352d | 0
export const MIX_4 = 0x846ca68b | 0

/** The last step of lane A: each bit in changes each bit out with a chance of one half. */
export function finishA(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, MIX_1)
  h = Math.imul(h ^ (h >>> 13), MIX_2)
  return h ^ (h >>> 16)
}

/** The last step of lane B, with other constants. */
export function finishB(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, MIX_3)
  h = Math.imul(h ^ (h >>> 15), MIX_4)
  return h ^ (h >>> 16)
}

/** Hashes the bytes from `start` to `end` into the lanes, on top of what is in them: the lanes are the seed. */
export function hashBytes(bytes: Uint8Array, start: number, end: number, lanes: Lanes): void {
  let a = lanes[0] as number
  let b = lanes[1] as number
  let at = start
  for (; at + 4 <= end; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    a = Math.imul(a ^ word, STEP_A)
    a ^= a >>> 15
    b = Math.imul(b + word, STEP_B)
    b = (b << 13) | (b >>> 19)
  }
  let word = 0
  for (let shift = 0; at < end; at++, shift += 8) word |= (bytes[at] as number) << shift
  const length = Math.imul(end - start, STEP_B)
  lanes[0] = finishA(Math.imul(a ^ word, STEP_A) ^ length)
  lanes[1] = finishB(Math.imul(b + word, STEP_B) + length)
}
