import { createInterface } from 'node:readline/promises'
import type { CliIo } from './deps.ts'
import { OUTPUT_GONE_EXIT_CODE } from './exit-codes.ts'

/**
 * The command line's view of this process. Call it once. When an output breaks (`holdfast run | head -1`, a terminal
 * that was closed), what goes on must not stop half-way: nothing more is written there, and the end is exit code 141.
 */
export function processIo(): CliIo {
  const stdout = quietWhenGone(process.stdout)
  const stderr = quietWhenGone(process.stderr)
  process.on('exit', () => {
    if (stdout.isGone) process.exitCode = OUTPUT_GONE_EXIT_CODE
  })
  const isTty = process.stdin.isTTY === true && process.stdout.isTTY === true
  return {
    stdout,
    stderr,
    isTty,
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY
    },
    get isOutputGone() {
      return stdout.isGone
    },
    env: process.env,
    confirm,
    onInterrupt,
    setExitCode(code) {
      process.exitCode = code
    },
  }
}

function quietWhenGone(stream: NodeJS.WriteStream) {
  const output = {
    isGone: false,
    write: (text: string): boolean => !output.isGone && stream.write(text),
  }
  stream.on('error', () => {
    output.isGone = true
  })
  return output
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
