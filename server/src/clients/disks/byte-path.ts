/**
 * File names on Linux are bytes, not text. A byte path is a string in which each character stands for one byte
 * (latin1), so that names which are not UTF-8 survive sorting, printing and reopening unharmed.
 */
export type BytePath = string

export function toBytePath(path: string): BytePath {
  return Buffer.from(path, 'utf8').toString('latin1')
}

/** What Node's fs functions take. Pure ASCII needs no buffer, which is the fast and the common case. */
export function fsPath(path: BytePath): string | Buffer {
  return /[\x80-\xff]/.test(path) ? Buffer.from(path, 'latin1') : path
}

/** Control characters, and what turns the direction of writing: they make a terminal or page show another name. */
const DECEPTIVE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** For people: bytes that are not UTF-8 become the replacement character, characters that deceive become `\u{…}`. */
export function displayPath(path: BytePath): string {
  const text = Buffer.from(path, 'latin1').toString('utf8')
  return text.replace(DECEPTIVE, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
}

const INVALID = '\ufffd'

/**
 * As text that {@link heardPaths} takes back: the name itself, or, where that is no UTF-8, with `\xe9` for each byte that
 * cannot be text.
 */
export function tellPath(path: BytePath): string {
  const text = Buffer.from(path, 'latin1').toString('utf8')
  if (!text.includes(INVALID) || toBytePath(text) === path) return text
  const safe = path.replace(/\\(?=x(?:[89a-f][0-9a-f]|5c))/g, '\\x5c')
  let told = ''
  for (let at = 0; at < safe.length; ) {
    const length = [1, 2, 3, 4].find((count) => isText(safe.slice(at, at + count)))
    told += length ? Buffer.from(safe.slice(at, at + length), 'latin1').toString('utf8') : hexOf(safe[at])
    at += length ?? 1
  }
  return told
}

function isText(bytes: BytePath): boolean {
  const text = Buffer.from(bytes, 'latin1').toString('utf8')
  return [...text].length === 1 && toBytePath(text) === bytes
}

function hexOf(byte = ''): string {
  return `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`
}

/** The paths that a text may mean: the text as it is, and what its `\xe9` stand for. */
export function heardPaths(text: string): BytePath[] {
  const plain = toBytePath(text)
  const unescaped = plain.replace(/\\x([89a-f][0-9a-f]|5c)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return unescaped === plain ? [plain] : [plain, unescaped]
}

/**
 * Orders paths as a walk meets them: a directory first, then what is in it, names by their bytes.
 * NUL cannot occur in a name, so it may stand for the slash that must sort before every other byte.
 */
export function compareBytePaths(a: BytePath, b: BytePath): number {
  if (a === b) return 0
  return a.replaceAll('/', '\0') < b.replaceAll('/', '\0') ? -1 : 1
}
