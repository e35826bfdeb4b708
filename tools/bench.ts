import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchTable } from './bench/runner/bench-case.ts'
import { benchNames, runBench } from './bench/runner/find-bench.ts'

/**
 * `npm run bench NAME [-- --json]`: measures one thing and shows how it compares. Ends with 0 whatever was measured,
 * since speed on a shared machine is no test; 1 when the bench itself broke, 2 when there is none of that name.
 */
const folder = join(import.meta.dirname, 'bench')
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true })
const [name] = positionals
const names = benchNames(folder)

if (name === undefined || !names.includes(name)) {
  console.error(
    `Use: npm run bench NAME [-- --json], where NAME is one of: ${names.join(', ') || '(none yet)'}`,
  )
  process.exitCode = 2
} else {
  const cases = await runBench(folder, name)
  console.log(values.json ? JSON.stringify(cases, null, 2) : benchTable(cases))
}
