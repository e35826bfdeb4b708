import { sql } from 'kysely'
import type { SessionStore, StoredSession } from '../../access/ports.ts'
import { type Db, inTransaction } from '../schema.ts'
import { nodeNames, toStoredUser, USER_COLUMNS } from './user-rows.ts'

function selectSessions(db: Db) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.id', 'sessions.created_at', 'sessions.last_seen_at', 'sessions.expires_at'])
    .select(['sessions.address', 'sessions.user_agent'])
    .select(USER_COLUMNS)
    .select(nodeNames)
}

type SessionRow = Awaited<ReturnType<ReturnType<typeof selectSessions>['executeTakeFirstOrThrow']>>

function toStoredSession(row: SessionRow): StoredSession {
  return {
    id: row.id,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
    user: toStoredUser(row),
  }
}

export function sessionStore(db: Db): SessionStore {
  return {
    async create({ id, secretHash, userId, sessionEpoch, address, userAgent, at, expiresAt }) {
      // The lock waits for a change of the user that is going on: what it ends must not begin at the same moment.
      const result = await sql`
        insert into sessions (id, secret_hash, user_id, address, user_agent, created_at, last_seen_at, expires_at)
        select ${id}, ${secretHash}, users.id, ${address}, ${userAgent}, ${at}, ${at}, ${expiresAt}
        from users where users.id = ${userId} and not users.is_disabled and users.session_epoch = ${sessionEpoch}
        for share of users`.execute(db)
      return result.numAffectedRows === 1n
    },

    async find(secretHash, now) {
      const row = await selectSessions(db)
        .where('sessions.secret_hash', '=', secretHash)
        .where('sessions.expires_at', '>', now.toISOString())
        .executeTakeFirst()
      return row ? toStoredSession(row) : null
    },

    async seen(id, at, expiresAt) {
      await db
        .updateTable('sessions')
        .set({ last_seen_at: at, expires_at: expiresAt })
        .where('id', '=', id)
        .execute()
    },

    async rotate(id, { secretHash, address, userAgent, at, expiresAt }) {
      const result = await db
        .updateTable('sessions')
        .set({
          secret_hash: secretHash,
          address,
          user_agent: userAgent,
          last_seen_at: at,
          expires_at: expiresAt,
        })
        .where('id', '=', id)
        .where('expires_at', '>', at.toISOString())
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },

    async ofUser(userId, now) {
      const rows = await selectSessions(db)
        .where('sessions.user_id', '=', userId)
        .where('sessions.expires_at', '>', now.toISOString())
        .orderBy('sessions.last_seen_at', 'desc')
        .orderBy('sessions.id')
        .execute()
      return rows.map(toStoredSession)
    },

    async remove(id, userId) {
      const result = await db
        .deleteFrom('sessions')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return result.numDeletedRows === 1n
    },

    async removeAllOf(userId) {
      await inTransaction(db, async (trx) => {
        await trx
          .updateTable('users')
          .set({ session_epoch: sql`session_epoch + 1` })
          .where('id', '=', userId)
          .execute()
        await trx.deleteFrom('sessions').where('user_id', '=', userId).execute()
        await trx.deleteFrom('api_tokens').where('user_id', '=', userId).execute()
      })
    },

    async removeExpired(now) {
      await db.deleteFrom('sessions').where('expires_at', '<=', now.toISOString()).execute()
    },
  }
}
