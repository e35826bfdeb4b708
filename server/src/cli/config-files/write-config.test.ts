import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDocument } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { readConfig } from './read-config.ts'
import { writeConfig, writeConfigFiles } from './write-config.ts'
import { parseYaml } from './yaml-file.ts'

const document = configDocument.parse({
  vaults: [
    { name: 'zeta', kind: 'directory', path: '/srv/z' },
    { name: 'alpha', kind: 'directory', path: '/srv/a', description: 'yes' },
  ],
  notifications: [
    {
      name: 'ops',
      kind: 'webhook',
      url: 'https://example.org/x',
      headers: { Authorization: { env: 'HOOK_TOKEN' } },
    },
  ],
  jobs: [
    {
      name: '1e3',
      kind: 'disk-copy',
      vault: 'zeta',
      config: { source: '/a: b # c', list: ['*', '&x', 'no', ''] },
    },
  ],
})

async function readBack(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-config-'))
  try {
    await writeFile(join(folder, 'a.yaml'), text)
    return (await readConfig([folder])).document
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('writeConfig', () => {
  it('begins with the schema for editors and stands in a stable order', () => {
    const text = writeConfig(document, 'holdfast export')
    expect(text).toMatch(/^# yaml-language-server: \$schema=\/.*docs\/reference\/config\.schema\.json\n/)
    expect(text.indexOf('name: alpha')).toBeLessThan(text.indexOf('name: zeta'))
    const shuffled = { ...document, vaults: document.vaults.toReversed() }
    expect(writeConfig(shuffled, 'holdfast export')).toBe(text)
  })

  it('reads back to the same document', async () => {
    const back = await readBack(writeConfig(document, 'holdfast export'))
    expect(back).toEqual({ ...document, vaults: document.vaults.toReversed() })
  })

  it('reads back whatever stands in the settings of a job', () => {
    const settings = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 12 }).filter((key) => key !== '__proto__'),
      fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value))),
      { maxKeys: 5, noNullPrototype: true },
    )
    fc.assert(
      fc.property(settings, (config) => {
        const wanted = configDocument.parse({ jobs: [{ name: 'a', kind: 'k', config }] })
        const { value, problems } = parseYaml('a.yaml', writeConfig(wanted, 'holdfast export'))
        expect(problems).toEqual([])
        expect(configDocument.parse(value)).toEqual(wanted)
      }),
    )
  })

  it('writes one file for each kind there is', () => {
    expect(writeConfigFiles(document, 'holdfast export').map((file) => file.name)).toEqual([
      'vaults.yaml',
      'notifications.yaml',
      'jobs.yaml',
    ])
  })
})
