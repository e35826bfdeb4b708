import { HoldfastError } from '@holdfast/contract'
import { ChunkJoiner } from '../influxdb/transcode/chunk-joiner.ts'

const NEWLINE = 10

/**
 * Takes one series. Names and values of labels are bytes, one character each (latin1): they may be no valid UTF-8. Times are
 * ms since 1970, in their order; several samples may have the same.
 */
export type ExportVisitor = (
  labels: Readonly<Record<string, string>>,
  values: readonly number[],
  timestamps: readonly number[],
) => void

/** Reads the answer of /api/v1/export: a JSON object a line, `{metric: {…}, values: […], timestamps: […]}`. */
export class ExportReader {
  readonly #at: string
  readonly #visitor: ExportVisitor
  readonly #input: ChunkJoiner

  constructor(at: string, visitor: ExportVisitor) {
    this.#at = at
    this.#visitor = visitor
    this.#input = new ChunkJoiner(() => this.#invalid('a series of more than 64 MiB', null))
  }

  push(chunk: Buffer): void {
    if (!this.#input.push(chunk)) return
    const bytes = this.#input.bytes.subarray(0, this.#input.end)
    let at = 0
    for (let newline = bytes.indexOf(NEWLINE); newline >= 0; newline = bytes.indexOf(NEWLINE, at)) {
      this.#line(bytes.toString('latin1', at, newline))
      at = newline + 1
    }
    this.#input.keep(at, bytes.length - at + 1)
  }

  end(): void {
    if (!this.#input.last()) return
    this.#line(this.#input.bytes.toString('latin1', 0, this.#input.end))
  }

  #line(line: string): void {
    if (line === '') return
    const parsed = this.#parse(line)
    const { metric, values, timestamps } = parsed
    if (!isLabels(metric) || !Array.isArray(values) || !Array.isArray(timestamps))
      throw this.#invalid('other than series', null)
    if (values.length !== timestamps.length) throw this.#invalid('fewer values than times', null)
    this.#visitor(metric, values, timestamps)
  }

  #parse(line: string): { metric?: unknown; values?: unknown; timestamps?: unknown } {
    try {
      return JSON.parse(line) ?? {}
    } catch (cause) {
      throw this.#invalid('what is not JSON', cause)
    }
  }

  #invalid(what: string, cause: unknown): HoldfastError {
    return new HoldfastError('node-answer-invalid', `${this.#at} exports ${what}`, {
      details: { address: this.#at },
      ...(cause === null ? {} : { cause }),
    })
  }
}

/** Checked by hand: there is a line for each series and day. */
function isLabels(metric: unknown): metric is Readonly<Record<string, string>> {
  if (typeof metric !== 'object' || metric === null || Array.isArray(metric)) return false
  return Object.values(metric).every((value) => typeof value === 'string')
}
