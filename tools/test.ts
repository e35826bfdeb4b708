import { missingPackages } from './verify/find-program.ts'
import { installMissingPackages } from './verify/install-packages.ts'
import { countsLine, exitCodeOf, type PartResult, sum, summary } from './verify/part.ts'
import { checkParts, vitestPart } from './verify/run-parts.ts'
import { buildWebWhenStale } from './web/build-when-stale.ts'

/**
 * `npm test`: sets up what the tests need, then runs all of them. The last line is the sum of all parts, also when
 * something breaks half-way.
 */
const results: PartResult[] = []
try {
  await installMissingPackages()
  await buildWebWhenStale()
  results.push(...(await checkParts()))
  console.log(summary(results))
  const [onDisks, lab] = await Promise.all([whatUsesDisks(), shown('lab tests', 'lab')])
  results.push(lab, ...onDisks)
  console.log(`\n${summary(results)}`)
} catch (error) {
  console.log(error)
  results.push({ name: 'tools/test.ts', passed: 0, failed: 1, skipped: 0, durationMs: 0, output: '' })
}
const total = sum(results)
console.log(countsLine(total))
process.exitCode = exitCodeOf(total, process.env.CI === 'true')

/** One after the other, since they see the same disks; much of the time they wait, and others work beside them. */
async function whatUsesDisks(): Promise<PartResult[]> {
  return [
    await shown('lab tests with disks', 'lab-disks'),
    await shown('store tests, embedded database', 'store-embedded'),
    await externalStoreTests(),
  ]
}

function shown(name: string, project: string): Promise<PartResult> {
  console.log(`\n=== ${name} ===`)
  return vitestPart(name, project, { isShown: true })
}

/** The store tests once more, on the PostgreSQL of the distribution where there is one. */
async function externalStoreTests(): Promise<PartResult> {
  const name = 'store tests, external database'
  if (!missingPackages().some((missing) => missing.name === 'postgresql'))
    return shown(name, 'store-external')
  console.log(`\nskipping ${name}: the Debian package postgresql is not installed`)
  return { name, passed: 0, failed: 0, skipped: 1, durationMs: 0, output: '' }
}
