import { HoldfastError } from '@holdfast/contract'
import { describe, expect, test } from 'vitest'
import { ExportReader } from './export-reader.ts'
import { jsonText } from './json-text.ts'
import { labelValuesOf, serverFacts } from './server-facts.ts'

describe('an export', () => {
  const SERIES = [
    { metric: { __name__: 'm' }, values: [1, 2.5], timestamps: [1, 2] },
    { metric: { __name__: 'n', k: 'v' }, values: [null], timestamps: [3] },
  ]
  const read = (bytes: Buffer, size: number) => {
    const found: unknown[] = []
    const visit = (metric: object, values: readonly unknown[], timestamps: readonly number[]) =>
      found.push({ metric, values, timestamps })
    const reader = new ExportReader('the server', visit)
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size))
    reader.end()
    return found
  }

  test.each([1, 7, 1000])('is read in chunks of %i bytes', (size) => {
    const text = SERIES.map((one) => JSON.stringify(one)).join('\n')
    expect(read(Buffer.from(`${text}\n`), size)).toEqual(SERIES)
    expect(read(Buffer.from(text), size)).toEqual(SERIES)
  })

  test('keeps names that are no UTF-8', () => {
    const name = Buffer.from([0x61, 0xff, 0x22, 0x0a])
    const parts = [
      Buffer.from('{"metric":{"__name__":'),
      jsonText(name),
      Buffer.from('},"values":[],"timestamps":[]}'),
    ]
    expect(read(Buffer.concat(parts), 9)).toMatchObject([{ metric: { __name__: name.toString('latin1') } }])
  })

  test.each([
    'not JSON',
    '{"metric":{}}',
    '{"metric":{},"values":[1],"timestamps":[]}',
    '{"metric":{"k":1},"values":[],"timestamps":[]}',
    '{"metric":[],"values":[],"timestamps":[]}',
    '{"values":[],"timestamps":[]}',
    'null',
  ])('that says %s is refused', (text) => {
    expect(() => read(Buffer.from(text), 99)).toThrow(HoldfastError)
  })
})

test.each([
  ['1', 31],
  ['100y', 36_500],
  ['2w', 14],
  ['36h', 1.5],
  ['1.5d', 1.5],
])('the retention %s is %d days', (text, days) => {
  const metrics = `vm_app_version{version=""} 1\nvm_app_start_timestamp 17\nflag{name="retentionPeriod", value="${text}", is_set="true"} 1\n`
  expect(serverFacts(metrics)).toEqual({ startedAt: '17', retention: text, retentionMs: days * 86_400_000 })
})

test('what says nothing of itself has no facts', () => {
  expect(serverFacts('# another server\nup 1\n')).toBeNull()
  expect(serverFacts('vm_app_version 1\n')).toEqual({ startedAt: null, retention: null, retentionMs: null })
})

test('the values of a label are read, and nothing else is taken for them', () => {
  expect(labelValuesOf('it', '{"status":"success","data":["a","b c"]}')).toEqual(['a', 'b c'])
  for (const text of ['{"status":"error","data":[]}', '{"status":"success","data":[1]}', '<html>', ''])
    expect(() => labelValuesOf('it', text)).toThrow(HoldfastError)
})
