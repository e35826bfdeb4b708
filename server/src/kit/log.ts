import os from 'node:os'
import pino from 'pino'
import { fileOutput, type LogFile } from './log/file-output.ts'
import { lokiOutput } from './log/loki-output.ts'
import type { LogOutput } from './log/output.ts'
import { maskSecrets } from './secrets.ts'

export type Logger = pino.Logger
export type LoggerLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Where the log goes beside standard error. */
export interface LogTargets {
  file?: LogFile | undefined
  loki?: { url: string; credentials: string | null } | undefined
}

export interface OpenLogger {
  log: Logger
  /** Delivers what waits, within a few seconds. Later lines go to standard error only. */
  close(): Promise<void>
}

/** The same trouble is told once in this time. */
const TOLD_AGAIN_MS = 60_000

/** Structured JSON lines on standard error, so that standard output stays for results. Known secrets are masked. */
export function createLogger(level: LoggerLevel): Logger {
  return openLogger(level, {}).log
}

/**
 * A logger that writes to a file and to Loki as well. Secrets are masked before a line goes anywhere. Neither a full
 * disk nor a Loki that is away ever stops or delays the caller: their trouble is told on standard error.
 */
export function openLogger(level: LoggerLevel, targets: LogTargets): OpenLogger {
  const stderr = pino.destination({ dest: 2, sync: true })
  // A full disk behind standard error must not end what the log is about.
  stderr.on('error', () => {})
  const outputs: LogOutput[] = []
  const stream = {
    write(line: string) {
      const masked = maskSecrets(line)
      writeQuietly(stderr, masked)
      for (const output of outputs) output.write(masked)
    },
  }
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )

  const onTrouble = telling((reason) => {
    const time = new Date().toISOString()
    const line = { level: 'warn', time, reason, msg: 'the log does not reach one of its places' }
    if (level !== 'silent') writeQuietly(stderr, maskSecrets(`${JSON.stringify(line)}\n`))
  })
  if (targets.file) outputs.push(fileOutput(targets.file, onTrouble))
  if (targets.loki) outputs.push(lokiOutput({ ...targets.loki, host: os.hostname() }, onTrouble))
  if (outputs.length === 0) return { log, close: async () => {} }

  const saveNow = () => {
    for (const output of outputs) output.saveNow()
  }
  process.once('exit', saveNow)
  const close = async () => {
    const closing = outputs.splice(0)
    process.off('exit', saveNow)
    await Promise.all(closing.map((output) => output.close()))
  }
  return { log, close }
}

/** Lets the same reason through once a minute. */
function telling(tell: (reason: string) => void): (reason: string) => void {
  const told = new Map<string, number>()
  return (reason) => {
    const now = Date.now()
    if (now - (told.get(reason) ?? 0) < TOLD_AGAIN_MS) return
    if (told.size > 100) told.clear()
    told.set(reason, now)
    tell(reason)
  }
}

function writeQuietly(stream: { write(line: string): unknown }, line: string): void {
  try {
    stream.write(line)
  } catch {
    // Nobody is left to tell.
  }
}
