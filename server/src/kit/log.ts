import pino from 'pino'
import { maskSecrets } from './secrets.ts'

export type Logger = pino.Logger

/** Structured JSON lines on standard error, so that standard output stays for results. Known secrets are masked. */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Logger {
  const stderr = pino.destination({ dest: 2, sync: true })
  // A full disk behind standard error must not end what the log is about.
  stderr.on('error', () => {})
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => writeQuietly(stderr, maskSecrets(line)) },
  )
}

function writeQuietly(stream: { write(line: string): unknown }, line: string): void {
  try {
    stream.write(line)
  } catch {
    // Nobody is left to tell.
  }
}
