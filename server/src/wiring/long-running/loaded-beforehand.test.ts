import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const SOURCES = path.join(import.meta.dirname, '../..')
/** main.ts and the command line choose what to load before anything begins. The log opens its file as the first thing. */
const BEFORE_ALL =
  /^(main\.ts|cli\/.*|wiring\/(local-commands|fill-compile-cache)\.ts|kit\/log\/file-output\.ts)$/
const TESTS = /\.(test|it|testkit)\.ts$|(^|\/)testkit\//

/** A package, or a file relative to the sources. */
const imported = (from: string, specifier: string) =>
  specifier.startsWith('.') ? path.join(path.dirname(from), specifier) : specifier

test('what goes on for hours loads nothing later on', () => {
  const here = 'wiring/long-running/loaded-beforehand.ts'
  const code = readFileSync(path.join(SOURCES, here), 'utf8')
  const beforehand = [...code.matchAll(/^import '([^']+)'$/gm)].map(([, name = '']) => imported(here, name))
  if (code.includes('\nawait loadPgBoss()')) beforehand.push('pg-boss')
  const late = globSync('**/*.ts', { cwd: SOURCES })
    .filter((name) => !BEFORE_ALL.test(name) && !TESTS.test(name))
    .flatMap((name) =>
      [...readFileSync(path.join(SOURCES, name), 'utf8').matchAll(/\bimport\('([^']+)'\)/g)].map(
        ([, specifier = '']) => imported(name, specifier),
      ),
    )
  expect(new Set(late.filter((name) => name !== here))).toEqual(new Set(beforehand))
})
