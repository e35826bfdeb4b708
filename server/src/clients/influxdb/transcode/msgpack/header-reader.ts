import { HoldfastError } from '@holdfast/contract'
import { byteAt } from '../line/bytes.ts'
import {
  ARRAY16,
  ARRAY32,
  FALSE,
  FIXARRAY,
  FIXMAP,
  isText,
  MAP16,
  MAP32,
  TRUE,
  textHead,
  textLength,
  WIDTH,
  wordAt,
} from './tags.ts'

/** Thrown, without a stack, when a value goes on in a chunk that has not come yet: nobody but the answer reader sees it. */
export const SHORT = Symbol('more bytes are needed')

/** What the server sends is never nested deeper. */
const DEEPEST = 8

/** Reads the parts of an answer around its rows, one value after the other. Throws SHORT where the bytes end. */
export class HeaderReader {
  at = 0
  bytes: Buffer = Buffer.alloc(0)
  /** How far the bytes would have to reach at least, after SHORT. */
  wanted = 0
  #end = 0

  reset(bytes: Buffer, at: number, end: number): void {
    this.bytes = bytes
    this.at = at
    this.#end = end
  }

  /** How many entries the map has that begins here. */
  mapSize(): number {
    return this.#size(FIXMAP, MAP16, MAP32, 'map')
  }

  arraySize(): number {
    return this.#size(FIXARRAY, ARRAY16, ARRAY32, 'list')
  }

  /** The bytes of a string: a view, valid until the next chunk. */
  text(): Buffer {
    const start = this.#passText()
    return this.bytes.subarray(start, this.at)
  }

  /** A string that is the key of a map. */
  key(): string {
    const start = this.#passText()
    return this.bytes.toString('latin1', start, this.at)
  }

  /** Passes over these bytes if the very same ones begin here. */
  passSame(bytes: Buffer): boolean {
    const end = this.at + bytes.length
    if (bytes.length === 0 || end > this.#end || bytes.compare(this.bytes, this.at, end) !== 0) return false
    this.at = end
    return true
  }

  boolean(): boolean {
    const tag = this.#tag()
    if (tag !== TRUE && tag !== FALSE) throw garbage('a boolean', tag)
    this.at++
    return tag === TRUE
  }

  /** Passes over whatever begins here. */
  skip(depth = 0): void {
    if (depth > DEEPEST) throw garbage('an answer of a server', this.#tag())
    const tag = this.#tag()
    const map = (tag & 0xf0) === FIXMAP || tag === MAP16 || tag === MAP32
    if (map || (tag & 0xf0) === FIXARRAY || tag === ARRAY16 || tag === ARRAY32) {
      for (let left = map ? 2 * this.mapSize() : this.arraySize(); left > 0; left--) this.skip(depth + 1)
    } else if (isText(tag)) this.#passText()
    else {
      const width = WIDTH[tag] as number
      if (width === 0) throw garbage('a value', tag)
      this.#need(width)
      this.at += width
    }
  }

  /** Passes over a string. Returns where its bytes begin. */
  #passText(): number {
    const tag = this.#tag()
    if (!isText(tag)) throw garbage('a string', tag)
    const head = textHead(tag)
    this.#need(head)
    const length = textLength(this.bytes, this.at)
    this.#need(head + length)
    const start = this.at + head
    this.at = start + length
    return start
  }

  #size(fixed: number, two: number, four: number, what: string): number {
    const tag = this.#tag()
    if ((tag & 0xf0) === fixed) {
      this.at++
      return tag & 0x0f
    }
    if (tag !== two && tag !== four) throw garbage(`a ${what}`, tag)
    const width = tag === two ? 3 : 5
    this.#need(width)
    const size = tag === two ? this.bytes.readUInt16BE(this.at + 1) : wordAt(this.bytes, this.at + 1) >>> 0
    this.at += width
    return size
  }

  #tag(): number {
    this.#need(1)
    return byteAt(this.bytes, this.at)
  }

  #need(count: number): void {
    if (this.at + count <= this.#end) return
    this.wanted = this.at + count
    throw SHORT
  }
}

/** What came is not an answer of InfluxDB in msgpack. */
export function garbage(expected: string, tag: number): HoldfastError {
  const byte = tag.toString(16).padStart(2, '0')
  return new HoldfastError(
    'node-answer-invalid',
    `The answer is not the msgpack of an InfluxDB: the byte 0x${byte} came where ${expected} should begin`,
  )
}
