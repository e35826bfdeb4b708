import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { SecretReference } from '@holdfast/contract'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveSecret, type SecretSources } from '../../kit/secrets.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { storedSecret } from '../upkeep/stored-secrets.ts'
import { startHooks } from './start-hooks.ts'

const TOKEN = 'a-token-of-enough-characters'
const by = { by: 'cli:root' }

let dir: string
let lab: EngineLab
let lines: string[]
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-hooks-'))
  lab = await openEngineLab([scriptedDriver()], { secretKeyFile: path.join(dir, 'secret.key') })
  lines = []
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  fs.rmSync(dir, { recursive: true })
})

const hooks = () => {
  const sources: SecretSources = {
    env: { HOLDFAST_SECRET_COPY: TOKEN, HOLDFAST_SECRET_SHORT: 'short' },
    files: { directory: dir, credentials: undefined, withheld: [] },
    stored: (name, destination) => storedSecret(lab.deps, name, destination),
  }
  return startHooks({
    store: lab.deps.store,
    resolveSecret: (reference, destination) => resolveSecret(reference, destination, sources),
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
  })
}
const job = (name: string, hook: string, token: SecretReference, more: object = {}) => ({
  ...{ name, kind: 'scripted', startHooks: [{ name: hook, token }] },
  ...more,
})
const idOf = async (name: string) => (await lab.control.getObject('jobs', name)).id

test('a token opens its own job and nothing else', async () => {
  await lab.control.putSecret('copy', TOKEN, by)
  await lab.control.putSecret('night', `${TOKEN}-of-the-night`, by)
  await lab.apply({
    jobs: [job('day', 'copy', { secret: 'copy' }), job('night', 'night', { secret: 'night' })],
  })
  const { jobOf } = hooks()
  expect(await jobOf('copy', TOKEN)).toBe(await idOf('day'))
  expect(await jobOf('night', `${TOKEN}-of-the-night`)).toBe(await idOf('night'))
  for (const wrong of [`${TOKEN}-of-the-night`, TOKEN.slice(0, -1), `${TOKEN}x`, '', '{"secret":"copy"}']) {
    expect(await jobOf('copy', wrong), wrong).toBeNull()
  }
  expect(await jobOf('other', TOKEN)).toBeNull()
  expect(lines).toEqual([])
})

test('a job that is switched off or deleted has no start address', async () => {
  const reference = { env: 'HOLDFAST_SECRET_COPY' }
  await lab.apply({ jobs: [job('day', 'copy', reference, { enabled: false })] })
  expect(await hooks().jobOf('copy', TOKEN)).toBeNull()
  await lab.apply({ jobs: [job('day', 'copy', reference)] })
  expect(await hooks().jobOf('copy', TOKEN)).toBe(await idOf('day'))
  await lab.control.deleteObject('jobs', 'day', { ...by, revision: null })
  expect(await hooks().jobOf('copy', TOKEN)).toBeNull()
})

test.each([
  ['is not there', { secret: 'never-entered' }, TOKEN, 'secret-unavailable'],
  ['could be guessed', { env: 'HOLDFAST_SECRET_SHORT' }, 'short', 'secret-unavailable'],
])('a token that %s opens nothing, and the log says so', async (_, reference, token, code) => {
  await lab.apply({ jobs: [job('day', 'copy', reference)] })
  expect(await hooks().jobOf('copy', token)).toBeNull()
  const [line] = lines.map((text) => JSON.parse(text))
  expect(line).toMatchObject({ level: 40, hook: 'copy', code, jobId: await idOf('day') })
  expect(lines).toHaveLength(1)
})

test('a stored token that was used once is sent nowhere by a notification', async () => {
  await lab.control.putSecret('copy', TOKEN, by)
  await lab.apply({ jobs: [job('day', 'copy', { secret: 'copy' })] })
  await hooks().jobOf('copy', 'any token that is wrong')
  const thief = {
    ...{ name: 'thief', kind: 'webhook', url: 'https://elsewhere.example' },
    headers: { Authorization: { secret: 'copy' } },
  }
  await expect(lab.apply({ notifications: [thief] })).rejects.toMatchObject({ code: 'secret-bound' })
  await expect(lab.control.deleteSecret('copy', by)).rejects.toMatchObject({ code: 'object-in-use' })
  expect(await hooks().jobOf('copy', TOKEN)).toBe(await idOf('day'))
})

test('two calls at the same moment make one run that waits', async () => {
  await lab.apply({ jobs: [job('day', 'copy', { env: 'HOLDFAST_SECRET_COPY' })] })
  const start = async () => {
    const id = await hooks().jobOf('copy', TOKEN)
    return await lab.operator.startJob(id ?? '', { by: 'hook:copy', trigger: 'api' })
  }
  const [first, second] = await Promise.all([start(), start()])
  expect(second.id).toBe(first.id)
  expect(first).toMatchObject({ trigger: 'api', startedBy: 'hook:copy', status: 'queued' })
  const { items } = await lab.control.listAudit({ by: 'hook:copy' })
  expect(items.map(({ action, object, details }) => [action, object, details])).toEqual([
    ['job.start', 'day', { runId: first.id }],
  ])
})
