import type { PhraseCatalog } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { createFormat } from '../format/format.ts'
import { createPhrases } from './phrases.ts'

const german: PhraseCatalog = {
  'engine.step.verify': 'Prüfen',
  'notes.step.copy': 'Kopieren',
  'notes.count.windows': 'Fenster',
  'notes.count.copied': 'kopiert',
  'notes.value.action.create': 'Anlegen',
  'notes.run.summary': {
    one: '{moved, bytes} kopiert, {count} Notiz seit {at, date}',
    other: '{moved, bytes} kopiert, {count} Notizen seit {at, date}',
  },
}
const summary = (values: Record<string, string | number>) => ({
  text: 'copied 1.5 GiB, 1204 notes since 2026-08-20T00:30:00Z',
  key: 'notes.run.summary',
  values,
})
const values = { moved: 1.5 * 1024 ** 3, count: 1204, at: '2026-08-20T00:30:00Z' }
const { parts, text, title, value, inOrder } = createPhrases(german, createFormat('de', 'Europe/Rome'))

describe('a phrase', () => {
  it('is said in the language, the numbers and the zone of the reader', () => {
    expect(parts(summary(values))).toEqual([
      { text: '1,5 GiB kopiert, 1.204 Notizen seit 20.08.2026, 02:30', isTranslated: true },
    ])
    expect(text(summary({ ...values, count: 1 }))).toContain('1 Notiz seit')
  })

  it('is English where this server does not know it, or knows another version of it', () => {
    const english = [{ text: summary({}).text, isTranslated: false }]
    expect(parts({ ...summary(values), key: 'notes.run.other' })).toEqual(english)
    expect(parts({ ...summary(values), key: 'constructor' })).toEqual(english)
    expect(parts(summary({ ...values, moved: 'much' }))).toEqual(english)
    expect(parts(summary({ moved: 1, count: 2 }))).toEqual(english)
  })

  it('of an older run, or of another program, is shown as it is', () => {
    expect(parts('copied 3 files')).toEqual([{ text: 'copied 3 files', isTranslated: false }])
  })

  it('of several parts tells which of them are translated', () => {
    const several = ['/srv/docs', summary({ ...values, count: 1 })]
    expect(parts(several).map(({ isTranslated }) => isTranslated)).toEqual([false, true])
    expect(text(several)).toMatch(/^\/srv\/docs; 1,5 GiB kopiert, 1 Notiz/)
    expect(createPhrases({}, createFormat('fr', 'UTC')).text(['a', 'b'])).toBe('a ; b')
  })

  it('puts nothing of its values into the sentence but their text', () => {
    const tricky = createPhrases({ 'notes.x': '{a} und {b}' }, createFormat('de', 'UTC'))
    const said = { text: '', key: 'notes.x', values: { a: '{b} $& {a, bytes}', b: 'B' } }
    expect(tricky.text(said)).toBe('{b} $& {a, bytes} und B')
  })
})

it('titles steps by the kind of job, else by what all kinds have, else by their name', () => {
  expect(title('notes', 'step', 'copy')).toEqual({ text: 'Kopieren', isTranslated: true })
  expect(title('notes', 'step', 'verify')).toEqual({ text: 'Prüfen', isTranslated: true })
  expect(title('notes', 'step', 'Copy files')).toEqual({ text: 'Copy files', isTranslated: false })
})

it('tells counts in the order of the job kind, others after them', () => {
  expect(inOrder('notes', 'count', ['own', 'copied', 'windows'])).toEqual(['windows', 'copied', 'own'])
})

it('names cells of a table by their column, and leaves others as they are', () => {
  expect(value('notes', 'action', 'create')).toBe('Anlegen')
  expect(['create', 'constructor'].map((cell) => value('notes', 'name', cell))).toEqual([
    'create',
    'constructor',
  ])
})
