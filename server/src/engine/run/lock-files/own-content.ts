import { constants } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { idOf, instant } from '@holdfast/contract'
import { z } from 'zod'

/** What the own lock file of a run says: people find it on a share and wonder. `mark` is new each time one is made. */
const ownContent = z.object({
  program: z.literal('holdfast'),
  note: z.string(),
  jobId: idOf('job'),
  runId: idOf('run'),
  host: z.string(),
  takenAt: instant,
  mark: z.string().min(1),
})
export type OwnContent = z.infer<typeof ownContent>

const NOTE = 'A run of Holdfast is at work here and removes this file when it ends. Refreshed every 30 s.'
/** Ours are some hundred bytes; nothing longer is read. */
const MOST_BYTES = 4096

export function ownText(content: Omit<OwnContent, 'program' | 'note'>): string {
  return `${JSON.stringify({ program: 'holdfast', note: NOTE, ...content })}\n`
}

/** Null for text that no run of Holdfast wrote. */
export function parseOwn(text: string): OwnContent | null {
  try {
    return ownContent.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export interface FoundFile {
  /** Null for what is no plain file, or longer than any of ours. */
  text: string | null
  /** Of the last change; the clock is that of the share. */
  changedAt: Date
}

/** Reads a lock file without following a link; null where there is nothing. */
export async function readLockFile(path: string): Promise<FoundFile | null> {
  try {
    // Not blocking, or a named pipe would be waited for.
    await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stats = await handle.stat()
    const isShort = stats.isFile() && stats.size <= MOST_BYTES
    return { text: isShort ? await handle.readFile('utf8') : null, changedAt: stats.mtime }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    // A link, or a socket.
    if (code === 'ELOOP' || code === 'ENXIO') return { text: null, changedAt: (await lstat(path)).mtime }
    throw error
  }
}
