import { sql } from 'kysely'
import type { StoredToken, TokenStore } from '../../access/ports.ts'
import { type Db, inTransaction } from '../schema.ts'
import { nodeNames, toStoredUser, USER_COLUMNS } from './user-rows.ts'

function selectTokens(db: Db) {
  return db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .select(['api_tokens.id', 'api_tokens.name', 'api_tokens.permissions', 'api_tokens.created_at'])
    .select(['api_tokens.expires_at', 'api_tokens.last_used_at'])
    .select(USER_COLUMNS)
    .select(nodeNames)
}

type TokenRow = Awaited<ReturnType<ReturnType<typeof selectTokens>['executeTakeFirstOrThrow']>>

function toStoredToken(row: TokenRow): StoredToken {
  return {
    id: row.id,
    name: row.name,
    user: row.user_name,
    permissions: row.permissions,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    owner: toStoredUser(row),
  }
}

export function tokenStore(db: Db): TokenStore {
  return {
    async create({ id, name, secretHash, userId, permissions, at, expiresAt }, { sessionId, most }) {
      return await inTransaction(db, async (trx) => {
        // The lock waits for a change of the user that is going on, and makes those who count go one after the other.
        await trx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
        const session = await trx
          .selectFrom('sessions')
          .select('id')
          .where('id', '=', sessionId)
          .where('user_id', '=', userId)
          .executeTakeFirst()
        if (!session) return 'session-ended'
        const own = await trx.selectFrom('api_tokens').select('name').where('user_id', '=', userId).execute()
        if (own.length >= most) return 'too-many'
        if (own.some((token) => token.name === name)) return 'name-taken'
        const row = { id, name, secret_hash: secretHash, user_id: userId, permissions }
        await trx
          .insertInto('api_tokens')
          .values({ ...row, created_at: at, expires_at: expiresAt })
          .execute()
        return 'created'
      })
    },

    async find(secretHash, now) {
      const row = await selectTokens(db)
        .where('api_tokens.secret_hash', '=', secretHash)
        .where(sql<boolean>`(api_tokens.expires_at is null or api_tokens.expires_at > ${now})`)
        .executeTakeFirst()
      return row ? toStoredToken(row) : null
    },

    async used(id, at) {
      await db.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', id).execute()
    },

    async list(userId) {
      const all = selectTokens(db).orderBy('users.name').orderBy('api_tokens.name').orderBy('api_tokens.id')
      const rows = await (userId === null ? all : all.where('users.id', '=', userId)).execute()
      return rows.map(toStoredToken)
    },

    async remove(id, userId) {
      return await inTransaction(db, async (trx) => {
        const found = selectTokens(trx).where('api_tokens.id', '=', id).forUpdate('api_tokens')
        const row = await (userId === null ? found : found.where('users.id', '=', userId)).executeTakeFirst()
        if (!row) return null
        await trx.deleteFrom('api_tokens').where('id', '=', id).execute()
        return toStoredToken(row)
      })
    },
  }
}
