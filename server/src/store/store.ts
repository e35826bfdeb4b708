import type { Store } from '../engine/ports.ts'
import { journalStore } from './journal.ts'
import { lockStore } from './locks.ts'
import { objectStore } from './objects.ts'
import type { Queue } from './queue.ts'
import { pointStore } from './restore-points.ts'
import { runStore } from './runs.ts'
import type { Db } from './schema.ts'
import { settingStore, workerStore } from './workers.ts'

/** All tables behind the engine's ports. */
export function createStore(db: Db, queue: Queue): Store {
  return {
    runs: runStore(db, queue),
    journal: journalStore(db),
    locks: lockStore(db, queue),
    points: pointStore(db),
    objects: objectStore(db, (site) => queue.ensure(site)),
    workers: workerStore(db),
    settings: settingStore(db),
  }
}
