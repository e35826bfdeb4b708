import { createRequire } from 'node:module'
import type pg from 'pg'
import type { TestProject } from 'vitest/node'

/** The server that `*.db.it.ts` files make their databases on; get it with `inject('databaseServer')`. */
export interface DatabaseServer {
  kind: 'embedded' | 'external'
  /** Of the database `holdfast` on it, by a role that may create databases. */
  connection: pg.PoolConfig
  /** For an external server, what HOLDFAST_DATABASE_URL would say. */
  url: string | null
  /** Name of a database with the whole schema, of which tests take copies. */
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer
  }
}

/** Loaded by Node itself: Vite, which loads this file, has no `import.meta.resolve`, and the database needs it. */
const load = createRequire(import.meta.url)
const { startLabPostgres }: typeof import('./lab/postgres.ts') = load('./lab/postgres.ts')
const { makeSchema }: typeof import('./lab/store-schema.ts') = load('./lab/store-schema.ts')

/** One PostgreSQL server for all test files of a project, whose env says which kind. Returns what stops it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const kind = project.config.env.HOLDFAST_TEST_DATABASE === 'external' ? 'external' : 'embedded'
  const server = await startLabPostgres(kind)
  const { connection: template } = await server.createTestDatabase()
  await makeSchema(template)
  project.provide('databaseServer', {
    kind,
    connection: server.connection,
    url: server.url ?? null,
    template: template.database,
  })
  return () => server.stop()
}
