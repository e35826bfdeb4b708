import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '../repo/repository.ts'
import { buildWebWhenStale } from '../web/build-when-stale.ts'
import { makeProductionTree } from './production-tree.ts'

/** `node tools/package/tree.ts DIR`: the tree that runs in production, for a container image. */
const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('name the folder that is to hold the tree')
mkdirSync(target, { recursive: true })
await buildWebWhenStale()
makeProductionTree(resolve(target), join(ROOT, 'web/dist'))
