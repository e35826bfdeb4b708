import type { AccessStore } from '../../access/ports.ts'
import { auditStore } from '../catalog/audit.ts'
import { type Db, inTransaction } from '../schema.ts'
import { settingStore } from '../workers.ts'
import { failureStore } from './failures.ts'
import { sessionStore } from './sessions.ts'
import { tokenStore } from './tokens.ts'
import { userStore } from './users.ts'

/** The tables of users, sessions and tokens behind the ports of access. */
export function accountStore(db: Db): AccessStore {
  return {
    users: userStore(db),
    sessions: sessionStore(db),
    tokens: tokenStore(db),
    failures: failureStore(db),
    audit: auditStore(db),
    settings: settingStore(db),
    atomically: (work) => inTransaction(db, (trx) => work(accountStore(trx))),
  }
}
