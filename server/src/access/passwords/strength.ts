import { HoldfastError } from '@holdfast/contract'
import { COMMON_WORDS } from './common-passwords.ts'

const SHORTEST = 12
const LONGEST = 200

/** Rows of keyboards and of counting, three times so that they go on after their end. Read backwards too. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1234567890qwertyuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
].map((row) => row.repeat(3))
const SEQUENCES = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))]

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Throws `password-weak`, saying what is wrong with it and never the password itself. */
export function requireStrongPassword(password: string, userName: string): void {
  const weakness = weaknessOf(password.normalize('NFKC'), userName)
  if (weakness) throw new HoldfastError('password-weak', `the password ${weakness}`)
}

function weaknessOf(password: string, userName: string): string | null {
  const letters = [...password]
  if (letters.length < SHORTEST) return `has fewer than ${SHORTEST} characters`
  if (password.length > LONGEST) return `has more than ${LONGEST} characters`
  const lower = password.toLowerCase()
  // A name of one or two letters is in half of all passwords.
  if (userName.length >= 3 && lower.includes(userName.toLowerCase())) return 'contains the user name'
  if (new Set(lower).size <= 3) return 'consists of a few characters only'
  if (isSequence(lower)) return 'is a row of the keyboard, the alphabet or a count'
  if (isRepetition(lower)) return 'repeats a few characters'
  if (isCommon(lower)) return 'is one of those that are guessed first'
  return null
}

function isSequence(lower: string): boolean {
  const inner = withoutEdges(lower)
  return SEQUENCES.some((row) => row.includes(lower) || (inner.length >= SHORTEST - 4 && row.includes(inner)))
}

/** The same piece of up to four characters again and again, the last time perhaps cut. */
function isRepetition(lower: string): boolean {
  return [1, 2, 3, 4].some((size) => {
    const piece = lower.slice(0, size)
    return piece.repeat(Math.ceil(lower.length / size)).startsWith(lower)
  })
}

/** One or two common words, with digits and signs around or between them, letters written as look-alikes or not. */
function isCommon(lower: string): boolean {
  const spelled = [...withoutEdges(lower)].map((letter) => LOOKALIKES[letter] ?? letter).join('')
  const all = [...lower].map((letter) => LOOKALIKES[letter] ?? letter).join('')
  return [lower, spelled, all].some((text) => isOneOrTwoWords(text.replace(/[^\p{L}]/gu, '')))
}

function isOneOrTwoWords(letters: string): boolean {
  if (COMMON_WORDS.has(letters)) return true
  for (let cut = 1; cut < letters.length; cut++) {
    if (COMMON_WORDS.has(letters.slice(0, cut)) && COMMON_WORDS.has(letters.slice(cut))) return true
  }
  return false
}

function withoutEdges(text: string): string {
  return text.replace(/^[^\p{L}@$]+/u, '').replace(/[^\p{L}@$]+$/u, '')
}
