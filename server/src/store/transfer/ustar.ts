import { HoldfastError } from '@holdfast/contract'

const BLOCK_BYTES = 512
const NAME_BYTES = 100

/** Members are read into memory whole: what we write stays far below, anything above is not ours. */
export const MEMBER_LIMIT_BYTES = 16 * 1024 * 1024

export interface Member {
  name: string
  data: Buffer
}

/** The bytes of one plain file in a POSIX ustar archive. */
export function* memberBytes({ name, data }: Member): Generator<Buffer> {
  if (Buffer.byteLength(name) > NAME_BYTES || data.length > MEMBER_LIMIT_BYTES) {
    throw new HoldfastError('invariant-broken', 'a member does not fit into the archive', {
      details: { name, sizeBytes: data.length },
    })
  }
  const header = Buffer.alloc(BLOCK_BYTES)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${octal(data.length)}\0`, 124)
  header.write(`${octal(0)}\0`, 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148)
  yield header
  yield data
  yield Buffer.alloc(paddingOf(data.length))
}

/** An archive ends with two empty blocks; without them it was cut off. */
export function archiveEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK_BYTES)
}

/** The members of an archive as {@link memberBytes} writes them. Anything else is `backup-file-invalid`. */
export async function* readMembers(source: AsyncIterable<Buffer>): AsyncGenerator<Member> {
  const input = new BlockReader(source)
  for (;;) {
    const header = await input.read(BLOCK_BYTES)
    if (header.every((byte) => byte === 0)) break
    const sum = Number.parseInt(header.toString('latin1', 148, 154), 8)
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    if (sum !== checksum(header)) throw invalid('a header is damaged')
    if (!(size >= 0 && size <= MEMBER_LIMIT_BYTES)) throw invalid('a member is too large')
    const data = await input.read(size)
    await input.read(paddingOf(size))
    yield { name: header.toString('utf8', 0, header.indexOf(0)), data }
  }
  const last = await input.read(BLOCK_BYTES)
  if (last.some((byte) => byte !== 0) || !(await input.atEnd())) throw invalid('something follows its end')
}

class BlockReader {
  readonly #source: AsyncIterator<Buffer>
  #chunks: Buffer[] = []
  #available = 0

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async read(size: number): Promise<Buffer> {
    while (this.#available < size) {
      if (!(await this.#more())) throw invalid('it was cut off')
    }
    const all = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
    this.#chunks = [all.subarray(size)]
    this.#available -= size
    return all.subarray(0, size)
  }

  async atEnd(): Promise<boolean> {
    while (this.#available === 0) {
      if (!(await this.#more())) return true
    }
    return false
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next()
    if (next.done) return false
    this.#chunks.push(next.value)
    this.#available += next.value.length
    return true
  }
}

/** Of a header, its own checksum field counted as spaces. */
function checksum(header: Buffer): number {
  let sum = 8 * 32
  for (const [index, byte] of header.entries()) if (index < 148 || index >= 156) sum += byte
  return sum
}

function octal(value: number): string {
  return value.toString(8).padStart(11, '0')
}

function paddingOf(size: number): number {
  return (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES
}

export function invalid(reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError('backup-file-invalid', `the backup file cannot be used: ${reason}`, { cause })
}
