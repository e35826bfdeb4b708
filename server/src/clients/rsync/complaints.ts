import { displayPath } from '../disks/byte-path.ts'
import { parseName } from './names.ts'

/** One line of rsync's standard error, taken apart. */
export interface Complaint {
  /** Which of its processes speaks: the sender reads the source, receiver and generator write the target. */
  readonly role: 'sender' | 'receiver' | 'generator' | null
  readonly errno: number | null
  /** The file it is about, as people read it; null when it is about none. */
  readonly path: string | null
  readonly vanished: boolean
  /** A whole folder could not be listed: nothing below it is known. */
  readonly isFolder: boolean
  readonly text: string
}

const KEEP = 100
const FOLDER_UNREAD = /\b(?:opendir |readdir\()"/
const TOO_LONG = /^filename overflows max-path len by \d+: (.*)$/s
const CLOSING_LINE = /^rsync (error|warning): /

export function parseComplaint(line: string): Complaint {
  const tooLong = TOO_LONG.exec(line)?.[1]
  if (tooLong !== undefined) {
    // Said without a role, by the sender: the name is longer than any path may be.
    const path = displayPath(parseName(tooLong))
    return { role: 'sender', errno: null, path, vanished: false, isFolder: false, text: line.slice(0, 500) }
  }
  const role =
    /\[(sender|receiver|generator|Receiver|Generator)(?:=[^\]]*)?\]/.exec(line)?.[1]?.toLowerCase() ?? null
  const errno = /\((\d+)\)\s*$/.exec(line)?.[1]
  const path = /"((?:[^"\\]|\\.)*)"/.exec(line)?.[1]
  return {
    role: role as Complaint['role'],
    errno: errno === undefined ? null : Number(errno),
    path: path === undefined ? null : displayPath(parseName(path)),
    vanished: line.startsWith('file has vanished:') || line.startsWith('directory has vanished:'),
    isFolder: FOLDER_UNREAD.test(line),
    text: line.slice(0, 500),
  }
}

function renamed(complaint: Complaint, from: string, to: string): Complaint {
  return from === to ? complaint : { ...complaint, path: to, text: complaint.text.replace(from, to) }
}

/** Collects what rsync complains about: all of it counted, the first hundred of each kind kept. */
export class Complaints {
  /** Tells the name under which people know a file that is complained about. */
  readonly #nameOf: (path: string) => string
  readonly unreadable: string[] = []
  unreadableCount = 0
  /** Those of them that are folders. */
  readonly unreadableFolders: string[] = []
  unreadableFolderCount = 0
  vanishedCount = 0
  readonly others: Complaint[] = []
  readonly errnosOfTarget = new Set<number>()

  constructor(nameOf: (path: string) => string = (path) => path) {
    this.#nameOf = nameOf
  }

  add(line: string): void {
    if (CLOSING_LINE.test(line)) return
    const said = parseComplaint(line)
    const complaint = said.path === null ? said : renamed(said, said.path, this.#nameOf(said.path))
    if (complaint.vanished) {
      this.vanishedCount += 1
      return
    }
    if (complaint.errno !== null && complaint.role !== 'sender') this.errnosOfTarget.add(complaint.errno)
    if (complaint.role === 'sender' && complaint.path !== null) {
      if (complaint.isFolder) {
        this.unreadableFolderCount += 1
        if (this.unreadableFolders.length < KEEP) this.unreadableFolders.push(complaint.path)
      }
      this.unreadableCount += 1
      if (this.unreadable.length < KEEP) this.unreadable.push(complaint.path)
      return
    }
    if (this.others.length < KEEP) this.others.push(complaint)
  }
}
