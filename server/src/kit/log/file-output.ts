import type { RollingFile } from 'pino-roll'
import { LineBuffer, type LogOutput, type OnTrouble } from './output.ts'

export interface LogFile {
  /** `/var/log/holdfast/server.log` becomes `server.1.log`, `server.2.log` ...: the highest number is the present one. */
  path: string
  maxBytes: number
  /** How many full files stay beside the present one. */
  keep: number
}

/** What may wait while the disk is slow or full. */
const MOST_WAITING = 4 * 1024 * 1024

/**
 * Writes into a file that is rotated by size. In this thread, not in a worker thread: lines that wait can then be written
 * while the process ends, whatever it ends of. A full disk costs lines, nothing else; what waits is written when there
 * is room again.
 */
export function fileOutput({ path, maxBytes, keep }: LogFile, onTrouble: OnTrouble): LogOutput {
  const early = new LineBuffer(MOST_WAITING)
  let file: RollingFile | null = null
  let isOver = false
  const trouble = (error: Error) => onTrouble(`the log file ${path} cannot be written: ${error.message}`)

  // It is a large part of the code of a log, and commands log to no file.
  const opening = import('pino-roll')
    .then(({ default: roll }) =>
      roll({
        file: path,
        size: `${Math.max(1, Math.ceil(maxBytes / 1024))}k`,
        limit: { count: keep, removeOtherLogFiles: true },
        mkdir: true,
        mode: 0o640,
        maxLength: MOST_WAITING,
      }),
    )
    .then((opened) => {
      opened.on('error', trouble)
      opened.on('drop', () => trouble(new Error('lines are lost, as too many wait')))
      for (const line of early.take(MOST_WAITING)) opened.write(line)
      file = opened
    })
  opening.catch(trouble)

  return {
    write(line) {
      if (isOver) return
      if (file) file.write(line)
      else early.push(line)
    },
    saveNow() {
      if (!isOver) quietly(() => file?.flushSync())
    },
    async close() {
      await opening.catch(() => {})
      isOver = true
      const open = file
      if (open) await ended(open)
    },
  }
}

function ended(file: RollingFile): Promise<void> {
  return new Promise((resolve) => {
    // A full disk keeps the stream open for ever.
    const limit = setTimeout(() => {
      quietly(() => file.destroy())
      resolve()
    }, 2000)
    file.once('close', () => {
      clearTimeout(limit)
      resolve()
    })
    quietly(() => file.end())
  })
}

function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // The trouble was told when it began.
  }
}
