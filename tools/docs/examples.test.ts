import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { inFileOrder, problemLine } from '../../server/src/cli/config-files/problem.ts'
import { loadConfig } from '../../server/src/cli/config-files/read-config.ts'
import { cronProblem } from '../../server/src/domain/schedule/slots.ts'
import { DRIVERS } from '../../server/src/drivers/registry.ts'
import { checkConfig } from '../../server/src/engine/configuration/check-config.ts'

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url))
const right = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => relative(EXAMPLES, join(entry.parentPath, entry.name)))
  .filter((name) => name !== 'invalid')
const wrong = readdirSync(join(EXAMPLES, 'invalid'))

/** `line:column message` of every problem, as `holdfast validate` finds them. */
async function problems(path: string): Promise<string[]> {
  const importers = DRIVERS.flatMap((driver) => driver.importers ?? [])
  const loaded = await loadConfig([path], { importers, env: { TZ: 'UTC' } })
  const later = checkConfig(loaded.document, DRIVERS, { cronProblem, existing: loaded.brokenNames })
  const all = inFileOrder([...loaded.problems, ...later.map((problem) => loaded.sources.place(problem))])
  return all.map((problem) => problemLine(problem).replace(`${problem.file}:`, ''))
}

describe('examples', () => {
  it.each(right)('%s is right', async (name) => {
    expect(await problems(join(EXAMPLES, name))).toEqual([])
  })

  it.each(wrong)('invalid/%s is wrong where and how its first lines say', async (name) => {
    const file = join(EXAMPLES, 'invalid', name)
    const expected = [...readFileSync(file, 'utf8').matchAll(/^# expect: (\S+) (.+)$/gm)]
    const found = await problems(file)
    expect(expected.length).toBeGreaterThan(0)
    expect(found, found.join('\n')).toHaveLength(expected.length)
    for (const [index, [, place = '', words = '']] of expected.entries()) {
      expect(found[index]).toContain(words)
      expect(found[index]?.startsWith(`${place}: `), found[index]).toBe(true)
    }
  })

  it('show at least ten typical mistakes', () => {
    expect(wrong.length).toBeGreaterThanOrEqual(10)
  })
})
