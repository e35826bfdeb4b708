import { BACKSLASH, byteAt, COMMA, EQUALS, QUOTE } from './line/bytes.ts'
import type { LineBuffer } from './line/line-buffer.ts'
import { LineFrame } from './line/line-frame.ts'
import { LineReader } from './line/line-reader.ts'
import { nameText } from './line/name-text.ts'

/** Which lines are passed on; what is left out lets every line pass. Names come as `nameText` gives them. */
export interface LineSelection {
  measurement?: (name: string) => boolean
  /** Called once for each series that follows another one. */
  tags?: (tags: ReadonlyMap<string, string>) => boolean
  /** From this time on, in nanoseconds, */
  startNs?: bigint
  /** and before this one. */
  endNs?: bigint
}

/**
 * Passes on those lines of line protocol that are selected, byte for byte. For restores of one measurement, some series or
 * a time range out of the files of a vault. Throws `restore-point-damaged` for what is not line protocol.
 */
export class LineFilter {
  /** Lines read, and lines passed on. */
  read = 0
  passed = 0
  readonly #out: LineBuffer
  readonly #selection: LineSelection
  readonly #start: Instant | null
  readonly #end: Instant | null
  #name = ''
  readonly #tags = new Map<string, string>()
  /** Whether the present series is selected; null until somebody has asked. */
  #selected: boolean | null = null
  readonly #frame = new LineFrame({
    measurement: (bytes) => {
      this.#name = nameText(bytes)
      this.#tags.clear()
      this.#selected = null
    },
    tag: (key, value) => this.#tags.set(nameText(key), nameText(value)),
  })
  readonly #reader = new LineReader((bytes, start, end) => this.#line(bytes, start, end))

  constructor(out: LineBuffer, selection: LineSelection) {
    this.#out = out
    this.#selection = selection
    this.#start = selection.startNs === undefined ? null : instant(selection.startNs)
    this.#end = selection.endNs === undefined ? null : instant(selection.endNs)
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Reads what is left. The lines passed on last wait in the buffer for its `flush`. */
  end(): void {
    this.#reader.end()
  }

  #line(bytes: Buffer, start: number, end: number): void {
    const frame = this.#frame
    const wrong = frame.read(bytes, start, end)
    if (wrong !== null) throw this.#reader.damaged(wrong)
    this.read++
    this.#selected ??=
      (this.#selection.measurement?.(this.#name) ?? true) && (this.#selection.tags?.(this.#tags) ?? true)
    if (!this.#selected) return
    if (this.#start !== null && before(frame, this.#start)) return
    if (this.#end !== null && !before(frame, this.#end)) return
    this.passed++
    this.#out.room(end - start + 1)
    const to = this.#out.position
    bytes.copy(this.#out.bytes, to, start, end)
    this.#out.endLine(to + end - start, countFields(bytes, frame.fieldsStart, frame.fieldsEnd))
  }
}

/** A time as the two halves of an int64. */
interface Instant {
  high: number
  low: number
}

function instant(nanoseconds: bigint): Instant {
  return { high: Number(nanoseconds >> 32n), low: Number(BigInt.asUintN(32, nanoseconds)) }
}

function before(line: { timeHigh: number; timeLow: number }, limit: Instant): boolean {
  return line.timeHigh < limit.high || (line.timeHigh === limit.high && line.timeLow >>> 0 < limit.low)
}

/** Fields of a line: one for each equals sign outside of strings and escapes. */
function countFields(bytes: Buffer, start: number, end: number): number {
  let count = 0
  let commas = 0
  let quoted = false
  for (let at = start; at < end; at++) {
    const byte = byteAt(bytes, at)
    if (byte === BACKSLASH) at++
    else if (byte === QUOTE && count > commas) quoted = !quoted
    else if (byte === EQUALS && !quoted) count++
    else if (byte === COMMA && !quoted) commas++
  }
  return count
}
