import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lastServerLines, pruneServerLog } from './server-log.ts'

let dir: string
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-log-'))
})
afterEach(() => fs.rmSync(dir, { recursive: true }))

function write(name: string, text: string): void {
  fs.writeFileSync(path.join(dir, name), text)
}

it('keeps the newest files of the log and touches no other', () => {
  const names = ['20261101-000000', '20261102-000000', '20261102-000001', '20261103-120000']
  for (const name of names) write(`postgresql-${name}.log`, name)
  write('notes.log', 'of somebody')
  pruneServerLog(dir, 2)
  expect(fs.readdirSync(dir).sort()).toEqual([
    'notes.log',
    'postgresql-20261102-000001.log',
    'postgresql-20261103-120000.log',
  ])
})

it('has nothing to do before the first start', () => {
  pruneServerLog(path.join(dir, 'absent'))
})

it('shows the end of the start and of the newest file, however long they are', () => {
  write('start.log', 'starting\n')
  write('postgresql-20261101-000000.log', 'old\n')
  write('postgresql-20261102-000000.log', `${'x'.repeat(10_000)}\nlast line\n`)
  const shown = lastServerLines(path.join(dir, 'start.log'), dir)
  expect(shown).toMatch(/^starting\nx{3900,}\nlast line$/)
})
