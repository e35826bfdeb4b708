import { createInterface } from 'node:readline/promises'
import type { CliIo } from './deps.ts'

/** The command line's view of this process. Call it once. */
export function processIo(): CliIo {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // `holdfast runs | head` closes the pipe early: nobody reads on, which is no mistake.
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
  const isTty = process.stdin.isTTY === true && process.stdout.isTTY === true
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    isTty,
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY
    },
    env: process.env,
    confirm,
    onInterrupt,
    setExitCode(code) {
      process.exitCode = code
    },
  }
}

async function confirm(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and the end of input mean no.
  const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')))
  reader.once('SIGINT', () => reader.close())
  try {
    const answer = await Promise.race([reader.question(`${question} [y/N] `), closed])
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    reader.close()
  }
}

function onInterrupt(handler: () => void): Disposable {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, handler)
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, handler)
    },
  }
}
