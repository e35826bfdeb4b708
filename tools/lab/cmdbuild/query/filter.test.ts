import { describe, expect, test } from 'vitest'
import { LabError } from '../store/lab-error.ts'
import { compileFilter } from './filter.ts'

type Row = Readonly<Record<string, unknown>>
const ROWS: readonly Row[] = [
  { Id: 1, Code: 'Alpha', RAM: 8 },
  { Id: 2, Code: 'beta', RAM: 16 },
  { Id: 10, Code: null, RAM: null },
]

function found(filter: unknown): number[] {
  const text = typeof filter === 'string' ? filter : JSON.stringify(filter)
  const passes = compileFilter<Row>(text, {
    has: (name) => name in (ROWS[0] ?? {}),
    of: (row, name) => row[name],
  })
  return (passes ? ROWS.filter(passes) : ROWS).map(({ Id }) => Number(Id))
}

const simple = (attribute: string, operator: string, ...value: unknown[]) => ({
  simple: { attribute, operator, value },
})

function refusal(filter: unknown): { status: number; message: string } | null {
  try {
    found(filter)
    return null
  } catch (error) {
    return error instanceof LabError ? { status: error.status, message: error.message } : null
  }
}

describe('filters', () => {
  test.each([
    ['equal', ['Alpha'], [1]],
    ['notequal', ['Alpha'], [2, 10]],
    ['isnull', [], [10]],
    ['isnotnull', [], [1, 2]],
    ['contain', ['ET'], [2]],
    ['notcontain', ['et'], [1, 10]],
    ['begin', ['al'], [1]],
    ['end', ['A'], [1, 2]],
    ['in', ['beta', 'Alpha'], [1, 2]],
    ['like', ['%lph%'], [1]],
  ])('%s %j', (operator, values, ids) => {
    expect(found({ attribute: simple('Code', operator, ...values) })).toEqual(ids)
  })

  test('numbers are compared as numbers', () => {
    expect(found({ attribute: simple('RAM', 'greater', '9') })).toEqual([2])
    expect(found({ attribute: simple('RAM', 'between', 8, 9) })).toEqual([1])
    expect(found({ attribute: simple('Id', 'less', 10) })).toEqual([1, 2])
  })

  test('conditions are joined, and may be turned round', () => {
    const [alpha, large] = [simple('Code', 'equal', 'Alpha'), simple('RAM', 'greater', '9')]
    expect(found({ attribute: { or: [alpha, large] } })).toEqual([1, 2])
    expect(found({ attribute: { and: [alpha, large] } })).toEqual([])
    expect(found({ attribute: { not: alpha } })).toEqual([2, 10])
  })

  test('texts may stand in single quotes, and a value need not be a list', () => {
    expect(found("{'attribute':{'simple':{'attribute':'Code','operator':'equal','value':'beta'}}}")).toEqual([
      2,
    ])
  })

  test.each([
    ['no JSON', '{"attribute":'],
    ['no object', '[]'],
    ['a key that is unknown', { attribut: simple('Code', 'equal', 'x') }],
    ['a join that is unknown', { attribute: { xor: [simple('Code', 'equal', 'x')] } }],
    ['two joins at once', { attribute: { and: [], or: [] } }],
    ['an empty join', { attribute: { and: [] } }],
    ['an operator that is unknown', { attribute: simple('Code', 'equals', 'x') }],
    ['an attribute that is unknown', { attribute: simple('Nope', 'equal', 'x') }],
    ['a value too few', { attribute: simple('Code', 'equal') }],
    ['a value too many', { attribute: simple('Code', 'equal', 'x', 'y') }],
  ])('%s is refused', (_what, filter) => {
    expect(refusal(filter)?.status).toBe(400)
  })

  test('what is right but not simulated says so', () => {
    expect(refusal({ cql: 'from CI' })).toEqual({ status: 501, message: expect.stringContaining('cql') })
    expect(refusal({ attribute: simple('Code', 'fulltext', 'x') })?.status).toBe(501)
  })
})
