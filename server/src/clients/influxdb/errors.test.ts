import { describe, expect, it } from 'vitest'
import { parseExactly, readAnswer } from './answer.ts'
import { answerError, refusedPoints, statementError } from './errors.ts'

const at = 'http://influx:8086'
const refusal = (status: number, text: string) => ({ at, status, text })

it.each([
  [401, '{"error":"authorization failed"}', 'node-auth-failed'],
  [401, '{"code":"unauthorized","message":"unauthorized access"}', 'node-auth-failed'],
  [403, '{"error":"\\"r\\" user is not authorized to write to database \\"d\\""}', 'privilege-missing'],
  [404, '{"error":"database not found: \\"x\\""}', 'database-absent'],
  [404, '{"code":"not found","message":"bucket \\"b\\" not found"}', 'database-absent'],
  [404, '404 page not found\n', 'node-answer-invalid'],
  [413, '{"error":"Request Entity Too Large"}', 'node-refused'],
  [500, '{"error":"retention policy not found: x"}', 'node-refused'],
  [500, '{"error":"timeout"}', 'node-unreachable'],
  [503, '{"error":"hinted handoff queue not empty"}', 'node-unreachable'],
  [500, '{"error":"engine is closed"}', 'node-unreachable'],
  [500, '{"error":"write /x/wal/_00001.wal: no space left on device"}', 'node-full'],
  [503, '<html><body>Service Unavailable</body></html>', 'node-unreachable'],
  [200, '<html><body>Welcome</body></html>', 'node-answer-invalid'],
  [500, '<html><body>Oops</body></html>', 'node-answer-invalid'],
])('%i %s is %s', (status, text, code) => {
  expect(answerError(refusal(status, text), 'SHOW DATABASES')).toMatchObject({ code, details: { status } })
})

it.each([
  ['database not found: x', 'database-absent'],
  ['query-timeout limit exceeded', 'node-refused'],
  ['max-select-point limit exceeed: (2000/5)', 'node-refused'],
  ['max-concurrent-queries limit exceeded(2, 2)', 'node-unreachable'],
  ['engine is closed', 'node-unreachable'],
  ['continuous query already exists', 'node-refused'],
])('a statement that meets "%s" is %s', (said, code) => {
  expect(statementError(said, { at, statement: 'SELECT 1' })).toMatchObject({ code })
})

describe('refused points', () => {
  it.each([
    [
      'partial write: field type conflict: input field "a "b"" on measurement "m, "n"" is type float, already exists as type integer dropped=2',
      { reason: 'field-type', field: 'a "b"', measurement: 'm, "n"', dropped: 2, isPartial: true },
    ],
    [
      'partial write: points beyond retention policy dropped=7',
      { reason: 'retention', dropped: 7, isPartial: true },
    ],
    [
      "partial write: unable to parse 'garbage': missing fields\nunable to parse 'no=': missing fields dropped=0",
      { reason: 'unparsable', dropped: 2, isPartial: true },
    ],
    ["unable to parse 'm f=NaN 1': invalid number", { reason: 'unparsable', dropped: 1, isPartial: false }],
    [
      'partial write: invalid tag key: input tag "time" on measurement "m" is invalid dropped=1',
      { reason: 'name', field: 'time', measurement: 'm', dropped: 1 },
    ],
    [
      'partial write: max-values-per-tag limit exceeded (2/2): measurement="m" tag="t" value="x" dropped=1',
      { reason: 'limit', measurement: 'm', dropped: 1 },
    ],
  ])('%s', (error, details) => {
    expect(refusedPoints(refusal(400, JSON.stringify({ error })))).toMatchObject({
      code: 'points-refused',
      details,
    })
  })

  it('quotes no whole line of 60 kB', () => {
    const error = `unable to parse 'm s="${'x'.repeat(60_000)}"': bad`
    const found = refusedPoints(refusal(400, JSON.stringify({ error })))
    expect(JSON.stringify(found?.report()).length).toBeLessThan(2000)
  })

  it('understands 2.x and 3.x', () => {
    const message =
      'failure writing points to database: partial write: points beyond retention policy dropped=1'
    const two = refusedPoints(refusal(422, JSON.stringify({ code: 'unprocessable entity', message })))
    expect(two?.details).toMatchObject({ reason: 'retention', dropped: 1, isPartial: true })
    const data = [{ original_line: 'm', line_number: 1, error_message: 'No fields were provided' }]
    const three = refusedPoints(
      refusal(400, JSON.stringify({ error: 'partial write of line protocol occurred', data })),
    )
    expect(three).toMatchObject({
      message: expect.stringContaining('No fields'),
      details: { isPartial: true },
    })
  })

  it('is not what something else says', () => {
    expect(refusedPoints(refusal(400, 'Client sent an HTTP request to an HTTPS server.'))).toBeNull()
    expect(refusedPoints(refusal(500, '{"error":"unable to parse x"}'))).toBeNull()
  })
})

async function* pieces(text: string, size: number) {
  for (let from = 0; from < text.length; from += size) yield Buffer.from(text.slice(from, from + size))
}

function read(text: string, size = 7) {
  return readAnswer(at, pieces(text, size), (said) => statementError(said, { at }))
}

describe('answers', () => {
  it('keep every digit', () => {
    const text = '[9007199254740993,-9223372036854775808,1.5,12,1e300,"9007199254740993"]'
    expect(parseExactly(text)).toEqual([
      9_007_199_254_740_993n,
      -9_223_372_036_854_775_808n,
      1.5,
      12,
      1e300,
      '9007199254740993',
    ])
  })

  it('are put together from pieces', async () => {
    const part = (values: number[][], partial: boolean) =>
      JSON.stringify({ results: [{ series: [{ name: 'm', columns: ['v'], values, partial }], partial }] })
    const answer = await read(`${part([[1]], true)}\n${part([[2]], false)}\n\n`)
    expect(answer).toEqual([{ name: 'm', tags: {}, columns: ['v'], values: [[1], [2]] }])
    await expect(read(`${part([[1]], true)}\n`)).rejects.toMatchObject({ code: 'node-answer-invalid' })
  })

  it.each(['', '\n', '{"results":[{"series":[{"na', '{"results":[{"series":7}]}', '<html>'])(
    'that are %j are none',
    async (text) => {
      await expect(read(text)).rejects.toMatchObject({ code: 'node-answer-invalid' })
    },
  )

  it('with an error are errors, also behind rows', async () => {
    const rows = '{"results":[{"series":[{"columns":["v"],"values":[[1]]}],"partial":true}]}'
    await expect(read(`${rows}\n{"results":[{"error":"engine is closed"}]}\n`)).rejects.toMatchObject({
      code: 'node-unreachable',
    })
    await expect(read('{"error":"database not found: x"}')).rejects.toMatchObject({ code: 'database-absent' })
  })
})
