import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ROOT } from '../repo/repository.ts'

export interface ProgramEnd {
  /** Null when a signal ended it. */
  exitCode: number | null
  /** Both streams in the order they arrived; empty when they were shown at once. */
  output: string
  durationMs: number
}

export interface ProgramOptions {
  env?: Record<string, string>
  /** Show the output while it runs instead of keeping it. */
  isShown?: boolean
}

const BIN = join(ROOT, 'node_modules', '.bin')

/** Runs a program in the root of the checkout, with the Node and the tools of node_modules first in PATH. Never throws. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramEnd> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}`, ...options.env },
      stdio: options.isShown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    const end = (exitCode: number | null, more = '') =>
      resolve({ exitCode, output: output + more, durationMs: performance.now() - startedAt })
    child.on('error', (error) => end(null, `${error.message}\n`))
    child.on('close', (code) => end(code))
  })
}
