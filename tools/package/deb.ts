import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../repo/repository.ts'
import { buildWebWhenStale } from '../web/build-when-stale.ts'
import { buildDeb } from './build-deb.ts'

/** `npm run package:deb [-- --out DIR]`: builds the Debian package into DIR, `dist` without it. */
const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } })
await buildWebWhenStale()
const out = resolve(process.env.INIT_CWD ?? ROOT, values.out)
const built = buildDeb({ out, web: join(ROOT, 'web/dist') })
const mib = (built.sizeBytes / 2 ** 20).toFixed(1)
process.stdout.write(`${built.file}\n${mib} MiB, SHA-256 ${built.sha256}\n`)
