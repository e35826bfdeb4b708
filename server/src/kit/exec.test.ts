import { closeSync, openSync } from 'node:fs'
import { HoldfastError } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../tools/lab/properties.testkit.ts'
import { exec } from './exec.ts'
import { TokenSplitter } from './text/token-splitter.ts'

async function errorOf(work: Promise<unknown>): Promise<HoldfastError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown instanceof HoldfastError) return thrown
  throw new Error(`expected a HoldfastError, got ${String(thrown)}`)
}

describe('exec', () => {
  it('passes arguments untouched and speaks no shell', async () => {
    const result = await exec('printf', ['%s\\n', '$HOME `id` "; exit 3', '-n'])
    expect(result.stdout).toEqual(['$HOME `id` "; exit 3', '-n'])
  })

  it('gives programs the C locale and nothing of our own environment', async () => {
    process.env.HOLDFAST_CANARY = 'leak'
    const { stdout } = await exec('env', [])
    delete process.env.HOLDFAST_CANARY
    expect(stdout).toContain('LC_ALL=C')
    expect(stdout.join()).not.toContain('leak')
  })

  it('splits output at CR and LF, and keeps only the last lines', async () => {
    const tokens: string[] = []
    const result = await exec('printf', ['1\\r2\\r\\n3\\n4'], {
      onStdout: (t) => tokens.push(t),
      keepLines: 2,
    })
    expect(tokens).toEqual(['1', '2', '3', '4'])
    expect(result.stdout).toEqual(['3', '4'])
  })

  it('reads from bytes and from a file descriptor, and hands on further descriptors', async () => {
    expect((await exec('cat', [], { stdin: Buffer.from('abc') })).stdout).toEqual(['abc'])
    const fd = openSync('/dev/null', 'r')
    try {
      expect((await exec('cat', [], { stdin: fd })).stdout).toEqual([])
      expect((await exec('readlink', ['/proc/self/fd/3'], { inherit: [fd] })).stdout).toEqual(['/dev/null'])
    } finally {
      closeSync(fd)
    }
  })

  it('names the exit code and the last lines when a program fails', async () => {
    const error = await errorOf(exec('sh', ['-c', 'echo why >&2; exit 7']))
    expect(error.code).toBe('command-failed')
    expect(error.details).toMatchObject({ exitCode: 7, output: ['why'] })
    expect((await exec('sh', ['-c', 'exit 7'], { okCodes: [7] })).exitCode).toBe(7)
  })

  it('tells a program that was killed from one that ended', async () => {
    const error = await errorOf(exec('sh', ['-c', 'kill -9 $$']))
    expect(error.details).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
  })

  it.each([true, false])('says which package is missing (dieWithParent %s)', async (dieWithParent) => {
    const error = await errorOf(exec('holdfast-no-such-program', [], { dieWithParent }))
    expect(error.code).toBe('command-missing')
    expect(error.message).toContain('holdfast-no-such-program')
  })

  it('names the package of a program it knows', async () => {
    const error = await errorOf(exec('rsync', [], { env: { PATH: '/nonexistent' } }))
    expect(error.hint).toBe('Install it: apt install rsync')
  })

  it('ends a program that ignores SIGTERM', async () => {
    const controller = new AbortController()
    const started = Promise.withResolvers<void>()
    const work = exec('sh', ['-c', 'trap "" TERM; echo up; while :; do sleep 0.1; done'], {
      signal: controller.signal,
      killAfterMs: 200,
      onStdout: () => started.resolve(),
    })
    await started.promise
    controller.abort()
    expect((await errorOf(work)).code).toBe('run-canceled')
  })

  it('throws what the signal was fired with, and starts nothing once it has fired', async () => {
    const reason = new HoldfastError('time-limit', 'too long')
    expect(await errorOf(exec('true', [], { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })

  it('keeps secret arguments out of errors', async () => {
    const secret = 'c4nary'
    const error = await errorOf(exec('sh', ['-c', 'echo "got $0" >&2; exit 1', { secret }]))
    expect(error.details).toMatchObject({ output: ['got ***'] })
    expect(JSON.stringify(error.report())).not.toContain(secret)
  })
})

describe('TokenSplitter', () => {
  it('finds the same tokens however the bytes arrive', () => {
    const token = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((t) => !/[\r\n]/.test(t))
    fc.assert(
      fc.property(
        fc.array(token),
        fc.array(fc.nat(20)),
        fc.constantFrom('\n', '\r', '\r\n'),
        (tokens, cuts, end) => {
          const bytes = Buffer.from(tokens.map((t) => t + end).join(''))
          const found: string[] = []
          const splitter = new TokenSplitter((t) => found.push(t))
          let at = 0
          for (const cut of cuts) {
            splitter.write(bytes.subarray(at, at + cut))
            at += cut
          }
          splitter.write(bytes.subarray(at))
          splitter.end()
          expect(found).toEqual(tokens)
        },
      ),
    )
  })
})
