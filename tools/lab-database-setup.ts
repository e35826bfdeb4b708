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
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer
  }
}

/** Loaded by Node itself: Vite, which loads this file, has no `import.meta.resolve`, and the database needs it. */
const { startLabPostgres }: typeof import('./lab/postgres.ts') = createRequire(import.meta.url)(
  './lab/postgres.ts',
)

/** One PostgreSQL server for all test files of a project, whose env says which kind. Returns what stops it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const kind = project.config.env.HOLDFAST_TEST_DATABASE === 'external' ? 'external' : 'embedded'
  const server = await startLabPostgres(kind)
  project.provide('databaseServer', { kind, connection: server.connection, url: server.url ?? null })
  return () => server.stop()
}
