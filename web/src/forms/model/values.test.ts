import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { JsonObject, Schema } from './field.ts'
import { hasProblem, problemsAt, problemsOf } from './problems.ts'
import { readSchema } from './read-schema.ts'
import { branchOf, emptyValue, isAsked, isSame, summaryOf, withValue } from './values.ts'

const SECRET: Schema = {
  'x-widget': 'secret',
  anyOf: [
    { type: 'object', required: ['env'], properties: { env: { type: 'string', pattern: '^[A-Z]+$' } } },
    { type: 'object', required: ['secret'], properties: { secret: { type: 'string' } } },
  ],
}
const FORM = readSchema({
  type: 'object',
  required: ['name', 'kind', 'smtp'],
  properties: {
    name: { type: 'string', pattern: '^[a-z]+$' },
    kind: { type: 'string', const: 'mail' },
    port: { type: 'integer', minimum: 1, maximum: 9 },
    smtp: { type: 'object', required: ['host'], properties: { host: { type: 'string' }, password: SECRET } },
    schedule: { type: 'object', required: ['cron'], properties: { cron: { type: 'string' } } },
  },
})

const ITEM: Schema = {
  type: 'object',
  required: ['uuid', 'label'],
  properties: { uuid: { type: 'string' }, label: { type: 'string' }, note: { type: 'string' } },
}

describe('an object of a list', () => {
  const item = readSchema(ITEM)

  it('is asked for where a list must have one', () => {
    const disks = readSchema({ type: 'array', items: ITEM }, 'disks')
    expect(check(disks, undefined, ['disks']).map(({ path }) => path.join('.'))).toEqual([
      'disks.0.uuid',
      'disks.0.label',
    ])
    expect(check({ ...disks, isRequired: false }, undefined)).toEqual([])
  })

  it('is told by its label, then by the texts it must have', () => {
    expect(summaryOf(item, { uuid: '6BCA-E8FE', label: 'Monday', note: 'blue' })).toBe('Monday · 6BCA-E8FE')
    expect(summaryOf(item, { uuid: '6BCA-E8FE' })).toBe('6BCA-E8FE')
    expect(summaryOf(item, {})).toBe('')
  })
})

describe('values of a form', () => {
  it('hold what was set and forget what was taken away', () => {
    const set = withValue({}, ['smtp', 'host'], 'mx')
    expect(set).toEqual({ smtp: { host: 'mx' } })
    expect(withValue(set, ['smtp', 'host'], undefined)).toEqual({ smtp: {} })
    expect(withValue({ locks: [{ name: 'a' }, { name: 'b' }] }, ['locks', 1, 'name'], 'c')).toEqual({
      locks: [{ name: 'a' }, { name: 'c' }],
    })
    expect(withValue({ locks: ['a', 'b'] }, ['locks', 0], undefined)).toEqual({ locks: ['b'] })
  })

  it('never change what they came from', () => {
    const before: JsonObject = { smtp: { host: 'a' } }
    withValue(before, ['smtp', 'host'], 'b')
    expect(before).toEqual({ smtp: { host: 'a' } })
  })

  it('of a new object are only what cannot be anything else', () => {
    expect(emptyValue(FORM)).toEqual({ kind: 'mail' })
  })

  it('belong to the branch they look like', () => {
    const field = readSchema({ anyOf: [{ type: 'string', title: 'Plain' }, SECRET] })
    if (field.shape !== 'branches') throw new Error(field.shape)
    expect(branchOf(field.branches, 'https://x')).toBe(0)
    expect(branchOf(field.branches, { secret: 'hook' })).toBe(1)
    expect(branchOf(field.branches, { other: 1 })).toBe(-1)
    expect(branchOf(field.branches, undefined)).toBe(-1)
  })
})

describe('check', () => {
  it('finds what is missing, in its parts, and leaves out what is not switched on', () => {
    expect(check(FORM, { kind: 'mail' })).toEqual([
      { path: ['name'], reason: 'required' },
      { path: ['smtp', 'host'], reason: 'required' },
    ])
    expect(check(FORM, { name: 'a', kind: 'mail', smtp: { host: 'x' }, schedule: {} })).toEqual([
      { path: ['schedule', 'cron'], reason: 'required' },
    ])
  })

  it('finds what is malformed, also within a branch', () => {
    const value = { name: 'A', kind: 'mail', port: 10, smtp: { host: 'x', password: { env: 'lower' } } }
    expect(check(FORM, value)).toEqual([
      { path: ['name'], reason: 'pattern' },
      { path: ['port'], reason: 'range' },
      { path: ['smtp', 'password', 'env'], reason: 'pattern' },
    ])
  })

  it('names what would do', () => {
    const wrong = (schema: Schema) => check(readSchema({ type: 'string', pattern: '^1$', ...schema }), '2')
    expect(wrong({ examples: ['26h'], format: 'email' })).toMatchObject([{ example: '26h' }])
    expect(wrong({ format: 'email' })).toMatchObject([{ example: 'name@example.org' }])
    expect(wrong({})).toEqual([{ path: [], reason: 'pattern' }])
  })
})

describe('check of addresses', () => {
  const address = readSchema({ type: 'string', format: 'uri', examples: ['https://a.example:9419'] })

  it('takes what has a scheme and nothing else', () => {
    expect(check(address, 'https://127.0.0.1:9419/cmdbuild')).toEqual([])
    for (const wrong of ['vbr.example.org', 'vbr.example.org:9419', 'https://', 'http://a b'])
      expect(check(address, wrong)).toEqual([
        { path: [], reason: 'pattern', example: 'https://a.example:9419' },
      ])
  })
})

describe('check of what is necessary only with something else', () => {
  const source = {
    ...{ type: 'object', default: {} },
    properties: {
      system: { type: 'string', enum: ['veeam', 'holdfast'], default: 'veeam' },
      node: { type: 'string', 'x-only-with': { system: ['veeam'] }, 'x-required': true },
    },
  }
  const form = readSchema({ type: 'object', properties: { source } })

  it('finds it missing where it is asked for', () => {
    const missing = [{ path: ['source', 'node'], reason: 'required' }]
    expect(check(form, {})).toEqual(missing)
    expect(check(form, { source: { system: 'veeam' } })).toEqual(missing)
    expect(check(form, { source: { node: 'vbr' } })).toEqual([])
    expect(check(form, { source: { system: 'holdfast' } })).toEqual([])
  })
})

describe('problems of the server', () => {
  const problems = problemsOf([
    { path: ['smtp', 'host'], message: 'no such host', hint: 'Look it up' },
    { path: ['jobs', 0, 'vault'], message: 'no such vault' },
    { path: ['on', 2], message: 'unknown' },
  ])

  it('stand at their field, wherever the mistake was found', () => {
    expect(problemsAt(problems, ['smtp', 'host'], true)).toEqual(['no such host. Look it up'])
    expect(problemsAt(problems, ['vault'], true)).toEqual(['no such vault'])
  })

  it('within a value that is one field stand at that field', () => {
    expect(problemsAt(problems, ['on'], true)).toEqual(['unknown'])
    expect(problemsAt(problems, ['smtp'], false)).toEqual([])
    expect(hasProblem(problems, ['smtp'])).toBe(true)
    expect(hasProblem(problems, ['sm'])).toBe(false)
  })
})

it('takes values for the same that say the same', () => {
  expect(isSame({ a: 1, b: [{ c: 'x' }] }, { b: [{ c: 'x' }], a: 1 })).toBe(true)
  expect(isSame({ a: 1 }, { a: 1, b: undefined } as unknown as JsonObject)).toBe(true)
  expect(isSame({ a: ['x', 'y'] }, { a: ['y', 'x'] })).toBe(false)
  expect(isSame({ a: 1 }, {})).toBe(false)
  expect(isSame([], {})).toBe(false)
})

it('asks for what belongs to one value of another field only beside that, and never hides what is set', () => {
  const form = readSchema({
    type: 'object',
    properties: {
      product: { type: 'string', enum: ['old', 'new'], default: 'old' },
      token: { type: 'string', 'x-only-with': { product: ['new'] } },
      dump: { type: 'string', 'x-only-with': { product: ['old'] } },
    },
  })
  const asked = (value: JsonObject) => {
    const fields = form.shape === 'group' ? form.fields : []
    return fields.filter((field) => isAsked(field, fields, value)).map(({ name }) => name)
  }
  expect(asked({})).toEqual(['product', 'dump'])
  expect(asked({ product: 'new' })).toEqual(['product', 'token'])
  expect(asked({ product: 'new', dump: 'here' })).toEqual(['product', 'token', 'dump'])
})
