import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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
