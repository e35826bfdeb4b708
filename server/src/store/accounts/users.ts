import { HoldfastError } from '@holdfast/contract'
import { sql } from 'kysely'
import type { NewUserRow, StoredUser, UserRowChange, UserStore } from '../../access/ports.ts'
import { type Db, inTransaction, type Trx } from '../schema.ts'
import { nodeIdsOf, selectUsers, textArray, toStoredUser } from './user-rows.ts'

/** Held while users are made, changed and removed: who is the first and who the last administrator needs all of them. */
const USERS_LOCK = 4_816_203
const UNIQUE_VIOLATION = '23505'

export function userStore(db: Db): UserStore {
  return {
    async count() {
      const row = await db
        .selectFrom('users')
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow()
      return row.count
    },

    async list() {
      return (await selectUsers(db).orderBy('users.name').execute()).map(toStoredUser)
    },

    get: (ref) => getUser(db, ref),

    async byName(name) {
      const row = await selectUsers(db).where('users.name', '=', name).executeTakeFirst()
      return row ? toStoredUser(row) : null
    },

    create: (user, { onlyFirst }) =>
      changing(db, user.name, async (trx) => {
        if (onlyFirst && (await userStore(trx).count()) > 0) {
          throw new HoldfastError('setup-link-invalid', 'the first user has been made already')
        }
        await insert(trx, user)
        return await requireUser(trx, user.id)
      }),

    change: (id, change, { revision, endSessions, endTokens }) =>
      changing(db, change.name ?? id, async (trx) => {
        const before = await requireUser(trx, id)
        if (revision !== null && revision !== before.revision) {
          throw new HoldfastError(
            'edit-conflict',
            `user ${before.name} was changed by somebody else meanwhile`,
            {
              details: { revision: before.revision },
            },
          )
        }
        await update(trx, id, change, endSessions === 'all')
        await refuseWithoutAdmin(trx, before)
        if (endSessions !== 'none') {
          const except = endSessions === 'all' ? '' : endSessions.except
          await trx.deleteFrom('sessions').where('user_id', '=', id).where('id', '<>', except).execute()
        }
        if (endTokens) await trx.deleteFrom('api_tokens').where('user_id', '=', id).execute()
        return await requireUser(trx, id)
      }),

    remove: (id) =>
      changing(db, id, async (trx) => {
        const before = await requireUser(trx, id)
        await trx.deleteFrom('users').where('id', '=', id).execute()
        await refuseWithoutAdmin(trx, before)
      }),

    async rehash(id, before, after) {
      await db
        .updateTable('users')
        .set({ password_hash: after })
        .where('id', '=', id)
        .where('password_hash', '=', before)
        .execute()
    },

    async signedIn(id, at, { address, forgetBefore }) {
      await db.updateTable('users').set({ last_sign_in_at: at }).where('id', '=', id).execute()
      await db
        .deleteFrom('user_addresses')
        .where('user_id', '=', id)
        .where('seen_at', '<', forgetBefore.toISOString())
        .execute()
      // Written only for a user that is still there.
      await sql`insert into user_addresses (user_id, address, seen_at)
        select id, ${address}, ${at} from users where id = ${id}
        on conflict (user_id, address) do update set seen_at = excluded.seen_at`.execute(db)
    },

    async isKnownAddress(name, address, since) {
      const row = await db
        .selectFrom('user_addresses')
        .innerJoin('users', 'users.id', 'user_addresses.user_id')
        .select('users.id')
        .where('users.name', '=', name)
        .where('user_addresses.address', '=', address)
        .where('user_addresses.seen_at', '>=', since.toISOString())
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

async function getUser(db: Db | Trx, ref: string): Promise<StoredUser | null> {
  const row = await selectUsers(db)
    .where((eb) => eb.or([eb('users.id', '=', ref), eb('users.name', '=', ref)]))
    .orderBy(sql`users.id = ${ref}`, 'desc')
    .executeTakeFirst()
  return row ? toStoredUser(row) : null
}

async function requireUser(trx: Trx, id: string): Promise<StoredUser> {
  const user = await getUser(trx, id)
  if (user) return user
  throw new HoldfastError('name-unknown', `there is no user ${id} any more`)
}

/** One change of users at a time, in every process. */
async function changing<T>(db: Db, name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(db, async (trx) => {
      await sql`select pg_advisory_xact_lock(${USERS_LOCK})`.execute(trx)
      return await work(trx)
    })
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
    throw new HoldfastError('object-exists', `there is a user called "${name}" already`, { cause: error })
  }
}

async function insert(trx: Trx, user: NewUserRow): Promise<void> {
  const nodeIds = await nodeIdsOf(trx, user.nodes)
  await trx
    .insertInto('users')
    .values({
      id: user.id,
      name: user.name,
      password_hash: user.passwordHash,
      role: user.role,
      node_ids: textArray(nodeIds),
      language: user.language,
      time_zone: user.timeZone,
    })
    .execute()
}

async function update(trx: Trx, id: string, change: UserRowChange, endsAllSessions: boolean): Promise<void> {
  const { name, passwordHash, role, nodes, isDisabled, language, timeZone } = change
  await trx
    .updateTable('users')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
      ...(role === undefined ? {} : { role }),
      ...(nodes === undefined ? {} : { node_ids: textArray(await nodeIdsOf(trx, nodes)) }),
      ...(isDisabled === undefined ? {} : { is_disabled: isDisabled }),
      ...(language === undefined ? {} : { language }),
      ...(timeZone === undefined ? {} : { time_zone: timeZone }),
      revision: sql`revision + 1`,
      session_epoch: sql`session_epoch + ${endsAllSessions || passwordHash !== undefined ? 1 : 0}`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute()
}

/** After the change, in its transaction. Who was no administrator takes none away. */
async function refuseWithoutAdmin(trx: Trx, before: StoredUser): Promise<void> {
  if (before.role !== 'admin' || before.isDisabled) return
  const admin = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('is_disabled', '=', false)
    .executeTakeFirst()
  if (!admin) throw new HoldfastError('last-admin', `${before.name} is the last administrator`)
}
