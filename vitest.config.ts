import { defineConfig } from 'vitest/config'
import { hasOfficialDescriptions } from './tools/lab/official-descriptions.ts'

/** Tests against real servers and file systems: one file of a project at a time, since they share the machine. */
const real = { testTimeout: 180_000, hookTimeout: 300_000, fileParallelism: false }

/** What speaks to the database itself, or depends on how it answers; the rest is the same on either kind. */
const BY_DATABASE = [
  'server/src/store/**/*.db.it.ts',
  'server/src/engine/{recovery,run-flow,scheduler}.db.it.ts',
]

/** What mounts, plugs in or boots something: each of them looks at all disks of the machine, and finds only its own. */
const ON_DISKS = [
  'server/src/clients/block-devices/**/*.it.ts',
  'server/src/drivers/disk-copy/**/*.it.ts',
  'server/src/drivers/influxdb-copy/{faults.it.ts,to-vault/*.it.ts}',
  'server/src/point-directories/**/*.it.ts',
  'server/src/store/embedded/{places,power-cut}.it.ts',
  'server/src/vaults/**/*.it.ts',
  'tools/journeys/disks.it.ts',
  'tools/package/**/*.it.ts',
]
const NEVER_HERE = ['**/node_modules/**', '**/*.db.it.ts']

function storeProject(kind: 'embedded' | 'external') {
  return {
    test: {
      ...real,
      name: `store-${kind}`,
      include: kind === 'embedded' ? ['server/src/**/*.db.it.ts'] : BY_DATABASE,
      globalSetup: ['tools/lab-database-setup.ts'],
      env: { HOLDFAST_TEST_DATABASE: kind },
    },
  }
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // A test that hangs is found; a machine that is busy fails none.
          testTimeout: 60_000,
          include: ['{contract,server,web}/src/**/*.test.ts', 'tools/**/*.test.ts'],
          // Held against what the vendors describe, by whoever has it: nobody else has such tests, skipped or not.
          exclude: ['**/node_modules/**', ...(hasOfficialDescriptions() ? [] : ['**/*official.test.ts'])],
        },
      },
      {
        test: {
          ...real,
          name: 'lab',
          include: ['server/src/**/*.it.ts', 'tools/**/*.it.ts'],
          exclude: [...NEVER_HERE, ...ON_DISKS],
        },
      },
      { test: { ...real, name: 'lab-disks', include: ON_DISKS, exclude: NEVER_HERE } },
      storeProject('embedded'),
      storeProject('external'),
    ],
  },
})
