import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askHidden, readStdin } from './process-io.ts'

/** Writes for longer than anybody reads, then goes on to its end. */
const PROGRAM = `
  const { processIo } = await import(${JSON.stringify(new URL('./process-io.ts', import.meta.url).href)})
  const { setTimeout: pause } = await import('node:timers/promises')
  const io = processIo()
  for (let lines = 0; !io.isOutputGone; lines++) {
    io.stdout.write('line\\n')
    await pause(1)
  }
  io.stdout.write('never read')
  await pause(5)
  io.setExitCode(3)
  io.stderr.write('came to its end')
`

it('goes on to the end when nobody reads its output, and says so by exit code 141', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  const closed = once(child, 'close')
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await closed
  expect(told).toContain('came to its end')
  expect(code).toBe(141)
})

describe('a hidden question', () => {
  async function ask(...keys: string[]): Promise<{ answer: string; shown: string }> {
    const input = new PassThrough()
    let shown = ''
    const output = { write: (text: string) => (shown += text) }
    const asked = askHidden('Password', input, output)
    for (const key of keys) input.write(key)
    const answer = await asked.catch((error: { code: string }) => error.code)
    return { answer, shown }
  }

  it('shows nothing of what is typed, which can be corrected', async () => {
    expect(await ask('pässword\r')).toEqual({ answer: 'pässword', shown: 'Password: \n' })
    expect((await ask('pasx', '\u007f', 's\r')).answer).toBe('pass')
    expect((await ask('wrong', '\u0015', ' right \r')).answer).toBe(' right ')
    expect((await ask('\r')).answer).toBe('')
  })

  it('is declined by Ctrl-C and Ctrl-D', async () => {
    expect((await ask('secr', '\u0003')).answer).toBe('change-declined')
    expect((await ask('\u0004')).answer).toBe('change-declined')
  })

  it('is answered by standard input as it is, without its last line break', async () => {
    const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)))
    expect(await readStdin(chunks('-----BEGIN\n', 'x\n', '\r\n'))).toBe('-----BEGIN\nx\n')
    expect(await readStdin(chunks(' no break '))).toBe(' no break ')
  })
})
