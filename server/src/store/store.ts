import type { Store } from '../engine/ports.ts'
import { auditStore } from './catalog/audit.ts'
import { overviewStore } from './catalog/job-overview.ts'
import { objectStore } from './catalog/objects.ts'
import { pointStore } from './catalog/restore-points.ts'
import { forgetOld } from './housekeeping.ts'
import { deliveryStore } from './keeping/deliveries.ts'
import { diskStore } from './keeping/disks.ts'
import { exclusively } from './keeping/exclusively.ts'
import { secretStore } from './keeping/secrets.ts'
import { journalStore } from './runs/journal.ts'
import { lockStore } from './runs/locks.ts'
import type { Queue } from './runs/queue.ts'
import { runStore } from './runs/runs.ts'
import { type Db, inTransaction } from './schema.ts'
import { settingStore, workerStore } from './workers.ts'

/** All tables behind the engine's ports. */
export function createStore(db: Db, queue: Queue): Store {
  return {
    forgetOld: () => forgetOld(db),
    runs: runStore(db, queue),
    journal: journalStore(db),
    locks: lockStore(db, queue),
    points: pointStore(db),
    disks: diskStore(db),
    objects: objectStore(db, (site) => queue.ensure(site)),
    overview: overviewStore(db),
    audit: auditStore(db),
    workers: workerStore(db),
    settings: settingStore(db),
    deliveries: deliveryStore(db, queue),
    secrets: secretStore(db),
    atomically: (work) => inTransaction(db, (trx) => work(createStore(trx, queue))),
    exclusively: (name, work) => exclusively(db, name, work),
  }
}
