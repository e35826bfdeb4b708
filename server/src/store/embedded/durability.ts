import { HoldfastError } from '@holdfast/contract'

export type SettingsQuery = (sql: string) => Promise<{ rows: { name: string; setting: string }[] }>

const SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit']

/**
 * Refuses a server that may lose a commit it has acknowledged (`database-unsafe`, naming each setting). Every value of
 * synchronous_commit but "off" waits for the local disk: https://www.postgresql.org/docs/18/runtime-config-wal.html.
 * Run it as the role and in the database that will be used: both may carry settings of their own.
 */
export async function checkDurability(query: SettingsQuery): Promise<void> {
  const names = SETTINGS.map((name) => `'${name}'`).join(', ')
  const { rows } = await query(`select name, setting from pg_settings where name in (${names})`)
  const unsafe = SETTINGS.filter((name) => {
    const setting = rows.find((row) => row.name === name)?.setting
    return setting === undefined || setting === 'off'
  })
  if (unsafe.length === 0) return
  throw new HoldfastError('database-unsafe', `PostgreSQL runs with ${unsafe.join(', ')} off`, {
    details: { settings: unsafe },
  })
}
