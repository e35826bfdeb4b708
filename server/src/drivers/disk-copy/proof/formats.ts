import type { BytePath } from '../../../clients/disks/byte-path.ts'
import type { Entry, EntryType } from './entry.ts'

/**
 * The two listings beside the data of a restore point, both plain text, both in the order of a walk.
 * SHA256SUMS proves contents and is what `sha256sum -c` reads; TREE proves everything else.
 */

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const UNESCAPES: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r', t: '\t' }

function unescapeName(text: string): string {
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

/** What a TREE line says beyond the entry: the number of the first entry that is the same file, for hard links. */
export interface TreeLine extends Entry {
  readonly linkTo: number | null
}

export const TREE_HEADER = [
  '# holdfast-tree/1',
  '# TAB-separated: type, mode (octal), uid, gid, size of a file or major:minor of a device, modification time (UNIX),',
  '# number of the entry this one is a hard link to, name, target of a symlink. Entries count from 1. - means none.',
  '# In names \\\\ \\t \\n \\r stand for backslash, tab, line feed, carriage return; all other bytes are as on the disk.',
]

function escapeName(name: BytePath): string {
  return name.replace(/[\\\n\r\t]/g, (letter) => ESCAPES[letter] ?? letter)
}

export function formatTreeLine(entry: Entry, linkTo: number | null): string {
  const fields = [
    entry.type,
    entry.mode.toString(8).padStart(4, '0'),
    entry.uid,
    entry.gid,
    entry.sizeBytes ?? entry.device ?? '-',
    entry.mtime,
    linkTo ?? '-',
    escapeName(entry.path),
  ]
  return entry.target === null ? fields.join('\t') : `${fields.join('\t')}\t${escapeName(entry.target)}`
}

const TREE_LINE =
  /^([fdlpsbc])\t([0-7]{4})\t(\d+)\t(\d+)\t(\d+|\d+:\d+|-)\t(-?\d+\.\d{9})\t(\d+|-)\t([^\t]+)(?:\t([^\t]*))?$/

/** Null for a line that formatTreeLine cannot have written. */
export function parseTreeLine(line: string): TreeLine | null {
  const match = TREE_LINE.exec(line)
  if (!match) return null
  const [, type = 'f', mode = '', uid, gid, size = '-', mtime = '', linkTo = '-', path = '', target] = match
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
    path: unescapeName(path),
    target: target === undefined ? null : unescapeName(target),
  }
}
