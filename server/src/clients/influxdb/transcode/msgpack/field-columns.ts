import type { WindowDigest } from '../digest/window-digest.ts'
import { QUOTE } from '../line/bytes.ts'
import { escapeName } from '../line/names.ts'
import { NUMBER_ROOM } from '../line/print-number.ts'

/** Room for a number or a string of 31 bytes, each escaped, with its quotes. */
const VALUE_ROOM = Math.max(NUMBER_ROOM, 2 * 31 + 2)

/** What writing the field columns of an answer needs to know, worked out once for all rows that have the same columns. */
export class FieldColumns {
  readonly count: number
  /** Per column `,key=` as line protocol writes it; the first field of a line leaves out the comma. */
  readonly prefixes: readonly Uint8Array[]
  /** Per column the slot in the digest. */
  readonly slots: Int32Array
  /** Per column 1 where the field holds unsigned integers, which msgpack does not tell for 0 to 127. */
  readonly unsigned: Uint8Array
  /** Room that a row of these columns needs, apart from strings of 32 bytes and more. */
  readonly room: number
  /** Whether a field key has a quote, which matters to `LineSplit.keyIsSafe`. */
  readonly haveQuotes: boolean
  /** Values in the row that was written last. */
  written = 0

  constructor(keys: readonly Uint8Array[], digest: WindowDigest | null, unsigned: ReadonlySet<string>) {
    this.count = keys.length
    this.prefixes = keys.map((key) =>
      Buffer.concat([Buffer.from(','), escapeName('field key', key), Buffer.from('=')]),
    )
    this.slots = Int32Array.from(keys, (key) => digest?.slot(key) ?? 0)
    this.unsigned = Uint8Array.from(keys, (key) => (unsigned.has(Buffer.from(key).toString('utf8')) ? 1 : 0))
    this.room = this.prefixes.reduce((sum, prefix) => sum + prefix.length + VALUE_ROOM, 2 * NUMBER_ROOM)
    this.haveQuotes = keys.some((key) => key.includes(QUOTE))
  }
}
