import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'

let lab: EngineLab
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-vault-problem-'))
  lab = await openEngineLab([diskCopy])
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

test('the status says why a vault cannot be used, and nothing of one that the first run will make', async () => {
  const at = (name: string) => join(directory, name)
  await mkdir(at('foreign'))
  await mkdir(at('empty'))
  await mkdir(at('mount'))
  await mkdir(at('source'))
  await writeFile(at('source/file'), 'text')
  const vault = (name: string, path: string, more = {}) => ({
    name,
    kind: 'directory' as const,
    path,
    ...more,
  })
  await lab.apply({
    vaults: [
      vault('away', at('nowhere/vault')),
      vault('foreign', at('foreign')),
      vault('fresh', at('fresh')),
      vault('mine', at('empty'), { minFree: '1MiB' }),
      vault('unmounted', at('mount'), { mustBeMounted: true }),
    ],
    jobs: [{ name: 'files', kind: 'disk-copy', vault: 'mine', config: { source: at('source') } }],
  })
  await writeFile(at('foreign/file'), 'of somebody else')
  const states = async () =>
    (await lab.control.status()).vaults.map(({ name, problem, freeBytes }) => [
      name,
      problem?.code ?? null,
      freeBytes !== null,
    ])
  const others = [
    ['away', 'vault-absent', false],
    ['foreign', 'vault-foreign', false],
    ['fresh', null, false],
  ]
  const unmounted = ['unmounted', 'vault-absent', false]
  expect(await states()).toEqual([...others, ['mine', null, true], unmounted])
  await lab.startWorker()
  await lab.finished((await lab.control.startJob('files', { by: 'user:anna' })).id)
  await rm(at('empty'), { recursive: true })
  expect(await states()).toEqual([...others, ['mine', 'vault-absent', false], unmounted])
})
