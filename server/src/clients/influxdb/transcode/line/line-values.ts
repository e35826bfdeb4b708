import { VALUE_TYPE } from '../digest/window-digest.ts'
import { BACKSLASH, byteAt, COMMA, QUOTE } from './bytes.ts'
import { LineFrame } from './line-frame.ts'
import { LineReader } from './line-reader.ts'
import { NumberReader } from './read-number.ts'
import { fieldKeyEnd, type KeyParts, unescapeName } from './series-key.ts'

const TRUE_TEXTS = new Set(['t', 'T', 'true', 'True', 'TRUE'])
const FALSE_TEXTS = new Set(['f', 'F', 'false', 'False', 'FALSE'])

/** Takes what lines hold. A series is told only when it is another one than that of the line before. */
export interface LineVisitor extends KeyParts {
  /** A point begins: its time as the two halves of an int64. */
  row(timeHigh: number, timeLow: number): void
  /** The number under which the values of a field are told from now on. */
  slot(fieldKey: Buffer): number
  /** A value of the point that is no string: the two halves of its 64 bits (of a boolean 0 or 1). */
  add(slot: number, type: number, high: number, low: number): void
  /** A string of the point: its bytes without quotes and escapes. */
  addText(slot: number, bytes: Uint8Array, start: number, end: number): void
}

interface FieldText {
  /** The key as the line has it, with its equals sign. */
  text: Buffer
  slot: number
}

/**
 * Reads line protocol, of our own files or anything else that InfluxDB would take, value by value. Every line needs a time.
 * Throws `restore-point-damaged` for what is not line protocol. All bytes that the visitor gets are valid during the call
 * only, those of a series until its first row.
 */
export class LineValues {
  readonly #visitor: LineVisitor
  readonly #frame: LineFrame
  readonly #number = new NumberReader()
  readonly #reader = new LineReader((bytes, start, end) => this.#line(bytes, start, end))
  /** Fields in the order in which lines had them, by which the next line is nearly always right guessed. */
  readonly #fields: FieldText[] = []
  readonly #fieldByText = new Map<string, number>()
  #guess = 0
  #scratch: Buffer = Buffer.alloc(0)

  constructor(visitor: LineVisitor) {
    this.#visitor = visitor
    this.#frame = new LineFrame(visitor)
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  end(): void {
    this.#reader.end()
  }

  #line(bytes: Buffer, start: number, end: number): void {
    const frame = this.#frame
    const wrong = frame.read(bytes, start, end)
    if (wrong !== null) throw this.#reader.damaged(wrong)
    this.#visitor.row(frame.timeHigh, frame.timeLow)
    this.#guess = 0
    let at = frame.fieldsStart
    for (;;) {
      const field = this.#field(bytes, at, frame.fieldsEnd)
      const value = at + field.text.length
      at = this.#value(bytes, value, frame.fieldsEnd, field.slot)
      if (at === frame.fieldsEnd) return
      if (bytes[at] !== COMMA) throw this.#reader.damaged('a field is followed by something else')
      at++
    }
  }

  /** The field whose key begins at `at`. */
  #field(bytes: Buffer, at: number, end: number): FieldText {
    for (let guess = this.#guess; guess < this.#fields.length && guess < this.#guess + 4; guess++) {
      const field = this.#fields[guess] as FieldText
      if (startsWith(bytes, at, end, field.text)) {
        this.#guess = guess + 1
        return field
      }
    }
    const equals = fieldKeyEnd(bytes, at, end)
    if (equals <= at) throw this.#reader.damaged('a field has no key or no value')
    const text = bytes.toString('latin1', at, equals + 1)
    let index = this.#fieldByText.get(text)
    if (index === undefined) {
      index = this.#fields.length
      const slot = this.#visitor.slot(unescapeName(bytes, at, equals, true))
      this.#fields.push({ text: Buffer.from(bytes.subarray(at, equals + 1)), slot })
      this.#fieldByText.set(text, index)
    }
    this.#guess = index + 1
    return this.#fields[index] as FieldText
  }

  /** Tells the value that begins at `start`; returns the offset after it. */
  #value(bytes: Buffer, start: number, limit: number, slot: number): number {
    if (bytes[start] === QUOTE) return this.#text(bytes, start + 1, limit, slot)
    let end = start
    while (end < limit && bytes[end] !== COMMA) end++
    const number = this.#number
    if (number.read(bytes, start, end)) {
      this.#visitor.add(slot, number.type, number.high, number.low)
      return end
    }
    const text = bytes.toString('latin1', start, Math.min(end, start + 40))
    const truth = TRUE_TEXTS.has(text)
    if (!truth && !FALSE_TEXTS.has(text))
      throw this.#reader.damaged(`${JSON.stringify(text)} is neither a number, a boolean nor a string`)
    this.#visitor.add(slot, VALUE_TYPE.boolean, 0, truth ? 1 : 0)
    return end
  }

  /** A string that begins at `start`, behind its quote. A backslash hides only a quote or a backslash. */
  #text(bytes: Buffer, start: number, limit: number, slot: number): number {
    let at = start
    let escapes = false
    for (; at < limit && bytes[at] !== QUOTE; at++) {
      if (bytes[at] !== BACKSLASH) continue
      escapes = true
      at++
    }
    if (at >= limit) throw this.#reader.damaged('a string has no end')
    if (escapes) {
      const length = this.#unescape(bytes, start, at)
      this.#visitor.addText(slot, this.#scratch, 0, length)
    } else this.#visitor.addText(slot, bytes, start, at)
    return at + 1
  }

  /** Puts a string without its escapes into the scratch buffer; returns its length. */
  #unescape(bytes: Buffer, start: number, end: number): number {
    if (end - start > this.#scratch.length) this.#scratch = Buffer.alloc(2 * (end - start))
    let to = 0
    for (let at = start; at < end; at++) {
      const next = bytes[at + 1]
      if (bytes[at] === BACKSLASH && at + 1 < end && (next === QUOTE || next === BACKSLASH)) at++
      this.#scratch[to++] = byteAt(bytes, at)
    }
    return to
  }
}

function startsWith(bytes: Buffer, at: number, end: number, text: Buffer): boolean {
  const { length } = text
  if (at + length > end) return false
  for (let i = 0; i < length; i++) if (bytes[at + i] !== text[i]) return false
  return true
}
