import { jobSpec, type PhraseCatalogs, phrasesOf } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { TestContext, TestWorld } from './test-context.ts'
import { Told } from './told.testkit.ts'

const en = {
  'step.copy': 'Copy',
  'count.notes': 'notes',
  'guard.empty': 'Empty',
  done: 'done: {path}',
} as const
const say = phrasesOf('notes', en)
const whole: PhraseCatalogs = { en, de: en, it: en, fr: en, es: en }
const result = { bytesMoved: 0, details: {}, points: [], assets: [] }

function tell(told: Told): TestContext<null> {
  const spec = jobSpec.parse({ name: 'a', kind: 'notes' })
  const job = {
    id: 'job_1',
    name: 'a',
    kind: 'notes',
    spec,
    config: null,
    node: null,
    nodes: {},
    vault: null,
    policy: null,
  }
  const cx = new TestContext<null>(job, new TestWorld())
  told.context(cx)
  return cx
}

it('finds nothing to complain of where all is said in every language, names and paths apart', async () => {
  const told = new Told()
  const cx = tell(told)
  await cx.step('copy', async () => cx.progress({ current: '/srv/a' }))
  cx.warn(say('done', { path: '/a' }))
  const reason = say('done', { path: '/b' })
  told.plan({
    summary: [reason, reason],
    items: [{ what: '/srv/a', reason, expectedBytes: null }],
    guards: [{ code: 'empty', message: reason }],
    expectedBytes: null,
  })
  told.result({ ...result, summary: reason, counts: { notes: 1 } })
  expect(told.problems('notes', whole)).toEqual([])
})

it('names each sentence and title that some reader could not read', async () => {
  const told = new Told()
  const cx = tell(told)
  await cx.step('Copy it', async () => cx.warn('careful'))
  const { done: _, ...rest } = en
  const message = { ...say('done', { path: '/a' }), key: 'others.done' }
  told.plan({
    summary: say('done', { path: '/a' }),
    items: [{ what: { ...message, key: 'notes.what' }, reason: '', expectedBytes: null }],
    guards: [{ code: 'odd', message }],
    expectedBytes: null,
  })
  told.result({ ...result, summary: 'done', counts: { more: 1 } })
  const problems = told.problems('notes', { ...whole, de: rest })
  expect(problems.filter((problem) => !/^(it|fr|es): /.test(problem))).toEqual([
    'de: cannot say done',
    'is said in one language only: ',
    'is not of this kind: others.done',
    'is said in one language only: done',
    'is said in one language only: careful',
    'en: cannot say what',
    'de: cannot say what',
    'en: no title step.Copy it',
    'de: no title step.Copy it',
    'en: no title count.more',
    'de: no title count.more',
    'en: no title guard.odd',
    'de: no title guard.odd',
  ])
})
