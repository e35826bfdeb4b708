import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requires } from '../lab/requires.ts'
import { ROOT } from '../repo/repository.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-bootstrap-'))
  mkdirSync(join(folder, 'tools'))
  mkdirSync(join(folder, 'bin'))
  copyFileSync(join(ROOT, 'tools/bootstrap.mjs'), join(folder, 'tools/bootstrap.mjs'))
  copyFileSync(join(ROOT, 'holdfast'), join(folder, 'holdfast'))
  writeFileSync(join(folder, 'tools/program.mjs'), "console.log('the program ran')\n")
  write('package-lock.json', { 'node_modules/a': { version: '1.0.0', dev: true } })
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, packages: object): void {
  writeFileSync(join(folder, file), JSON.stringify({ packages }))
}

/** An npm that takes its time, notes down how it was called, and installs these packages. */
function fakeNpm(packages: object): void {
  write('installed.json', packages)
  const script = `#!/bin/sh
echo "$@" >> calls
sleep 0.3
mkdir -p node_modules/.bin
ln -sf '${process.execPath}' node_modules/.bin/node
cp installed.json node_modules/.package-lock.json
`
  writeFileSync(join(folder, 'bin/npm'), script)
  chmodSync(join(folder, 'bin/npm'), 0o755)
}

function start(): Promise<{ code: number | null; output: string }> {
  const args = [join(folder, 'tools/bootstrap.mjs'), 'tools/program.mjs']
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
    NODE_ENV: 'production',
  }
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')

test('two starts at once install once, with everything that production would leave out', async () => {
  fakeNpm({ 'node_modules/a': { version: '1.0.0' } })
  const ends = await Promise.all([start(), start()])
  for (const end of ends)
    expect(end).toMatchObject({ code: 0, output: expect.stringContaining('the program ran') })
  expect(calls()).toEqual([expect.stringContaining('ci --include=dev --include=optional')])
})

test('an installation that stays incomplete is told, and nothing is started', async () => {
  fakeNpm({})
  const { code, output } = await start()
  expect(code).toBe(2)
  expect(output).toContain('node_modules/a is missing although npm ci ended well')
  expect(output).not.toContain('the program ran')
})

test('./holdfast without an installation says what to do', () => {
  const { status, stderr } = spawnSync(join(folder, 'holdfast'), ['status'], { encoding: 'utf8' })
  expect(status).toBe(127)
  expect(stderr).toContain(`Run npm ci in ${folder} first.`)
})

const SHOW = "console.log(process.env.NODE_COMPILE_CACHE ?? 'none')\n"

/** An installation whose program shows the cache it is given; how it is started is handed to the tests. */
function installed(): void {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node_modules/.bin/node'))
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } })
  mkdirSync(join(folder, 'server/src'), { recursive: true })
  writeFileSync(join(folder, 'server/src/main.ts'), SHOW)
}

const LAUNCHERS = [
  ['./holdfast', ['holdfast']],
  ['npm', [process.execPath, 'tools/bootstrap.mjs', 'server/src/main.ts']],
] as const

describe.each(LAUNCHERS)('the compile cache of a start by %s', (_, [program, ...args]) => {
  const caches = () => join(folder, 'node_modules/.cache')
  const own = () => join(caches(), 'holdfast')
  function cacheOf(env: Record<string, string> = {}, user: { uid?: number; gid?: number } = {}): string {
    const { NODE_COMPILE_CACHE: _set, ...rest } = process.env
    const options = { cwd: folder, env: { ...rest, ...env }, encoding: 'utf8', ...user } as const
    return spawnSync(program === 'holdfast' ? join(folder, program) : program, args, options).stdout.trim()
  }
  beforeEach(installed)

  test('lies in a folder that its user alone may enter', () => {
    expect(cacheOf()).toBe(own())
    expect(statSync(own()).mode & 0o777).toBe(0o700)
    expect(cacheOf()).toBe(own())
  })

  test('is that of the environment where it names one', () => {
    expect(cacheOf({ NODE_COMPILE_CACHE: join(folder, 'mine') })).toBe(join(folder, 'mine'))
    expect(cacheOf({ NODE_COMPILE_CACHE: '' })).toBe('')
    expect(existsSync(caches())).toBe(false)
  })

  test.each([
    ['others may write to it', () => chmodSync(own(), 0o777)],
    ['its group may write to it', () => chmodSync(own(), 0o770)],
    ['others may write where it lies', () => chmodSync(caches(), 0o1777)],
    [
      'it leads elsewhere',
      () => {
        rmSync(own(), { recursive: true })
        mkdirSync(join(folder, 'elsewhere'))
        symlinkSync(join(folder, 'elsewhere'), own())
      },
    ],
  ])('is none when %s', (_why, spoil) => {
    cacheOf()
    spoil()
    expect(cacheOf()).toBe('none')
  })

  test.skipIf(requires('root'))('is none when it belongs to somebody else, or its place does', () => {
    cacheOf()
    chownSync(own(), 65_534, 65_534)
    expect(cacheOf()).toBe('none')
    chownSync(own(), 0, 0)
    expect(cacheOf()).toBe(own())
    chownSync(caches(), 65_534, 65_534)
    expect(cacheOf()).toBe('none')
  })

  test.skipIf(requires('root'))('is none, and nothing is left, where somebody else has installed it', () => {
    chownSync(join(folder, 'node_modules'), 65_534, 65_534)
    expect(cacheOf()).toBe('none')
    expect(existsSync(caches())).toBe(false)
  })

  test.skipIf(requires('root'))('is none where a user may not even look', () => {
    for (const path of ['', 'node_modules', 'node_modules/.package-lock.json'])
      chmodSync(join(folder, path), 0o755)
    chownSync(join(folder, 'node_modules'), 65_534, 65_534)
    mkdirSync(caches(), { mode: 0o700 })
    expect(cacheOf({}, { uid: 65_534, gid: 65_534 })).toBe('none')
  })
})
