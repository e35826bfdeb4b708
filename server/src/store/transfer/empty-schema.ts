import pg from 'pg'
import { type Client, describeTables, qualified } from './tables.ts'

/** Whether any table holds a row. Takes the tables for itself until the end of the transaction, so that it stays true. */
export async function lockAndFindRows(client: Client, schemaName: string): Promise<boolean> {
  const tables = (await describeTables(client, schemaName)).map(({ name }) => qualified(schemaName, name))
  if (tables.length === 0) return false
  await client.query(`lock table ${tables.join(', ')} in access exclusive mode`)
  for (const table of tables) {
    const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${table}) as filled`)
    if (rows[0]?.filled) return true
  }
  return false
}

/**
 * Drops everything migrations may have made in a schema, but not the schema, which often belongs to somebody else,
 * and not what an extension brought.
 */
export async function emptySchema(client: Client, schemaName: string): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select statement from (
       select case relkind when 'S' then 3 when 'v' then 2 when 'm' then 2 else 1 end as position,
              'pg_class'::regclass as class, oid,
              format('drop %s if exists %s cascade',
                case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                  else 'table' end, oid::regclass) as statement
         from pg_class
        where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S') and not relispartition
       union all
       select 4, 'pg_proc'::regclass, oid, format('drop routine if exists %s cascade', oid::regprocedure)
         from pg_proc where pronamespace = $1::regnamespace
       union all
       select 5, 'pg_type'::regclass, oid, format('drop type if exists %s cascade', oid::regtype)
         from pg_type where typnamespace = $1::regnamespace and typtype in ('e', 'd', 'r')
     ) found
     where not exists (select from pg_depend d
                        where d.classid = found.class and d.objid = found.oid and d.deptype = 'e')
     order by position, statement`,
    [pg.escapeIdentifier(schemaName)],
  )
  for (const { statement } of rows) await client.query(statement)
}
