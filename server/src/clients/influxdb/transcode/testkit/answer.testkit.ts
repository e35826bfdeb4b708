import type { Table, Value } from './points.testkit.ts'
import { latin1 } from './points.testkit.ts'

/** Encodes answers as InfluxDB does: tinylib/msgp, each number in the fewest bytes of its kind. */

const head = (tag: number, width: number, value: bigint | number) => {
  const out = Buffer.alloc(1 + width)
  out[0] = tag
  for (let i = 0; i < width; i++) out[width - i] = Number((BigInt(value) >> BigInt(8 * i)) & 0xffn)
  return out
}

function sized(small: number, limit: number, wide: readonly [number, number][], count: number): Buffer {
  if (count < limit) return Buffer.of(small | count)
  const [tag, width] = wide.find(([, bytes]) => count < 2 ** (8 * bytes)) ?? [0, 0]
  return head(tag, width, count)
}

export const list = (items: readonly Buffer[]) =>
  Buffer.concat([
    sized(
      0x90,
      16,
      [
        [0xdc, 2],
        [0xdd, 4],
      ],
      items.length,
    ),
    ...items,
  ])
export const map = (entries: readonly (readonly [string, Buffer])[]) =>
  Buffer.concat([
    sized(
      0x80,
      16,
      [
        [0xde, 2],
        [0xdf, 4],
      ],
      entries.length,
    ),
    ...entries.flatMap(([key, value]) => [text(key), value]),
  ])
export const text = (latin: string) =>
  Buffer.concat([
    sized(
      0xa0,
      32,
      [
        [0xd9, 1],
        [0xda, 2],
        [0xdb, 4],
      ],
      latin.length,
    ),
    latin1(latin),
  ])
export const NIL = Buffer.of(0xc0)
export const TRUE = Buffer.of(0xc3)

export function integer(value: bigint): Buffer {
  if (value >= -32n && value <= 127n) return Buffer.of(Number(value & 0xffn))
  for (const [tag, width] of [
    [0xd0, 1],
    [0xd1, 2],
    [0xd2, 4],
    [0xd3, 8],
  ] as const) {
    const limit = 2n ** BigInt(8 * width - 1)
    if (value >= -limit && value < limit) return head(tag, width, BigInt.asUintN(8 * width, value))
  }
  throw new Error('beyond int64')
}

export function unsigned(value: bigint): Buffer {
  if (value < 128n) return Buffer.of(Number(value))
  for (const [tag, width] of [
    [0xcc, 1],
    [0xcd, 2],
    [0xce, 4],
    [0xcf, 8],
  ] as const)
    if (value < 2n ** BigInt(8 * width)) return head(tag, width, value)
  throw new Error('beyond uint64')
}

export function float(value: number): Buffer {
  const out = Buffer.alloc(9, 0xcb)
  out.writeDoubleBE(value, 1)
  return out
}

export function encoded(value: Value | null): Buffer {
  if (value === null) return NIL
  if (typeof value.value === 'bigint')
    return value.type === 'integer' ? integer(value.value) : unsigned(value.value)
  if (typeof value.value === 'number') return float(value.value)
  if (typeof value.value === 'boolean') return Buffer.of(value.value ? 0xc3 : 0xc2)
  return text(value.value)
}

/** One chunk of an answer, with the series given. */
export function chunk(series: readonly Buffer[], more: boolean): Buffer {
  const result: [string, Buffer][] = [
    ['statement_id', integer(0n)],
    ['series', list(series)],
  ]
  if (more) result.push(['partial', TRUE])
  return map([['results', list([map(result)])]])
}

export function series(
  name: string,
  tags: [string, string][],
  columns: string[],
  rows: Buffer[],
  partial = false,
) {
  const entries: [string, Buffer][] = [['name', text(name)]]
  if (tags.length > 0) entries.push(['tags', map(tags.map(([key, value]) => [key, text(value)]))])
  entries.push(['columns', list(columns.map(text))], ['values', list(rows)])
  if (partial) entries.push(['partial', TRUE])
  return map(entries)
}

/** The answer to SELECT * … GROUP BY *: a series at a time, in chunks of two rows. */
export function groupedAnswer(table: Table): Buffer {
  const chunks: Buffer[] = []
  for (const { tags, points } of table.series)
    for (let i = 0; i < points.length; i += 2) {
      const rows = points
        .slice(i, i + 2)
        .map(({ time, values }) => list([integer(time), ...values.map(encoded)]))
      const pairs = table.tagKeys.map((key, index): [string, string] => [key, tags[index] ?? '']).reverse()
      chunks.push(series(table.measurement, pairs, ['time', ...table.fieldKeys], rows, i + 2 < points.length))
    }
  return whole(chunks)
}

/** The answer to SELECT "t"::tag, …, "f"::field, …: points of all series by time. */
export function flatAnswer(table: Table): Buffer {
  const rows = table.series
    .flatMap(({ tags, points }) => points.map((point) => ({ tags, ...point })))
    .sort((a, b) => (a.time < b.time ? -1 : 1))
    .map(({ tags, time, values }) =>
      list([integer(time), ...tags.map((tag) => (tag === '' ? NIL : text(tag))), ...values.map(encoded)]),
    )
  const columns = ['time', ...table.tagKeys, ...table.fieldKeys]
  return whole(rows.map((row) => series(table.measurement, [], columns, [row], true)))
}

function whole(chunks: Buffer[]): Buffer {
  if (chunks.length === 0) return chunk([], false)
  return Buffer.concat(chunks.map((one, index) => chunk([one], index < chunks.length - 1)))
}
