import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, repositoryPaths } from '../repository.ts'
import { inWords } from '../violation.ts'
import { DEPENDENCIES_PAGE, dependencyViolations } from './dependencies.ts'

const page = '# Dependencies\n\n- `pino`: structured logs, one JSON object a line\n'
const reported = (names: string[], text = page) => inWords(dependencyViolations({ server: names }, text))

test('a dependency with a reason passes; our own packages need none', () => {
  expect(reported(['pino', '@holdfast/contract'])).toEqual([])
})

test('one without a line, or with an empty one, is reported', () => {
  expect(reported(['pino', 'left-pad'])).toEqual([expect.stringContaining('depends on left-pad')])
  expect(reported(['pino'], '- `pino`: logs')).toEqual([expect.stringContaining('depends on pino')])
})

test('a line for a package that is gone is reported', () => {
  expect(reported([])).toEqual([expect.stringContaining('lists pino')])
})

test('too many are reported', () => {
  const names = Array.from({ length: 26 }, (_, index) => `package-${index}`)
  const text = names.map((name) => `- \`${name}\`: a reason that is long enough`).join('\n')
  expect(reported(names.slice(0, 25), text)).toHaveLength(1)
  expect(reported(names, text)).toEqual([expect.stringContaining('has 26 runtime dependencies')])
})

test('every runtime dependency of the repository has its reason', () => {
  const workspaces: Record<string, string[]> = {}
  for (const path of repositoryPaths().filter((name) => /^([a-z]+\/)?package\.json$/.test(name))) {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(ROOT, path), 'utf8'),
    )
    workspaces[path.replace(/\/?package\.json$/, '') || '.'] = Object.keys({
      ...dependencies,
      ...optionalDependencies,
    })
  }
  const text = readFileSync(join(ROOT, DEPENDENCIES_PAGE), 'utf8')
  expect(inWords(dependencyViolations(workspaces, text))).toEqual([])
})
