import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { HoldfastError } from '@holdfast/contract'
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
    userName: accountName(),
    confirm,
    askHidden: (question) =>
      process.stdin.isTTY ? askHidden(question, process.stdin, process.stderr) : readStdin(process.stdin),
    readStdin: () => readStdin(process.stdin),
    onInterrupt,
    setExitCode(code) {
      process.exitCode = code
    },
  }
}

/** A user id that no account has is told as a number. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
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

/** Asks on a terminal; nothing of what is typed is shown or kept. */
export async function askHidden(
  question: string,
  input: NodeJS.ReadableStream,
  output: { write(text: string): unknown },
): Promise<string> {
  output.write(`${question}: `)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 })
  const declined = new Promise<never>((_, reject) => {
    const stop = () => reject(new HoldfastError('change-declined', 'the question was not answered'))
    reader.once('close', stop)
    reader.once('SIGINT', stop)
  })
  try {
    return await Promise.race([reader.question(''), declined])
  } finally {
    reader.close()
    output.write('\n')
  }
}

export async function readStdin(input: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of input) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
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
