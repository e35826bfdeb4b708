import pg from 'pg'
import { expect, it } from 'vitest'
import { checkDurability } from '../../server/src/store/embedded/durability.ts'
import { startLabPostgres } from './postgres.ts'

async function rowsOf(connection: pg.ClientConfig, sql: string) {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

it('external: a role without special rights, a password, and settings that the durability check refuses', async () => {
  const server = await startLabPostgres('external')
  try {
    const [role] = await rowsOf(
      { connectionString: server.url },
      'select rolsuper from pg_roles where rolname = user',
    )
    expect(role).toEqual({ rolsuper: false })
    await expect(rowsOf({ ...server.connection, password: 'wrong' }, 'select 1')).rejects.toThrow(/password/)
    await expect(
      checkDurability(async (sql) => ({ rows: await rowsOf(server.connection, sql) })),
    ).rejects.toMatchObject({ code: 'database-unsafe', details: { settings: ['fsync'] } })
  } finally {
    await server.stop()
  }
  await expect(rowsOf(server.connection, 'select 1')).rejects.toThrow()
})

it.each(['external', 'embedded'] as const)(
  '%s: databases of their own, also made from a template',
  async (kind) => {
    const server = await startLabPostgres(kind)
    try {
      const model = await server.createTestDatabase()
      await rowsOf(model.connection, 'create table t as select 42 as n')
      const copy = await server.createTestDatabase(model.connection.database)
      expect(await rowsOf(copy.connection, 'select n from t')).toEqual([{ n: 42 }])
      await rowsOf(copy.connection, 'drop table t')
      expect(await rowsOf(model.connection, 'select n from t')).toEqual([{ n: 42 }])
      await copy.drop()
      await expect(rowsOf(copy.connection, 'select 1')).rejects.toThrow(/does not exist/)
      await model.drop()
    } finally {
      await server.stop()
    }
  },
)
