import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'

/** A whole number that a float cannot hold is a bigint, every other number a number: no digit is lost. */
export type Cell = string | number | bigint | boolean | null

export interface ResultSeries {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly values: readonly (readonly Cell[])[]
}

const cell = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()])

const series = z.object({
  name: z.string().default(''),
  tags: z.record(z.string(), z.string()).default({}),
  columns: z.array(z.string()),
  values: z.array(z.array(cell)).default([]),
  partial: z.boolean().default(false),
})

const document = z.object({
  error: z.string().optional(),
  results: z
    .array(
      z.object({
        error: z.string().optional(),
        series: z.array(series).default([]),
        partial: z.boolean().default(false),
      }),
    )
    .default([]),
})

const WHOLE_NUMBER = /^-?\d+$/

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown

/**
 * The text of each number is at hand here, so that 64-bit integers survive. It is several times slower than without,
 * which does not matter for what the statements answer; data comes as msgpack.
 */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown

/** Parses JSON without losing a digit: see {@link Cell}. Throws SyntaxError. */
export function parseExactly(text: string): unknown {
  return parseWithSource(text, (_, value, { source }) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    WHOLE_NUMBER.test(source)
      ? BigInt(source)
      : value,
  )
}

/**
 * Reads what /query answers with `chunked=true`, one JSON document a line: without it, a server with `max-row-limit`
 * leaves rows out. `onError` makes an error of what the server says in its answer.
 */
export async function readAnswer(
  at: string,
  body: AsyncIterable<Buffer>,
  onError: (text: string) => HoldfastError,
): Promise<ResultSeries[]> {
  const all: (ResultSeries & { values: (readonly Cell[])[] })[] = []
  let goesOn = false
  let isPartial = false
  let documents = 0
  for await (const line of linesOf(body)) {
    const { error, results } = parseDocument(at, line)
    if (error !== undefined) throw onError(error)
    documents += 1
    for (const result of results) {
      if (result.error !== undefined) throw onError(result.error)
      for (const { partial, ...next } of result.series) {
        const last = all.at(-1)
        if (goesOn && last) for (const row of next.values) last.values.push(row)
        else all.push(next)
        goesOn = partial
      }
      isPartial = result.partial
    }
  }
  if (documents === 0 || isPartial || goesOn)
    throw new HoldfastError('node-answer-invalid', `${at} broke its answer off`, { details: { address: at } })
  return all
}

function parseDocument(at: string, line: string) {
  try {
    return document.parse(parseExactly(line))
  } catch (cause) {
    const details = { address: at, beginning: line.slice(0, 200) }
    const message = `${at} answers with something that is not an answer of InfluxDB`
    throw new HoldfastError('node-answer-invalid', message, { details, cause })
  }
}

async function* linesOf(body: AsyncIterable<Buffer>): AsyncIterable<string> {
  let begun: Buffer[] = []
  for await (const chunk of body) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      begun.push(chunk.subarray(from, end))
      from = end + 1
      const line = Buffer.concat(begun).toString('utf8')
      begun = []
      if (line.trim() !== '') yield line
    }
    begun.push(chunk.subarray(from))
  }
  const line = Buffer.concat(begun).toString('utf8')
  if (line.trim() !== '') yield line
}

/** The rows of a series by the names of its columns, checked; a server that lacks one is `node-answer-invalid`. */
export function rowsOf<Row>(at: string, from: ResultSeries, row: z.ZodType<Row>): Row[] {
  return from.values.map((values) => {
    const named = Object.fromEntries(from.columns.map((column, index) => [column, values[index]]))
    const { success, data, error } = row.safeParse(named)
    if (success) return data
    const details = { address: at, columns: [...from.columns] }
    throw new HoldfastError('node-answer-invalid', `${at} answers with other columns than InfluxDB 1.x`, {
      details,
      cause: error,
    })
  })
}
