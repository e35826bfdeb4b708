import pg from 'pg'
import { importDatabase } from '../import.ts'
import { migrateZoo } from './zoo.ts'

/** Replaces the database by a file and says when it is in the middle of that, so that a test can kill it there. */
const [connectionString = '', file = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString })
await importDatabase({
  pool,
  file,
  replace: true,
  migrateTo: async (names, db) => {
    await migrateZoo(db, names.at(-1) ?? '')
    process.stdout.write('loading\n')
  },
})
process.stdout.write('done\n')
await pool.end()
