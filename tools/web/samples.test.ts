import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownEnvironment } from './own-environment.ts'
import { prepareSamples } from './samples.ts'

let root: string
let data: string

/** Stands in for the command: it writes down each call with its input, and what reached it of the environment. */
const COMMAND = `#!/bin/sh
printf '%s|%s|%s|%s\\n' "$*" "$(cat)" "$HOLDFAST_DATABASE_URL" "$HOLDFAST_DATA" >> "$0.calls"
case "$*" in *"admin list"*) echo "$(cat "$0.users")";; esac
`

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'holdfast-samples-'))
  data = path.join(root, 'data')
  await writeFile(path.join(root, 'holdfast'), COMMAND)
  await chmod(path.join(root, 'holdfast'), 0o755)
  await writeFile(path.join(root, 'holdfast.users'), '[]')
})
afterEach(() => rm(root, { recursive: true }))

const calls = async () => (await readFile(path.join(root, 'holdfast.calls'), 'utf8')).trim().split('\n')

test('the sample user has a password that nobody else knows, kept where only its owner reads', async () => {
  const words = await prepareSamples(root, data)
  const file = path.join(data, 'samples/password')
  const password = await readFile(file, 'utf8')
  expect(password).toMatch(/^[\w-]{24}$/)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(words).toContain(`"${password}"`)
  expect((await calls())[1]).toContain(`admin create dev --password-stdin|${password}|`)
  await rm(data, { recursive: true })
  expect(await prepareSamples(root, data)).not.toContain(password)
})

test('a second start changes nothing and tells the same password', async () => {
  const first = await prepareSamples(root, data)
  await writeFile(path.join(root, 'holdfast.users'), '[{"name":"dev"}]')
  const before = (await calls()).length
  expect(await prepareSamples(root, data)).toBe(first)
  expect(await calls()).toHaveLength(before + 1)
})

test('nothing of it goes where the settings of the shell point', async () => {
  const shell = {
    PATH: '/bin',
    HOLDFAST_DATABASE_URL: 'postgresql://real/database',
    HOLDFAST_LISTEN: '0.0.0.0:443',
    HOLDFAST_SERVER: 'https://real',
    HOLDFAST_LOG_LEVEL: 'debug',
  }
  expect(ownEnvironment('/dev-data', shell)).toEqual({
    PATH: '/bin',
    HOLDFAST_LOG_LEVEL: 'debug',
    HOLDFAST_DATA: '/dev-data',
  })
})
