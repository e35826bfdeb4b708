import readline from 'node:readline'
import pg from 'pg'
import { openEmbedded } from '../embedded.ts'

/**
 * A process that uses the embedded database of a directory, for tests that kill it. Prints one JSON line when it is
 * open; then obeys `write` (inserts rows for ever, printing each number once it is committed) and `close`.
 */
const [dir = '', binDir] = process.argv.slice(2)
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
const embedded = await openEmbedded({
  dir,
  log: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
  ...(binDir ? { binDir } : {}),
})
say({ host: embedded.connection.host, version: embedded.version, startedHere: embedded.startedHere })

async function write(): Promise<void> {
  const pool = new pg.Pool({ ...embedded.connection, max: 1 })
  pool.on('error', () => {})
  await pool.query('create table if not exists written (n bigint primary key)')
  const { rows } = await pool.query<{ next: number }>(
    'select coalesce(max(n), 0)::int + 1 as next from written',
  )
  for (let n = rows[0]?.next ?? 1; ; n += 1) {
    await pool.query('insert into written values ($1)', [n])
    say({ written: n })
  }
}

for await (const command of readline.createInterface({ input: process.stdin })) {
  if (command === 'write') {
    write().catch((error) => {
      process.stderr.write(`${error}\n`)
    })
  } else {
    await embedded.close()
    process.exit(0)
  }
}
