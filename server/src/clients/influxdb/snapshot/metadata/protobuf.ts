/** One field of a protobuf message: its number, its value, and all its bytes with the tag, as they stood. */
export interface ProtobufField {
  readonly number: number
  /** A varint as bigint; anything else as its bytes. */
  readonly value: bigint | Buffer
  readonly whole: Buffer
}

/** Wire types; groups (3 and 4) are long out of use. */
const VARINT = 0
const BYTES = 2
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 }

/** The fields of a message in their order. Throws RangeError where it is not protobuf. */
export function* protobufFields(message: Buffer): Generator<ProtobufField> {
  let at = 0
  while (at < message.length) {
    const tag = varint(message, at)
    const [number, wire] = [Number(tag.value >> 3n), Number(tag.value & 7n)]
    if (number === 0) throw new RangeError(`field number 0 at byte ${at}`)
    const { value, end } = fieldValue(message, tag.end, wire)
    yield { number, value, whole: message.subarray(at, end) }
    at = end
  }
}

/** A field with bytes, made anew. */
export function protobufBytes(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varintOf((number << 3) | BYTES), varintOf(bytes.length), bytes])
}

function fieldValue(message: Buffer, start: number, wire: number): { value: bigint | Buffer; end: number } {
  if (wire === VARINT) return varint(message, start)
  const length = wire === BYTES ? varint(message, start) : { value: BigInt(fixedLength(wire)), end: start }
  const end = length.end + Number(length.value)
  if (end > message.length) throw new RangeError(`a field at byte ${start} goes beyond the end`)
  return { value: message.subarray(length.end, end), end }
}

function fixedLength(wire: number): number {
  const length = FIXED[wire]
  if (length === undefined) throw new RangeError(`unknown wire type ${wire}`)
  return length
}

function varint(message: Buffer, start: number): { value: bigint; end: number } {
  let value = 0n
  for (let at = start; at < start + 10; at += 1) {
    const byte = message[at]
    if (byte === undefined) throw new RangeError(`a number at byte ${start} goes beyond the end`)
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start))
    if (byte < 0x80) return { value, end: at + 1 }
  }
  throw new RangeError(`a number at byte ${start} does not end`)
}

function varintOf(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return Buffer.from([...bytes, rest])
}
