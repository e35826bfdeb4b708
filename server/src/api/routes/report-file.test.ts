import { HoldfastError, type ReportTable, type Run, type RunReport } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RUN } from '../testkit/fake-control.ts'
import { type TestServer, testServer } from '../testkit/test-server.ts'

const URL_OF_REPORT = `/api/runs/${RUN.id}/report`
const TABLE: ReportTable = {
  columns: ['name', 'before', 'after'],
  rows: [
    ['web01', null, 4],
    ['=HYPERLINK("http://x","y")', 'one, "two"', 'first\nsecond'],
    ['Größe', '-5', -5],
  ],
  total: 12,
}

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.app.close())

/** What the next requests get as the report of the run. */
function reported(table: ReportTable | null, run: Partial<Run> = {}): RunReport {
  const report: RunReport = {
    ...{ summary: 'changed 2', bytesMoved: 0, counts: { changed: 2 }, warnings: [] },
    ...{ restorePointIds: [], retention: [], details: { calls: 7 } },
    ...(table ? { table } : {}),
  }
  const finishedAt = '2026-08-20T12:34:56.789Z'
  server.control.answers.set('getRun', {
    ...RUN,
    ...{ status: 'finished', outcome: 'success', finishedAt, report },
    ...run,
  })
  return report
}

test('is a CSV that spreadsheets read as it is meant and never as formulas', async () => {
  reported(TABLE)
  const response = await server.as('viewer', { url: `${URL_OF_REPORT}?format=csv` })
  expect(response.statusCode).toBe(200)
  expect(response.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
  expect([...response.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(response.rawPayload.subarray(3).toString('utf8')).toBe(
    [
      'name,before,after',
      'web01,,4',
      `"'=HYPERLINK(""http://x"",""y"")","one, ""two""","first\nsecond"`,
      `Größe,'-5,-5`,
      '',
    ].join('\r\n'),
  )
})

test('is the whole report as JSON, without being asked for another form', async () => {
  const report = reported(TABLE)
  for (const url of [URL_OF_REPORT, `${URL_OF_REPORT}?format=json`]) {
    const response = await server.as('viewer', { url })
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(response.headers['content-disposition']).toContain('.json"')
    expect(response.json()).toEqual(report)
  }
})

test.each([
  ['documents', 'filename="documents 2026-08-20T123456Z.csv"', 'documents%202026-08-20T123456Z.csv'],
  [
    'Größe + 文字',
    'filename="Gr__e + __ 2026-08-20T123456Z.csv"',
    'Gr%C3%B6%C3%9Fe%20%2B%20%E6%96%87%E5%AD%97%202026-08-20T123456Z.csv',
  ],
  ['a"; x=(y)\r\n', 'filename="a__ x__y___ 2026-08-20T123456Z.csv"', 'a%22%3B%20x%3D%28y%29'],
])('is a file named by job and time: %j', async (jobName, plain, whole) => {
  reported(TABLE, { jobName })
  const response = await server.as('viewer', { url: `${URL_OF_REPORT}?format=csv` })
  const disposition = String(response.headers['content-disposition'])
  expect(disposition).toContain(`attachment; ${plain}; filename*=UTF-8''`)
  expect(disposition).toContain(whole)
})

test('holds each of ten thousand lines', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => [`vm-${index}`, 'a, b', index])
  reported({ columns: TABLE.columns, rows, total: rows.length })
  const { body } = await server.as('viewer', { url: `${URL_OF_REPORT}?format=csv` })
  const lines = body.split('\r\n')
  expect(lines).toHaveLength(rows.length + 2)
  expect(lines[10_000]).toBe('vm-9999,"a, b",9999')
})

test('is refused where there is none', async () => {
  for (const format of ['csv', 'json']) {
    reported(null, { report: null })
    const response = await server.as('viewer', { url: `${URL_OF_REPORT}?format=${format}` })
    expect([response.statusCode, response.json().code]).toEqual([409, 'run-state'])
    expect(response.headers['content-disposition']).toBeUndefined()
  }
  reported(null)
  const response = await server.as('viewer', { url: `${URL_OF_REPORT}?format=csv` })
  expect(response.json()).toMatchObject({ code: 'run-state', hint: 'Ask for the report as JSON.' })
  const wrong = await server.as('viewer', { url: `${URL_OF_REPORT}?format=xlsx` })
  expect(wrong.statusCode).toBe(422)
})

test('is told only to those who may see the run', async () => {
  reported(TABLE)
  await server.as('limited', { url: `${URL_OF_REPORT}?format=csv` })
  expect(server.views.at(-1)).toEqual(['nod_0000000000aa'])
  server.control.failures.set('getRun', new HoldfastError('name-unknown', 'there is no run of that name'))
  const response = await server.as('limited', { url: `${URL_OF_REPORT}?format=csv` })
  expect([response.statusCode, response.json().code]).toEqual([404, 'name-unknown'])
  expect((await server.as(null, { url: URL_OF_REPORT })).statusCode).toBe(401)
  expect((await server.as('hft_lock', { url: URL_OF_REPORT })).statusCode).toBe(403)
})

test('comes with the plan that everybody reads, unless the whole is asked for', async () => {
  await server.as('viewer', { url: `/api/runs/${RUN.id}` })
  await server.as('viewer', { url: `/api/runs/${RUN.id}?plan=whole` })
  const asked = server.control.calls.filter(({ method }) => method === 'getRun').map(({ args }) => args[1])
  expect(asked).toEqual([{ plan: 'told' }, { plan: 'whole' }])
})
