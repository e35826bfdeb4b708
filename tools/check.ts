import { countsLine, exitCodeOf, sum, summary } from './verify/part.ts'
import { checkParts } from './verify/run-parts.ts'

/** `npm run check`: format, lint, types, unit and repository tests, in under a minute. */
const results = await checkParts()
const total = sum(results)
console.log(`${summary(results)}\n${countsLine(total)}`)
process.exitCode = exitCodeOf(total, process.env.CI === 'true')
