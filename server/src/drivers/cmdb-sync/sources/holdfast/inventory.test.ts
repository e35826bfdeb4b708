import { phraseText } from '@holdfast/contract'
import { expect, it } from 'vitest'
import type { Estate } from '../../../driver.ts'
import type { Item } from '../../model/inventory.ts'
import { inventoryOf } from './inventory.ts'

const AT = '2026-11-20T03:00:00.000Z'
const estate: Estate = {
  installationId: '11111111-2222-3333-4444-555555555555',
  nodes: [
    { id: 'nod_1', name: 'metrics', kind: 'influxdb', host: 'influx.example.org' },
    { id: 'nod_2', name: 'metrics by its other port', kind: 'influxdb', host: 'INFLUX.example.org' },
    { id: 'nod_3', name: 'old', kind: 'influxdb', host: '[2001:db8::7]' },
    { id: 'nod_4', name: 'here', kind: 'influxdb', host: '127.0.0.1' },
    { id: 'nod_5', name: 'this machine', kind: 'host', host: null },
  ],
  vaults: [
    { id: 'vlt_1', name: 'nas', kind: 'directory', usedBytes: 2 ** 30, freeBytes: 3 * 2 ** 30 },
    { id: 'vlt_2', name: 'disks', kind: 'disk-set', usedBytes: null, freeBytes: null },
  ],
  jobs: [
    {
      ...{ id: 'job_1', name: 'nightly', kind: 'influxdb-copy', enabled: true, nodeId: 'nod_1' },
      ...{ vaultId: 'vlt_1', nextRunAt: AT, lastRun: { finishedAt: AT, outcome: 'warning' } },
    },
    {
      ...{ id: 'job_2', name: 'off', kind: 'disk-copy', enabled: false, nodeId: null },
      ...{ vaultId: null, nextRunAt: null, lastRun: null },
    },
  ],
  assets: [
    {
      ...{ id: 'ast_1', kind: 'influxdb-database', key: 'metrics', name: 'metrics', nodeId: 'nod_1' },
      ...{ lastSeenAt: AT, newestGoodAt: AT, jobId: 'job_1', coverage: 'covered' },
    },
    {
      ...{ id: 'ast_2', kind: 'vm', key: '100', name: 'mail.example.org', nodeId: 'nod_1' },
      ...{ lastSeenAt: AT, newestGoodAt: null, jobId: 'job_gone', coverage: 'never' },
    },
    {
      ...{ id: 'ast_3', kind: 'mystery', key: 'x', name: 'x', nodeId: null },
      ...{ lastSeenAt: AT, newestGoodAt: null, jobId: null, coverage: 'no-policy' },
    },
  ],
}

const of = (kind: Item['kind']) => inventoryOf(estate).items.filter((item) => item.kind === kind)

it('bears the identity of the installation, and one infrastructure', () => {
  expect(inventoryOf(estate)).toMatchObject({ system: 'holdfast', instance: estate.installationId, calls: 0 })
  expect(of('infrastructure')).toHaveLength(1)
})

it('knows each machine once, by name or by address, and never the one it runs on', () => {
  expect(of('server').map(({ id, facts, evidence }) => ({ id, facts, evidence }))).toEqual([
    {
      id: 'host:influx.example.org',
      facts: { hostname: 'influx.example.org' },
      evidence: { names: ['influx.example.org'], addresses: [] },
    },
    {
      id: 'host:2001:db8::7',
      facts: { address: '2001:db8::7' },
      evidence: { names: [], addresses: ['2001:db8::7'] },
    },
  ])
})

it('says of a vault what its last run found, and nothing before', () => {
  expect(of('storage').map(({ facts }) => facts)).toEqual([
    { name: 'nas', type: 'HoldfastVault', description: 'directory', capacityGb: 4, freeGb: 3 },
    { name: 'disks', type: 'HoldfastVault', description: 'disk-set' },
  ])
})

it('tells of jobs, and leaves out what is not known yet', () => {
  expect(of('job').map(({ facts }) => facts)).toEqual([
    {
      ...{ name: 'nightly', type: 'influxdb-copy', status: 'Enabled', nextRun: AT, lastRun: AT },
      ...{ lastResult: 'warning', storage: { kind: 'storage', id: 'vlt_1' } },
    },
    { name: 'off', type: 'disk-copy', status: 'Disabled', nextRun: null, storage: null },
  ])
})

it('tells of every asset with its newest good restore point, coverage and job', () => {
  expect(of('database')[0]?.facts).toEqual({
    ...{ name: 'metrics', status: 'Protected', lastBackup: AT, coverage: 'covered' },
    ...{ job: { kind: 'job', id: 'job_1' }, storage: { kind: 'storage', id: 'vlt_1' } },
  })
  expect(of('machine')[0]).toMatchObject({
    facts: {
      hostname: 'mail.example.org',
      status: 'Unprotected',
      lastBackup: null,
      coverage: 'never',
      job: null,
    },
    evidence: { names: ['mail.example.org'] },
    prefers: 'virtual',
  })
  expect(inventoryOf(estate).remarks.map(phraseText).join()).toContain('mystery')
})

it('links what belongs together', () => {
  const { links } = inventoryOf(estate)
  const told = links.map(({ rule, from, to }) => `${rule} ${from.id} ${to.id}`)
  expect(told).toEqual([
    'in-infrastructure infrastructure host:influx.example.org',
    'in-infrastructure infrastructure host:2001:db8::7',
    'in-infrastructure infrastructure vlt_1',
    'in-infrastructure infrastructure vlt_2',
    'in-infrastructure infrastructure ast_1',
    'in-infrastructure infrastructure ast_2',
    'job-on-storage job_1 vlt_1',
    'machine-in-job ast_1 job_1',
    'machine-in-job ast_2 job_gone',
  ])
})
