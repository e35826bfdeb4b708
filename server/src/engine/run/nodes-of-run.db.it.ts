import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { HoldfastError, type JsonValue, jobSpec } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AnyDriver, RunContext } from '../../drivers/driver.ts'
import { resolveSecret } from '../../kit/secrets.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { storedSecret } from '../upkeep/stored-secrets.ts'

/** A copy from the node of the job to one that its settings name, without a vault. */
const scripted = scriptedDriver('copy')
let remember: JsonValue | undefined
const copy: AnyDriver = {
  ...scripted,
  info: { ...scripted.info, nodeKinds: ['influxdb'] },
  config: z.strictObject({ to: z.strictObject({ node: z.string(), database: z.string() }).optional() }),
  nodeNames: ({ to }: { to?: { node: string } }) => (to ? [to.node] : []),
  async run(cx, plan) {
    const result = await scripted.run(cx as RunContext<object>, plan)
    return remember === undefined ? result : { ...result, remember }
  },
}

let dir: string
let lab: EngineLab
const by = { by: 'anna' }

beforeEach(async () => {
  scripted.script.run = async () => {}
  remember = undefined
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-nodes-'))
  const secretKeyFile = path.join(dir, 'secret.key')
  lab = await openEngineLab([copy], {
    secretKeyFile,
    secret: (reference, destination) =>
      resolveSecret(reference, destination, {
        env: {},
        files: { directory: dir, credentials: undefined, withheld: [] },
        stored: (name, to) => storedSecret(lab.deps, name, to),
      }),
  })
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  fs.rmSync(dir, { recursive: true })
})

const node = (name: string, more: object = {}) => ({
  ...{ name, kind: 'influxdb', url: `http://${name}.example.org:8086` },
  ...more,
})
const job = (name: string, to?: object) => ({ name, kind: 'copy', node: 'a', config: to ? { to } : {} })
const toB = { node: 'b', database: 'b' }
const run = async (name: string) => await lab.finished((await lab.control.startJob(name, by)).id)

describe('a node that the settings of a job name', () => {
  test('must exist and be of a kind that the job works on; the problem stands where the name does', async () => {
    const problemsOf = async (document: object) =>
      await lab.apply(document).then(
        () => [],
        (error: HoldfastError) => error.details?.problems,
      )
    expect(await problemsOf({ nodes: [node('a')], jobs: [job('x', toB)] })).toMatchObject([
      { path: ['config', 'to', 'node'], message: 'no node is called "b"' },
    ])
    const host = { name: 'b', kind: 'host' }
    expect(await problemsOf({ nodes: [node('a'), host], jobs: [job('x', toB)] })).toMatchObject([
      { path: ['config', 'to', 'node'], message: 'a copy job cannot work on a node of kind host' },
    ])
    const noNode = { name: 'x', kind: 'copy' }
    expect(await problemsOf({ jobs: [noNode] })).toMatchObject([{ path: ['node'] }])
    await lab.apply({ nodes: [node('a'), host] })
    const onHost = jobSpec.parse({ ...job('x'), node: 'b' })
    await expect(lab.control.createObject('jobs', onHost, by)).rejects.toMatchObject({
      details: { problems: [{ path: ['node'] }] },
    })
  })

  test('is not deleted while the job is there', async () => {
    await lab.apply({ nodes: [node('a'), node('b')], jobs: [job('x', toB)] })
    const deletion = () => lab.control.deleteObject('nodes', 'b', { ...by, revision: null })
    await expect(deletion()).rejects.toMatchObject({
      code: 'object-in-use',
      details: { users: [{ kind: 'jobs', name: 'x' }] },
    })
    await lab.control.deleteObject('jobs', 'x', { ...by, revision: null })
    await deletion()
  })

  test('is followed when it gets another name, and nothing else that is called the same', async () => {
    await lab.apply({ nodes: [node('a'), node('b')], jobs: [job('x', toB), job('y')] })
    const { spec, id } = await lab.control.getObject('nodes', 'b')
    await lab.control.replaceObject('nodes', 'b', { ...spec, name: 'c' }, { ...by, revision: null })
    expect(await lab.control.getObject('jobs', 'x')).toMatchObject({
      revision: 2,
      spec: { config: { to: { node: 'c', database: 'b' } } },
    })
    expect((await lab.control.getObject('jobs', 'y')).revision).toBe(1)
    let nodes: object = {}
    scripted.script.run = async (cx) => {
      nodes = cx.job.nodes
    }
    await lab.startWorker()
    expect(await run('x')).toMatchObject({ outcome: 'success' })
    expect(nodes).toMatchObject({ a: { url: 'http://a.example.org:8086' }, c: { id } })
  })

  test('gives the run a slot, as its own node does', async () => {
    const nodes = [node('a'), node('b', { maxParallelRuns: 1 })]
    await lab.apply({ nodes, jobs: [job('x', toB), job('y', toB), job('z')] })
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    scripted.script.run = async (cx) => {
      if (cx.job.name !== 'x') return
      begun.resolve()
      await goOn.promise
    }
    await lab.startWorker()
    const { id } = await lab.control.startJob('x', by)
    await begun.promise
    const second = await lab.control.startJob('y', by)
    const waiting = await lab.until(second.id, ({ waitingFor }) => waitingFor !== null)
    expect(JSON.stringify(waiting.waitingFor)).toContain(
      `node:${(await lab.control.getObject('nodes', 'b')).id}`,
    )
    expect(await run('z')).toMatchObject({ outcome: 'success' })
    goOn.resolve()
    await lab.finished(id)
    expect(await lab.finished(second.id)).toMatchObject({ outcome: 'success' })
  })

  test('hides the job and its runs from whoever may not see it', async () => {
    await lab.apply({ nodes: [node('a'), node('b')], jobs: [job('x', toB), job('y')] })
    await lab.startWorker()
    const { id } = await run('x')
    await run('y')
    const [a, b] = await Promise.all(['a', 'b'].map((name) => lab.control.getObject('nodes', name)))
    const one = lab.limitedTo([a?.id ?? ''])
    const both = lab.limitedTo([a?.id ?? '', b?.id ?? ''])
    expect((await one.listJobs({})).items.map(({ name }) => name)).toEqual(['y'])
    await expect(one.getJob('x')).rejects.toMatchObject({ code: 'name-unknown' })
    await expect(one.startJob('x', by)).rejects.toMatchObject({ code: 'name-unknown' })
    expect((await both.listJobs({})).items).toHaveLength(2)
    // A run stays where it was made, also when its job lets go of the node.
    await lab.apply({ nodes: [node('a'), node('b')], jobs: [job('x'), job('y')] })
    expect((await one.listJobs({})).items).toHaveLength(2)
    await expect(one.getRun(id)).rejects.toMatchObject({ code: 'name-unknown' })
    expect((await one.listRuns({})).items.map(({ jobName }) => jobName)).toEqual(['y'])
    expect(await both.getRun(id)).toMatchObject({ id })
  })
})

describe('a secret of a node', () => {
  const secretive = node('a', { user: 'holdfast', password: { secret: 'influx' } })

  test('reaches the driver, and never what the run says', async () => {
    await lab.control.putSecret('influx', 'canary-of-influx', by)
    await lab.apply({ nodes: [secretive], jobs: [job('x')] })
    let value = ''
    scripted.script.run = async (cx) => {
      value = await cx.secret({ secret: 'influx' }, 'http://a.example.org:8086')
      cx.log.info('said', { text: `it is ${value}` })
      cx.warn({ text: `beware ${value}`, key: 'copy.beware', values: { value } })
      throw new HoldfastError('write-failed', `refused ${value}`, { details: { value } })
    }
    await lab.startWorker()
    const { id } = await run('x')
    expect(value).toBe('canary-of-influx')
    const told = JSON.stringify([
      await lab.control.getRun(id),
      await lab.control.readLog(id, -1, 100),
      await lab.control.listSteps(id),
    ])
    expect(told).toContain('refused ***')
    expect(told).not.toContain('canary')
  })

  test('goes to its address only, whoever asks', async () => {
    await lab.control.putSecret('influx', 'value', by)
    await lab.apply({ nodes: [secretive], jobs: [job('x')] })
    const moved = lab.apply({ nodes: [{ ...secretive, url: 'http://evil.example.org:8086' }] })
    await expect(moved).rejects.toMatchObject({ code: 'secret-bound' })
    const { spec } = await lab.control.getObject('nodes', 'a')
    const edit = { ...spec, url: 'http://evil.example.org' } as typeof spec
    await expect(
      lab.control.replaceObject('nodes', 'a', edit, { ...by, revision: null }),
    ).rejects.toMatchObject({ code: 'secret-bound' })
    const chat = { name: 'chat', kind: 'webhook', url: 'http://evil.example.org/' }
    const carried = lab.apply({ notifications: [{ ...chat, headers: { x: { secret: 'influx' } } }] })
    await expect(carried).rejects.toMatchObject({ code: 'secret-bound' })
    await expect(lab.deps.secret({ secret: 'influx' }, 'http://evil.example.org')).rejects.toMatchObject({
      code: 'secret-bound',
    })
    // Another path of the same server is the same place.
    await lab.apply({ nodes: [{ ...secretive, url: 'http://a.example.org:8086/influx' }] })
  })
})

describe('what a run asks to remember', () => {
  const seen: unknown[] = []
  beforeEach(async () => {
    seen.length = 0
    scripted.script.run = async (cx) => {
      seen.push(cx.remembered)
    }
    await lab.apply({ nodes: [node('a')], jobs: [job('x')] })
    await lab.startWorker()
  })

  test('is there for the next one, until another one asks for something else or for nothing', async () => {
    for (const value of [{ shards: [1, 2] }, undefined, { shards: [3] }, null, undefined]) {
      remember = value
      await run('x')
    }
    expect(seen).toEqual([null, { shards: [1, 2] }, { shards: [1, 2] }, { shards: [3] }, null])
  })

  test('stays when a run fails', async () => {
    remember = 'first'
    await run('x')
    scripted.script.run = async () => {
      throw new HoldfastError('write-failed', 'disk')
    }
    remember = 'second'
    expect(await run('x')).toMatchObject({ outcome: 'failed' })
    const { id } = await lab.control.getObject('jobs', 'x')
    expect(await lab.deps.store.objects.remembered(id)).toBe('first')
  })

  test('goes with the job', async () => {
    remember = { huge: 'x'.repeat(100_000) }
    await run('x')
    const { id } = await lab.control.getObject('jobs', 'x')
    expect(await lab.deps.store.objects.remembered(id)).toEqual(remember)
    await lab.control.deleteObject('jobs', 'x', { ...by, revision: null })
    expect(await lab.deps.store.objects.remembered(id)).toBeNull()
  })
})
