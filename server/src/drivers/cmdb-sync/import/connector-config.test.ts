import { readFileSync } from 'node:fs'
import { configDocument, type ImportedConfig, type ImportProblem } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { cmdbSyncConfig } from '../config.ts'
import { connectorConfig } from './connector-config.ts'

const ROOT = new URL('../../../../../', import.meta.url)
const example = (name: string) => readFileSync(new URL(`examples/veeam-connector/${name}`, ROOT), 'utf8')
const EXAMPLE = example('config.json')

/** As its documentation shows it. */
const DOCUMENTED = `{
    "infrastructure_code": "VEEAM-BACKUP",
    "veeam": {
        "server": "https://veeam-server.example.com",
        "client_id": "YOUR_CLIENT_ID",
        "client_secret": "canary-secret",
        "verify_ssl": false,
        "retry": { "max_attempts": 3, "delay_seconds": 5 }
    },
    "cmdbuild": {
        "url": "https://cmdbuild-server.example.com/api",
        "username": "admin",
        "password": "canary-password",
        "verify_ssl": true
    }
}`

async function read(text: string): Promise<ImportedConfig | { problems: ImportProblem[] }> {
  expect(connectorConfig.recognise(text)).toBe(true)
  const beside = () => Promise.reject(new Error('nothing beside the file is read'))
  return await connectorConfig.read({ fileName: 'config.json', text, timeZone: 'Europe/Rome', beside })
}

async function imported(text: string): Promise<ImportedConfig> {
  const found = await read(text)
  if ('problems' in found) throw new Error(JSON.stringify(found.problems))
  return found
}

async function problems(text: string): Promise<ImportProblem[]> {
  const found = await read(text)
  if (!('problems' in found)) throw new Error('it was taken')
  return found.problems
}

describe('config.json of the connector', () => {
  it('becomes two nodes and a job', async () => {
    const { document, secrets } = await imported(EXAMPLE)
    expect(document.nodes).toMatchObject([
      {
        ...{ name: 'veeam', kind: 'veeam', url: 'https://veeam-server.example.com:9419' },
        ...{ user: 'EXAMPLE\\cmdb-reader', password: { secret: 'veeam-password' }, pageSize: 100 },
      },
      {
        ...{ name: 'cmdb', kind: 'cmdbuild', url: 'https://cmdbuild-server.example.com/cmdbuild' },
        ...{ user: 'admin', password: { secret: 'cmdbuild-password' }, pageSize: 100 },
      },
    ])
    const [job] = document.jobs
    expect(job).toMatchObject({
      ...{ name: 'cmdb VEEAM-BACKUP', kind: 'cmdb-sync', node: 'cmdb', timeLimit: '3600s', attempts: 3 },
      schedule: { cron: '0 2 * * *', timeZone: 'Europe/Rome' },
    })
    expect(cmdbSyncConfig.parse(job?.config)).toMatchObject({
      ...{ source: { system: 'veeam', node: 'veeam' }, infrastructure: { code: 'VEEAM-BACKUP' } },
    })
    expect(secrets.map(({ value }) => value)).toEqual(['change-me-veeam', 'change-me-cmdbuild'])
  })

  it('becomes what stands beside the example', async () => {
    const { document } = await imported(EXAMPLE)
    expect(document).toEqual(configDocument.parse(parse(example('holdfast.yaml'))))
  })

  it('tells what became of each of its settings, and shows no password', async () => {
    const { lines } = await imported(EXAMPLE)
    const told = lines.map(({ setting, outcome }) => `${setting} ${outcome}`)
    expect(told).toEqual([
      'infrastructure_code taken',
      'veeam.server changed',
      'veeam.username taken',
      'veeam.password taken',
      'veeam.verify_ssl open',
      'veeam.retry.max_attempts taken',
      'veeam.retry.delay_seconds unneeded',
      'cmdbuild.url taken',
      'cmdbuild.username taken',
      'cmdbuild.password taken',
      'cmdbuild.verify_ssl unneeded',
      'logging.level unneeded',
      'logging.file unneeded',
      'logging.max_size unneeded',
      'logging.backup_count unneeded',
      'logging.format unneeded',
      'sync.schedule taken',
      'sync.timeout taken',
      'sync.batch_size taken',
    ])
    expect(JSON.stringify(lines)).not.toContain('change-me')
  })

  it('says at its place that Veeam has no sign-in by client_id, and what to do', async () => {
    const found = await problems(DOCUMENTED)
    expect(found).toMatchObject([{ line: 5, path: 'veeam.client_id' }])
    expect(found[0]?.message).toContain('client_credentials')
    expect(found[0]?.hint).toContain('Backup Viewer')
    expect(JSON.stringify(found)).not.toContain('canary')
  })

  it('goes on where user and password stand beside client_id, and mends the address of CMDBuild', async () => {
    const text = DOCUMENTED.replace(
      '"client_id"',
      '"username": "svc", "password": "canary-word", "client_id"',
    )
    const { lines, document } = await imported(text)
    expect(document.nodes[1]).toMatchObject({ url: 'https://cmdbuild-server.example.com' })
    const outcomes = Object.fromEntries(lines.map(({ setting, outcome }) => [setting, outcome]))
    expect(outcomes).toMatchObject({ 'veeam.client_id': 'unneeded', 'cmdbuild.url': 'changed' })
    expect(JSON.stringify(lines)).not.toContain('canary')
  })

  it.each([
    [3, 5, 3, 'taken', 'changed'],
    [3, 3, 3, 'taken', 'taken'],
    [50, 20, 20, 'changed', 'taken'],
  ])(
    'says what becomes of %i attempts at Veeam and %i at CMDBuild',
    async (one, other, used, ...outcomes) => {
      const retry = (attempts: number) => `"retry": { "max_attempts": ${attempts} }`
      const text = DOCUMENTED.replace('"client_id"', '"username": "svc", "password": "word", "client_id"')
        .replace('"retry": { "max_attempts": 3, "delay_seconds": 5 }', retry(one))
        .replace('"verify_ssl": true', `"verify_ssl": true, ${retry(other)}`)
      const { lines, document } = await imported(text)
      expect(document.jobs[0]).toMatchObject({ attempts: used })
      const told = lines.filter(({ setting }) => setting.endsWith('max_attempts'))
      expect(told.map(({ outcome }) => outcome)).toEqual(outcomes)
    },
  )

  it('takes the path of the API out of the address of Veeam', async () => {
    const text = EXAMPLE.replace('veeam-server.example.com', 'veeam-server.example.com:9419/api/v1')
    expect((await imported(text)).document.nodes[0]).toMatchObject({
      url: 'https://veeam-server.example.com:9419',
    })
  })

  it.each([
    ['"https://veeam-server.example.com"', '"veeam-server"', 'veeam.server'],
    ['"https://cmdbuild-server.example.com/cmdbuild"', '"https://a:b@x/"', 'cmdbuild.url'],
    ['"max_attempts": 3', '"max_attempts": "x"', 'veeam.retry.max_attempts'],
    ['"username": "admin",', '', 'cmdbuild.username'],
    ['"VEEAM-BACKUP"', `"${'x'.repeat(101)}"`, 'infrastructure.code'],
  ])('tells a mistake: %s as %s', async (from, to, path) => {
    expect((await problems(EXAMPLE.replace(from, to)))[0]?.path).toBe(path)
  })

  it('is not taken for what it is not', () => {
    for (const text of ['', '{}', 'veeam:\n  cmdbuild: x', '{ "veeam": {} }'])
      expect(connectorConfig.recognise(text)).toBe(false)
  })
})
