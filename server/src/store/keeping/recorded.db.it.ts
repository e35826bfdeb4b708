import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'
import { accountStore } from '../accounts/account-store.ts'

const by = { by: 'user:anna' }
const lock = { name: 'nas', holder: 'script', leaseSeconds: 60, waitSeconds: 0, ...by }
let directory: string
let lab: EngineLab

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-recorded-'))
  lab = await openEngineLab([scriptedDriver()], { secretKeyFile: join(directory, 'secret.key') })
  await lab.apply({ jobs: ['a', 'b'].map((name) => ({ name, kind: 'scripted' })) })
})
afterAll(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

const query = (text: string) => lab.test.database.pool.query(text)
/** From here on no line gets into the records. */
const closeRecords = () =>
  query(`create function no_records() returns trigger language plpgsql as $$ begin raise 'the records are closed'; end $$;
    create trigger no_records before insert on audit execute function no_records()`)
const openRecords = () => query('drop trigger no_records on audit; drop function no_records')

/** All there is but what nobody records, and how many messages wait. */
async function state() {
  const { rows } = await query(`select
    (select json_agg(runs order by id) from runs) as runs, (select json_agg(locks) from locks) as locks,
    (select json_agg(name || updated_at order by name) from secrets) as secrets,
    (select json_agg(id || revision order by id) from jobs) as jobs, (select json_agg(name) from users) as users,
    (select count(*) from pgboss.job) as messages`)
  return JSON.stringify(rows)
}

test('what cannot be recorded is not done, nor is a message of it sent', async () => {
  const { control } = lab
  const { id: queued } = await control.startJob('a', by)
  await control.putSecret('old', 'value', by)
  await control.acquireLock({ ...lock, name: 'held' })
  const accounts = accountStore(lab.test.database.db)
  const user = { id: 'usr_1', name: 'bert', passwordHash: 'x', role: 'viewer', nodes: null } as const
  const entry = { ...by, action: 'user.created', object: 'bert', objectId: 'usr_1', details: {} }
  const document = { nodes: [], vaults: [], policies: [], notifications: [], jobs: [] }
  const changes: Record<string, () => Promise<unknown>> = {
    'a start': () => control.startJob('b', by),
    'a cancel': () => control.cancelRun(queued, by),
    'a lock taken': () => control.acquireLock(lock),
    'a lock given back': () => control.releaseLock('held', 'script', by.by),
    'a new secret': () => control.putSecret('new', 'value', by),
    'a deleted secret': () => control.deleteSecret('old', by),
    'a configuration': () => control.applyConfig(document, { prune: true, fingerprint: null, ...by }),
    'an edit': () => control.deleteObject('jobs', 'a', { ...by, revision: null }),
    'a user': () =>
      accounts.atomically(async (store) => {
        await store.users.create({ ...user, language: 'en', timeZone: 'UTC' }, { onlyFirst: false })
        await store.audit.add(entry)
      }),
  }
  await closeRecords()
  const before = await state()
  for (const [what, change] of Object.entries(changes)) {
    await expect(change(), what).rejects.toThrow()
    expect(await state(), what).toBe(before)
  }
  await openRecords()
  for (const what of ['a start', 'a cancel', 'a lock taken', 'a lock given back', 'a new secret', 'a user']) {
    const closed = await state()
    await changes[what]?.()
    expect(await state(), what).not.toBe(closed)
  }
})
