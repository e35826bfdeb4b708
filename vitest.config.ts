import { defineConfig } from 'vitest/config'

/** Tests against real servers and file systems: one file at a time, since they share loop devices and the machine. */
const real = { testTimeout: 180_000, hookTimeout: 300_000, fileParallelism: false }

/** What speaks to the database itself, or depends on how it answers; the rest is the same on either kind. */
const BY_DATABASE = [
  'server/src/store/**/*.db.it.ts',
  'server/src/engine/{recovery,run-flow,scheduler}.db.it.ts',
]

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
        },
      },
      {
        test: {
          ...real,
          name: 'lab',
          include: ['server/src/**/*.it.ts', 'tools/**/*.it.ts'],
          exclude: ['**/node_modules/**', '**/*.db.it.ts'],
        },
      },
      storeProject('embedded'),
      storeProject('external'),
    ],
  },
})
