import { isIPv6 } from 'node:net'
import { HoldfastError } from '@holdfast/contract'
import { cleanText } from '../kit/text/storable.ts'
import type { FailureStore, FailureSubject, Failures } from './ports.ts'

/**
 * How guessing passwords is slowed down.
 *
 * - A name locks after 10 failures in a row, for 1, 5, 15 and then 60 minutes, whether or not a user has it: a lock tells
 *   nothing about who exists.
 * - An address locks after 20 failures within 15 minutes, whatever the names. IPv6 counts by /64, which is what one
 *   machine gets.
 * - A user on an address that they signed in from before is counted by name and address together, and for the address.
 *   A lock of the address lets only their right password through: a wrong one is answered by the lock, as it is for
 *   names that nobody has. Strangers who fail with the name of the administrator on purpose can therefore lock out other
 *   strangers only, never the administrator at the usual desk. If even that fails (they share the address, behind a
 *   proxy for instance), `holdfast admin reset-password` on the machine forgets every failure.
 *
 * An attempt is counted before the password is looked at and taken back when it was right, so that many at the same
 * moment do not get more guesses. What is refused by a lock is not counted: asking again does not prolong it.
 */
export interface Throttle {
  /** Throws `sign-in-locked` with `details.retryAfterSeconds`. */
  begin(subjects: readonly Counted[]): Promise<Attempt>
}

/** With `letsRightPass` a lock refuses a wrong password only. */
export interface Counted extends FailureSubject {
  letsRightPass?: true
}

export interface Attempt {
  /** What a wrong password is answered with under a lock that lets the right one pass. */
  refusal: HoldfastError | null
  /** The password was right: failures of the name are forgotten, the address gets back this one only. */
  succeeded(): Promise<void>
  /** Nothing was found out about the password. */
  undo(): Promise<void>
}

const MINUTE = 60_000
const NAME_LIMIT = 10
const NAME_LOCKS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE]
/** A row of failures ends by itself after a day without any. */
export const FORGET_FAILURES_MS = 24 * 60 * MINUTE
const ADDRESS_LIMIT = 20
const ADDRESS_WINDOW = 15 * MINUTE

/** The record after one more failure, or until when there may be none. */
export function countFailure(
  subject: FailureSubject,
  before: Failures | null,
  now: Date,
): { after: Failures } | { lockedUntil: Date } {
  const rule = subject.name === null ? addressRule : nameRule
  const still = before && before.count > 0 && rule.forgottenAt(before) > now.getTime() ? before : null
  const lockedUntil = still ? rule.lockedUntil(still) : 0
  if (lockedUntil > now.getTime()) return { lockedUntil: new Date(lockedUntil) }
  return { after: { count: (still?.count ?? 0) + 1, firstAt: still?.firstAt ?? now, lastAt: now } }
}

const nameRule = {
  forgottenAt: ({ lastAt }: Failures) => lastAt.getTime() + FORGET_FAILURES_MS,
  lockedUntil({ count, lastAt }: Failures): number {
    const step = Math.min(count - NAME_LIMIT, NAME_LOCKS.length - 1)
    return step < 0 ? 0 : lastAt.getTime() + (NAME_LOCKS[step] ?? 0)
  },
}

const addressRule = {
  forgottenAt: ({ firstAt }: Failures) => firstAt.getTime() + ADDRESS_WINDOW,
  lockedUntil: (failures: Failures) =>
    failures.count < ADDRESS_LIMIT ? 0 : addressRule.forgottenAt(failures),
}

export function createThrottle(failures: FailureStore, now: () => Date): Throttle {
  /** The refusal, when there is a lock; then nothing is counted. */
  async function count(subject: FailureSubject): Promise<HoldfastError | null> {
    let lockedUntil: Date | null = null
    const at = now()
    await failures.update(subject, (before) => {
      const counted = countFailure(subject, before, at)
      lockedUntil = 'lockedUntil' in counted ? counted.lockedUntil : null
      return 'after' in counted ? counted.after : null
    })
    return lockedUntil && locked(lockedUntil, at)
  }

  const takeBack = (subject: FailureSubject) =>
    failures.update(subject, (before) => before && { ...before, count: Math.max(0, before.count - 1) })

  return {
    async begin(subjects) {
      const counted: FailureSubject[] = []
      const undo = async () => {
        for (const subject of counted) await takeBack(subject)
      }
      let refusal: HoldfastError | null = null
      for (const { letsRightPass, ...subject } of subjects) {
        const lock = await count(subject).catch(async (error: unknown) => {
          await undo()
          throw error
        })
        refusal ??= lock
        if (!lock) counted.push(subject)
        else if (!letsRightPass) {
          await undo()
          throw refusal
        }
      }
      return {
        refusal,
        undo,
        async succeeded() {
          for (const subject of counted) {
            if (subject.name === null) await takeBack(subject)
            else await failures.remove(subject)
          }
        },
      }
    },
  }
}

function locked(until: Date, now: Date): HoldfastError {
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
  return new HoldfastError('sign-in-locked', 'too many attempts to sign in failed', {
    details: { retryAfterSeconds },
  })
}

/** What is counted for an attempt to sign in. */
export function signInSubjects(name: string, address: string, isKnown: boolean): Counted[] {
  if (isKnown) {
    return [
      { name: null, address, letsRightPass: true },
      { name, address },
    ]
  }
  return [
    { name: null, address },
    { name, address: null },
  ]
}

/** Wrong guesses at the current password by whoever holds a session: apart from sign-ins, which they must not lock. */
export function ownPasswordSubject(name: string): FailureSubject {
  return { name, address: 'own session' }
}

/** The name as it is compared and counted: users have lower-case names. */
export function nameKey(name: string): string {
  return cleanText(name).trim().toLowerCase().slice(0, 64)
}

/** The address as it is counted: IPv4 in IPv6 as IPv4, other IPv6 by its /64. */
export function addressKey(address: string): string {
  const text = cleanText(address).toLowerCase().slice(0, 64)
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1]
  if (mapped) return mapped
  const plain = text.replace(/%.*$/, '')
  if (!isIPv6(plain)) return text
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const middle =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...middle, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
