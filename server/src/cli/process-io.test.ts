import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

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
