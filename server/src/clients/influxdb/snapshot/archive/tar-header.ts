/** Tar counts in blocks of this size. */
export const BLOCK = 512
/** Two blocks of zeros end an archive. */
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK)
/** What a server writes into a file at most is 2 GiB and a little. */
const MOST_BYTES = 4 * 1024 ** 3
/** What extends a header holds a path and little else. */
export const MOST_EXTENSION_BYTES = 64 * 1024

const NAME = [0, 100] as const
const SIZE = [124, 12] as const
const CHECKSUM = [148, 8] as const
const TYPE = 156
const MAGIC = [257, 5] as const
const PREFIX = [345, 155] as const

/** `file`: with data; `folder`: without; `extension`: its data are PAX records for the header that follows. */
export type TarType = 'file' | 'folder' | 'extension'

const TYPES: Readonly<Record<string, TarType>> = { '0': 'file', '\0': 'file', '5': 'folder', x: 'extension' }

/** A path is latin1: one character stands for one byte, so that nothing is lost whatever the names hold. */
export interface TarHeader {
  readonly path: string
  readonly type: TarType
  readonly size: number
}

/** Reads a header block. Throws RangeError that says what is wrong with it. */
export function parseHeader(block: Buffer): TarHeader {
  if (octal(block, CHECKSUM, 'checksum') !== checksumOf(block))
    throw new RangeError('a header has a wrong checksum')
  if (text(block, MAGIC) !== 'ustar') throw new RangeError('a header is not of the form ustar')
  const flag = String.fromCharCode(block[TYPE] ?? 0)
  const type = TYPES[flag]
  if (!type) throw new RangeError(`an entry is of type ${JSON.stringify(flag)}`)
  const size = octal(block, SIZE, 'size')
  const most = type === 'extension' ? MOST_EXTENSION_BYTES : MOST_BYTES
  if (size > most) throw new RangeError(`an entry says it has ${size} bytes`)
  if (type === 'folder' && size > 0) throw new RangeError('a folder has data')
  const prefix = text(block, PREFIX)
  const name = text(block, NAME)
  return { path: prefix === '' ? name : `${prefix}/${name}`, type, size }
}

/** Reads the records of an extension, `LENGTH KEY=VALUE\n` each. Throws RangeError. */
export function parseExtension(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>()
  const whole = bytes.toString('latin1')
  for (let at = 0; at < whole.length; ) {
    const digits = /^\d{1,6}(?= )/.exec(whole.slice(at, at + 7))?.[0]
    const length = Number(digits)
    const record = whole.slice(at, at + length)
    const equals = record.indexOf('=')
    if (!digits || record.length < length || !record.endsWith('\n') || equals < 0) {
      throw new RangeError('the extension of a header cannot be understood')
    }
    records.set(record.slice(digits.length + 1, equals), record.slice(equals + 1, -1))
    at += length
  }
  return records
}

/** The header of a file; a path it has no room for, or that is not ASCII, is put into an extension before it. */
export function fileHeader(path: string, size: number): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  if (path.length <= NAME[1] && /^[\x01-\x7f]*$/.test(path)) return headerBlock(path, '0', size)
  const record = extensionRecord('path', path)
  const padding = Buffer.alloc(paddingAfter(record.length))
  const [extension, file] = ['extension', 'file'].map((name) => `long-path/${name}`)
  return Buffer.concat([
    headerBlock(extension ?? '', 'x', record.length),
    record,
    padding,
    headerBlock(file ?? '', '0', size),
  ])
}

export function paddingAfter(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

/** Its length counts its own digits. */
function extensionRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`
  let length = rest.length
  while (`${length}${rest}`.length > length) length = `${length}${rest}`.length
  return Buffer.from(`${length}${rest}`, 'latin1')
}

function headerBlock(name: string, flag: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const put = (value: string, [start, length]: readonly [number, number]) =>
    block.write(value, start, length, 'latin1')
  put(name, NAME)
  put('0000644\0', [100, 8])
  put('0000000\0', [108, 8])
  put('0000000\0', [116, 8])
  put(`${size.toString(8).padStart(11, '0')}\0`, SIZE)
  put('00000000000\0', [136, 12])
  put(flag, [TYPE, 1])
  put('ustar\x0000', [MAGIC[0], 8])
  put(`${checksumOf(block).toString(8).padStart(6, '0')}\0 `, CHECKSUM)
  return block
}

/** The sum of all bytes, with blanks in place of the checksum itself. */
function checksumOf(block: Buffer): number {
  const [start, length] = CHECKSUM
  let sum = length * 0x20
  for (let at = 0; at < BLOCK; at += 1) if (at < start || at >= start + length) sum += block[at] ?? 0
  return sum
}

function octal(block: Buffer, [start, length]: readonly [number, number], what: string): number {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(block.toString('latin1', start, start + length))?.[1]
  if (digits === undefined) throw new RangeError(`the ${what} in a header is not a number`)
  return Number.parseInt(digits, 8)
}

function text(block: Buffer, [start, length]: readonly [number, number]): string {
  const whole = block.toString('latin1', start, start + length)
  const end = whole.indexOf('\0')
  return end < 0 ? whole : whole.slice(0, end)
}
