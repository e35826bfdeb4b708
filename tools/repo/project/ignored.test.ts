import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inWords } from '../violation.ts'
import { ignoredSources } from './ignored.ts'

test('a source file that a line of .gitignore hides is reported, node_modules is not', () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-ignored-'))
  try {
    execFileSync('git', ['init', '--quiet'], { cwd: root })
    writeFileSync(join(root, '.gitignore'), 'node_modules/\ncoverage/\n')
    for (const folder of ['server/src/domain/coverage', 'server/node_modules/a', 'coverage'])
      mkdirSync(join(root, folder), { recursive: true })
    for (const file of ['server/src/domain/coverage/a.ts', 'server/node_modules/a/b.ts', 'coverage/c.ts'])
      writeFileSync(join(root, file), '')
    expect(inWords(ignoredSources(root))).toEqual([
      'server/src/domain/coverage/a.ts: is ignored by git (a clone would lack it; anchor the line of .gitignore with a leading /)',
    ])
  } finally {
    rmSync(root, { recursive: true })
  }
})

test('no source file of the repository is ignored', () => {
  expect(inWords(ignoredSources())).toEqual([])
})
