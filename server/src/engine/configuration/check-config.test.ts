import { configDocument } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AnyDriver, DriverInfo } from '../../drivers/driver.ts'
import { type CheckOptions, checkConfig } from './check-config.ts'

function driver(info: Partial<DriverInfo>, config: z.ZodType): AnyDriver {
  const unused = () => Promise.reject(new Error('a check of the configuration calls no driver'))
  return {
    info: {
      kind: 'copy',
      collection: 'copies',
      title: '',
      protects: [],
      vaultKinds: [],
      resources: [],
      ...info,
    },
    config,
    check: unused,
    plan: unused,
    run: unused,
  }
}

const copy = driver(
  { kind: 'copy', vaultKinds: ['directory'] },
  z.strictObject({ source: z.string().min(1) }),
)
const sync = driver({ kind: 'sync' }, z.strictObject({ depth: z.int().default(1) }))
const tape = driver({ kind: 'tape', vaultKinds: ['tape' as 'directory'] }, z.strictObject({}))
const cronProblem = (cron: string) =>
  cron.split(' ').length === 5 ? null : 'a cron expression has five fields'

const shelf = { name: 'shelf', kind: 'directory', path: '/srv/shelf' }
const files = { name: 'files', kind: 'copy', vault: 'shelf', config: { source: '/home' } }

const server = { kind: 'influxdb', url: 'http://example.org' }
const send = {
  ...driver(
    { kind: 'send', vaultKinds: ['directory'], vaultOptional: true, nodeKinds: ['influxdb'] },
    z.strictObject({ to: z.array(z.strictObject({ node: z.string(), database: z.string() })) }),
  ),
  nodeNames: ({ to }: { to: { node: string }[] }) => to.map(({ node }) => node),
}

function problems(document: unknown, options: Partial<CheckOptions> = {}): string[] {
  return checkConfig(configDocument.parse(document), [copy, sync, tape, send], {
    cronProblem,
    ...options,
  }).map(
    ({ kind, index, path, message, hint }) =>
      `${kind}[${index}].${path.join('.')}: ${message}${hint ? ` | ${hint}` : ''}`,
  )
}

describe('checkConfig', () => {
  it('accepts what is right', () => {
    expect(problems({ vaults: [shelf], jobs: [files, { name: 's', kind: 'sync' }] })).toEqual([])
  })

  it.each([
    ['vault', { vault: 'shelv' }, 'jobs[0].vault: no vault is called "shelv" | Did you mean `shelf`?'],
    ['policy', { policy: 'p' }, 'jobs[0].policy: no policy is called "p" | Define it under `policies`.'],
    ['node', { node: 'n' }, 'jobs[0].node: no node is called "n" | Define it under `nodes`.'],
    [
      'kind',
      { kind: 'cpy' },
      'jobs[0].kind: no job kind is called "cpy"; there is copy, sync, tape, send | Did you mean `copy`?',
    ],
    ['setting', { config: { sauce: '/' } }, 'jobs[0].config.source: "source" is missing'],
    [
      'cron',
      { schedule: { cron: 'daily' } },
      'jobs[0].schedule.cron: a cron expression has five fields | Five fields: minute hour day-of-month month day-of-week, such as `30 2 * * *`.',
    ],
    [
      'missing vault',
      { vault: undefined },
      'jobs[0].vault: "vault" is missing: a copy job needs one | Name the vault that holds its restore points.',
    ],
    [
      'needless vault',
      { kind: 'sync', config: {} },
      'jobs[0].vault: a sync job keeps no restore points and takes no vault | Remove the key `vault`.',
    ],
    [
      'kind of vault',
      { kind: 'tape', config: {} },
      'jobs[0].vault: a tape job cannot write to a vault of kind directory | Choose a vault of kind tape.',
    ],
  ])('%s', (_name, change, expected) => {
    expect(problems({ vaults: [shelf], jobs: [{ ...files, ...change }] })).toContain(expected)
  })

  it('refuses variables that nobody set to be secrets', () => {
    const hook = { name: 'hook', kind: 'webhook', url: { env: 'HOLDFAST_DATABASE_URL' } }
    const mail = { name: 'mail', kind: 'mail', from: 'a@example.org', to: ['b@example.org'] }
    const smtp = { host: 'mail', user: 'u', password: { env: 'PATH' } }
    const hint = 'Give the variable a name that begins with HOLDFAST_SECRET_.'
    const headers = { A: { env: 'HOLDFAST_SECRET_A' }, B: { env: 'AWS_KEY' }, C: 'plain', D: { secret: 'd' } }
    expect(
      problems({
        notifications: [
          { ...hook, headers },
          { ...mail, smtp },
        ],
      }),
    ).toEqual([
      `notifications[0].url.env: the environment variable HOLDFAST_DATABASE_URL is not one for secrets | ${hint}`,
      `notifications[0].headers.B.env: the environment variable AWS_KEY is not one for secrets | ${hint}`,
      `notifications[1].smtp.password.env: the environment variable PATH is not one for secrets | ${hint}`,
    ])
  })

  it('tells all problems, with the index of each job', () => {
    const wrong = { ...files, name: 'b', config: { source: '', deep: 1 } }
    const found = problems({ vaults: [shelf], jobs: [files, wrong] })
    expect(found).toEqual([
      'jobs[1].config.source: "source" must not be empty',
      'jobs[1].config.deep: unknown key "deep" | Use one of: source.',
    ])
  })

  it('accepts names that are in force already', () => {
    expect(problems({ jobs: [files] }, { existing: { vaults: ['shelf'] } })).toEqual([])
  })

  it('finds vaults that share a directory, however it is written', () => {
    const found = (path: string) => problems({ vaults: [shelf, { ...shelf, name: 'b', path }] })
    expect(found('/srv//shelf/')).toEqual([
      'vaults[1].path: /srv//shelf/ is the directory of vault "shelf" (/srv/shelf) | Give every vault a directory of its own.',
    ])
    expect(found('/srv/shelf/b')).toEqual([expect.stringContaining('overlaps')])
    expect(found('/srv')).toEqual([expect.stringContaining('overlaps')])
    expect(found('/srv/shelf2')).toEqual([])
  })

  it('finds repeated names, unknown jobs of a notification and unknown zones', () => {
    const hook = { name: 'hook', kind: 'webhook', url: 'https://example.org', jobs: ['fils'] }
    const policy = { name: 'p', retention: { keepLast: 3, timeZone: 'Europe/Roma' } }
    expect(
      problems({ vaults: [shelf], policies: [policy, policy], notifications: [hook], jobs: [files] }),
    ).toEqual([
      'policies[1].name: the name "p" is used twice in policies',
      'policies[0].retention.timeZone: not a time zone of the IANA list, such as Europe/Rome',
      'policies[1].retention.timeZone: not a time zone of the IANA list, such as Europe/Rome',
      'notifications[0].jobs.0: no job is called "fils" | Did you mean `files`?',
    ])
  })

  it('finds start addresses that two jobs share, and tokens from variables that are none', () => {
    const hook = (name: string, env: string) => ({ startHooks: [{ name, token: { env } }] })
    const [a, b] = [
      { ...files, ...hook('copy', 'HOLDFAST_SECRET_A') },
      { ...files, name: 'b', ...hook('copy', 'PATH') },
    ]
    expect(problems({ vaults: [shelf], jobs: [a, b] })).toEqual([
      'jobs[1].startHooks.0.name: the start address "copy" is that of job "files" already | Give each start address a name of its own.',
      'jobs[1].startHooks.0.token.env: the environment variable PATH is not one for secrets | Give the variable a name that begins with HOLDFAST_SECRET_.',
    ])
    expect(problems({ vaults: [shelf], jobs: [a, { ...b, ...hook('night', 'HOLDFAST_SECRET_B') }] })).toEqual(
      [],
    )
  })

  it('lets jobs of several sites share everything', () => {
    const other = { ...files, name: 'other', site: 'attic' }
    expect(problems({ vaults: [shelf], jobs: [files, other] })).toEqual([])
  })
})

describe('nodes of a job', () => {
  const to = (...names: string[]) => ({ to: names.map((node) => ({ database: node, node })) })
  const job = (more: object) => ({ name: 'x', kind: 'send', node: 'a', config: to('b'), ...more })
  const nodes = [
    { name: 'a', ...server },
    { name: 'b', ...server },
    { name: 'here', kind: 'host' },
  ]

  it('are fine when they are there and of a kind that the job works on, with a vault and without', () => {
    const jobs = [job({}), job({ name: 'y', vault: 'shelf' }), { name: 's', kind: 'sync', node: 'here' }]
    expect(problems({ nodes, vaults: [shelf], jobs })).toEqual([])
  })

  it.each([
    [
      'none',
      { node: undefined },
      'node: "node" is missing: a send job needs one | Name the node that it works on, of kind influxdb.',
    ],
    [
      'a host',
      { node: 'here' },
      'node: a send job cannot work on a node of kind host | Choose a node of kind influxdb.',
    ],
    [
      'one for hosts',
      { kind: 'sync', config: {} },
      'node: a sync job cannot work on a node of kind influxdb | Choose a node of kind host.',
    ],
    [
      'unknown in the settings',
      { config: to('b', 'bb') },
      'config.to.1.node: no node is called "bb" | Did you mean `b`?',
    ],
    [
      'a host in the settings',
      { config: to('here') },
      'config.to.0.node: a send job cannot work on a node of kind host | Choose a node of kind influxdb.',
    ],
  ])('are told apart: %s', (_, more, expected) => {
    expect(problems({ nodes, jobs: [job(more)] })).toEqual([`jobs[0].${expected}`])
  })

  it('take secrets from variables that were set to be one', () => {
    const password = { env: 'PGPASSWORD' }
    const one = { name: 'a', ...server, user: 'anna', password }
    expect(problems({ nodes: [one] })).toEqual([
      'nodes[0].password.env: the environment variable PGPASSWORD is not one for secrets | Give the variable a name that begins with HOLDFAST_SECRET_.',
    ])
    expect(problems({ nodes: [{ ...one, password: { env: 'HOLDFAST_SECRET_INFLUX' } }] })).toEqual([])
  })
})
