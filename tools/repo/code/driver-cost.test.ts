import { expect, test } from 'vitest'
import { DRIVERS } from '../../../server/src/drivers/registry.ts'
import { codeTexts } from '../repository.ts'
import { inWords } from '../violation.ts'
import { driverCostViolations } from './driver-cost.ts'
import { parseCode } from './parse-code.ts'

const tidy = {
  'server/src/drivers/registry.ts': `import { diskCopy } from './disk-copy/index.ts'`,
  'server/src/drivers/disk-copy/index.ts': `export const diskCopy = { kind: 'disk-copy' }`,
}
const reported = (texts: Record<string, string>, kinds = ['disk-copy']) => {
  const files = Object.entries({ ...tidy, ...texts }).map(([path, text]) => parseCode({ path, text }))
  return inWords(driverCostViolations(files, kinds))
}

test.each([
  `if (job.kind === 'disk-copy') quirk()`,
  `const diskCopy = 1`,
  `export type T = DiskCopyPlan['x'] | DiskCopy`,
  `const sql = \`select * from disk_copy\``,
])('a mention outside the folder of the kind is reported: %s', (text) => {
  expect(reported({ 'server/src/engine/run/x.ts': `\n${text}` })).toEqual([
    expect.stringMatching(/^server\/src\/engine\/run\/x\.ts:2: names .*one line in registry\.ts/),
  ])
})

test('comments, tests and other words are free', () => {
  const free = {
    'contract/src/run.ts': `/** such as disk-copy */ const disk = 'disk-copying'`,
    'server/src/engine/x.test.ts': `const kind = 'disk-copy'`,
  }
  expect(reported(free)).toEqual([])
})

test('a kind without its folder or its line is reported, and a folder without a kind', () => {
  const folder = { 'server/src/drivers/tape-copy/index.ts': '' }
  expect(reported(folder)).toEqual([
    expect.stringContaining('tape-copy is not imported by the registry'),
    expect.stringContaining('tape-copy is a folder, but no registered driver'),
  ])
  expect(reported({}, ['disk-copy', 'tape'])).toEqual([
    expect.stringContaining('tape has no folder of its name'),
    expect.stringContaining('tape is not imported by the registry'),
  ])
})

test('in the repository a job kind costs its folder and one line', () => {
  const kinds = DRIVERS.map((driver) => driver.info.kind)
  expect(kinds.length).toBeGreaterThan(0)
  expect(inWords(driverCostViolations(codeTexts().map(parseCode), kinds))).toEqual([])
})
