import { phraseText } from '@holdfast/contract'
import { expect, it } from 'vitest'
import type { Change } from '../model/changes.ts'
import { wordsOf } from '../reporting/told-value.ts'
import { changeLine } from './plan-lines.ts'

const job: Change = {
  ...{ do: 'create', number: 3, kind: 'job', className: 'BackupJob', key: 'j', name: 'nightly' },
  values: { Code: 'j' },
}
const machine: Change = {
  ...{ do: 'update', why: 'differs', kind: 'machine', className: 'VirtualServer' },
  ...{ card: 9, key: 'k', name: 'web' },
  values: {
    Type: { before: 7, after: 8 },
    BackupJob: { before: null, after: { created: 3 } },
    Notes: { before: '', after: 'x'.repeat(100) },
  },
}
const words = wordsOf([job, machine], { 'VirtualServer.Type.7': 'Old', 'VirtualServer.Type.8': 'New' })

it('shows what stands in a card now and what would, in few words', () => {
  expect(phraseText(changeLine(machine, words).what)).toBe(
    `change VirtualServer web: Type (Old → New), BackupJob (– → nightly), Notes (– → ${'x'.repeat(60)}…)`,
  )
  expect(phraseText(changeLine(job, words).what)).toBe('create BackupJob nightly')
})
