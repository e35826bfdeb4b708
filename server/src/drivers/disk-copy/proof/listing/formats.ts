import type { BytePath } from '../../../../clients/disks/byte-path.ts'
import type { Entry, EntryType } from '../entry.ts'
import { readLines } from './lines.ts'

/**
 * The two listings beside the data of a restore point, both plain text, both in the order of a walk.
 * SHA256SUMS proves contents and is what `sha256sum -c` reads; TREE proves everything else.
 */

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const UNESCAPES: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r', t: '\t' }

export function unescapeName(text: string): string {
  return text.replace(/\\([\\nrt])/g, (_, letter: string) => UNESCAPES[letter] ?? letter)
}

/** A line of sha256sum: a name with a backslash, LF or CR is escaped, and a backslash before the hash says so. */
export function formatSum(path: BytePath, sha256: string): string {
  const escaped = path.replace(/[\\\n\r]/g, (letter) => ESCAPES[letter] ?? letter)
  return `${escaped === path ? '' : '\\'}${sha256}  data/${escaped}`
}

const SUM_LINE = /^(\\?)([0-9a-f]{64}) [ *]data\/(.+)$/s

/** Null for a line that formatSum cannot have written. */
export function parseSum(line: string): { path: BytePath; sha256: string } | null {
  const match = SUM_LINE.exec(line)
  if (!match) return null
  const [, escaped, sha256 = '', path = ''] = match
  return { path: escaped ? unescapeName(path) : path, sha256 }
}

/** What a TREE line says beyond the entry. */
export interface TreeLine extends Entry {
  /** The number of the first entry that is the same file, for hard links. */
  readonly linkTo: number | null
  /** SHA-256 of its extended attributes and ACLs; null when it has none, undefined in a listing that does not tell. */
  readonly attributes: string | null | undefined
}

export const TREE_HEADER = [
  '# holdfast-tree/2',
  '# TAB-separated: type, mode (octal), uid, gid, size of a file or major:minor of a device, modification time (UNIX),',
  '# number of the entry this one is a hard link to, SHA-256 of its extended attributes and ACLs (sorted lines name=value,',
  '# both in hex), name, target of a symlink. Entries count from 1. - means none.',
  '# In names \\\\ \\t \\n \\r stand for backslash, tab, line feed, carriage return; all other bytes are as on the disk.',
]

export function escapeName(name: BytePath): string {
  return name.replace(/[\\\n\r\t]/g, (letter) => ESCAPES[letter] ?? letter)
}

export function formatTreeLine(entry: Entry, linkTo: number | null, attributes: string | null): string {
  const fields = [
    entry.type,
    entry.mode.toString(8).padStart(4, '0'),
    entry.uid,
    entry.gid,
    entry.sizeBytes ?? entry.device ?? '-',
    entry.mtime,
    linkTo ?? '-',
    attributes ?? '-',
    escapeName(entry.path),
  ]
  return entry.target === null ? fields.join('\t') : `${fields.join('\t')}\t${escapeName(entry.target)}`
}

const FIELDS =
  /^([fdlpsbc])\t([0-7]{4})\t(\d+)\t(\d+)\t(\d+|\d+:\d+|-)\t(-?\d+\.\d{9})\t(\d+|-)\t(ATTRIBUTES)([^\t]+)(?:\t([^\t]*))?$/
    .source
/** Listings of the first version do not tell of attributes. */
const TREE_LINE_1 = new RegExp(FIELDS.replace('ATTRIBUTES', ''))
const TREE_LINE_2 = new RegExp(FIELDS.replace('ATTRIBUTES', '(?:[0-9a-f]{64}|-)\\t'))

/** Every entry of a TREE of any version; null for a line that formatTreeLine cannot have written. Closes the file. */
export function* readTree(path: string): Generator<TreeLine | null> {
  let line = TREE_LINE_2
  for (const text of readLines(path)) {
    if (text === '# holdfast-tree/1') line = TREE_LINE_1
    if (!text.startsWith('#')) yield parseTreeLine(text, line)
  }
}

/** What a walk can have met: below the root, and never up. The listing of a prepared disk may say anything. */
function isWithin(path: BytePath): boolean {
  if (path === '.') return true
  return !path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** Exported for tests. */
export function parseTreeLine(text: string, line = TREE_LINE_2): TreeLine | null {
  const match = line.exec(text)
  if (!match) return null
  const [
    ,
    type = 'f',
    mode = '',
    uid,
    gid,
    size = '-',
    mtime = '',
    linkTo = '-',
    told = '',
    path = '',
    target,
  ] = match
  const name = unescapeName(path)
  if (!isWithin(name)) return null
  const attributes = told.trimEnd()
  const isDevice = size.includes(':')
  return {
    type: type as EntryType,
    mode: Number.parseInt(mode, 8),
    uid: Number(uid),
    gid: Number(gid),
    sizeBytes: size === '-' || isDevice ? null : Number(size),
    device: isDevice ? size : null,
    mtime,
    linkTo: linkTo === '-' ? null : Number(linkTo),
    attributes: attributes === '' ? undefined : attributes === '-' ? null : attributes,
    path: name,
    target: target === undefined ? null : unescapeName(target),
  }
}
