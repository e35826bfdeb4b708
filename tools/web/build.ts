import { buildWebWhenStale } from './build-when-stale.ts'

/** Makes web/dist out of web/src, unless it is newer than everything it is made of. */
await buildWebWhenStale()
