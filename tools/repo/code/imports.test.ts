import { describe, expect, test } from 'vitest'
import { codeTexts } from '../repository.ts'
import { inWords } from '../violation.ts'
import { importViolations } from './imports.ts'
import { parseCode } from './parse-code.ts'

const reported = (path: string, text: string) => inWords(importViolations([parseCode({ path, text })]))

describe('forbidden edges are reported with their reason', () => {
  test.each([
    ['server/src/domain/rpo/x.ts', `import { a } from '../../kit/exec.ts'`, 'pure functions'],
    ['server/src/domain/rpo/x.ts', `import fs from 'node:fs'`, 'no input or output'],
    ['server/src/kit/x.ts', `import { a } from '../domain/a.ts'`, 'depends on none'],
    ['server/src/clients/ssh/x.ts', `import { a } from '../../drivers/driver.ts'`, 'no product rule'],
    ['server/src/drivers/a/x.ts', `import { b } from '../b/index.ts'`, 'never imports another driver'],
    ['server/src/drivers/a/x.ts', `import { b } from '../registry.ts'`, 'owns only its technology'],
    ['server/src/drivers/a/x.ts', `import { b } from '../../store/runs.ts'`, 'owns only its technology'],
    ['server/src/drivers/registry.ts', `import { b } from './b/deep.ts'`, 'from its index.ts'],
    ['server/src/engine/x.ts', `import { b } from '../drivers/driver.ts'`, 'types of driver.ts only'],
    ['server/src/engine/x.ts', `import { b } from '../store/runs.ts'`, 'on any store'],
    ['server/src/engine/x.ts', `import pg from 'pg'`, 'the only place with SQL'],
    ['server/src/store/x.ts', `import { b } from '../engine/ports.ts'`, 'types of engine/ports.ts only'],
    ['server/src/store/x.ts', `import type { B } from '../engine/claim.ts'`, 'decides nothing'],
    ['server/src/cli/runs/x.ts', `import type { B } from '../../store/runs.ts'`, 'Control interface'],
    ['server/src/cli/x.ts', `import { main } from '../main.ts'`, 'Control interface'],
    ['server/src/kit/x.ts', `import { a } from './a.test.ts'`, 'does not depend on tests'],
    ['server/src/surprise/x.ts', `import { a } from '../kit/a.ts'`, 'no layer'],
    ['server/src/kit/x.ts', `import { a } from '../surprise/a.ts'`, 'belongs to no layer'],
    [
      'contract/src/x.ts',
      `import { a } from '../../server/src/kit/ids.ts'`,
      'where server, web and CLI meet',
    ],
    ['contract/src/x.ts', `import { a } from 'croner'`, 'zod only'],
    ['server/src/kit/x.test.ts', `import fc from 'fast-check'`, 'gives it its seed'],
    ['web/src/x.ts', `import { a } from '../../server/src/kit/ids.ts'`, 'nothing of the server'],
    ['web/src/x.test.ts', `import { a } from '../../server/src/kit/ids.ts'`, 'meet in the contract only'],
    ['server/src/x.test.ts', `import { a } from '../../web/src/a.ts'`, 'meet in the contract only'],
  ])('%s: %s', (path, text, reason) => {
    expect(reported(path, text)).toEqual([expect.stringContaining(reason)])
    expect(reported(path, text)[0]).toContain(`${path}:1: imports `)
  })
})

test.each([
  ['server/src/main.ts', `import { a } from './store/store.ts'`],
  ['server/src/engine/x.ts', `import type { Driver } from '../drivers/driver.ts'`],
  ['server/src/store/x.ts', `import type { RunStore } from '../engine/ports.ts'`],
  ['server/src/drivers/a/x.ts', `import { b } from './parts/b.ts'; import { c } from '../driver.ts'`],
  ['server/src/engine/x.it.ts', `import { a } from '../store/store.ts'; import pg from 'pg'`],
  ['server/src/e2e/x.it.ts', `import { a } from '../engine/claim.ts'; import { b } from './b.testkit.ts'`],
  ['contract/src/x.ts', `import { z } from 'zod'`],
])('allowed edges are not: %s: %s', (path, text) => {
  expect(reported(path, text)).toEqual([])
})

test('the repository keeps to the import table', () => {
  expect(inWords(importViolations(codeTexts().map(parseCode)))).toEqual([])
})
