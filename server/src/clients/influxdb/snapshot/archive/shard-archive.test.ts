import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { HasDeletes, RenamedArchive, ShardArchive } from './shard-archive.ts'
import { isDatabaseName } from './shard-file.ts'
import { END_OF_ARCHIVE, fileHeader, paddingAfter } from './tar-header.ts'
import { TarReader } from './tar-reader.ts'

const SIZES = [1, 511, 512, 513, 1024, 5000, 0, 100_000]

function archiveOf(files: readonly [string, Buffer][]): Buffer {
  const entries = files.flatMap(([path, data]) => [
    fileHeader(path, data.length),
    data,
    Buffer.alloc(paddingAfter(data.length)),
  ])
  return Buffer.concat([...entries, END_OF_ARCHIVE])
}

function tsm(number: number): string {
  return `${String(number).padStart(9, '0')}-000000001.tsm`
}

function renamed(archive: Buffer, chunkBytes: number): { pieces: Buffer[]; archive: RenamedArchive } {
  const rename = new RenamedArchive(3, { database: 'neue Daten ☃', shardId: 77 })
  const pieces: Buffer[] = []
  for (let at = 0; at < archive.length; at += chunkBytes) {
    rename.push(archive.subarray(at, at + chunkBytes))
    pieces.push(...rename.takePieces())
  }
  pieces.push(rename.lastPiece())
  return { pieces, archive: rename }
}

describe('an archive under new names', () => {
  const files = SIZES.map((size, index): [string, Buffer] => [`db/rp 90d/3/${tsm(index)}`, randomBytes(size)])
  const target = Buffer.from('neue Daten ☃/rp 90d/77/').toString('latin1')
  const wanted = archiveOf(files.map(([, data], index) => [target + tsm(index), data]))

  it.each([1, 7, 512, 513, 4096, 1_000_000])('chunks of %d bytes', (chunkBytes) => {
    const { pieces, archive } = renamed(archiveOf(files), chunkBytes)
    expect(Buffer.concat(pieces).equals(wanted)).toBe(true)
    expect(archive.isComplete).toBe(true)
    const prints = files.map(([, data], index) => [tsm(index), { size: data.length, crc: crc32(data) }])
    expect([...archive.files]).toEqual(prints)
  })

  it('no piece ends between two files, where the destination would take what it has for the whole', () => {
    const full = files.filter(([, data]) => data.length > 0)
    const { pieces } = renamed(archiveOf(full), 512)
    for (let sent = 1; sent < pieces.length; sent += 1) {
      const reader = new TarReader({ file: () => undefined, data: () => undefined })
      reader.push(Buffer.concat(pieces.slice(0, sent)))
      const end = () => reader.push(END_OF_ARCHIVE) ?? reader.isComplete
      expect(isComplete(end), `after ${sent} pieces`).toBe(false)
    }
  })

  it('what a server makes anew by itself is left out', () => {
    const others: [string, Buffer][] = [
      ['db/rp/3/fields.idx', Buffer.from('x')],
      ['db/rp/3/index/0/L0-00000001.tsl', Buffer.from('y')],
    ]
    const { pieces, archive } = renamed(archiveOf(others), 100)
    expect(Buffer.concat(pieces).equals(END_OF_ARCHIVE)).toBe(true)
    expect(archive.files.size).toBe(0)
  })

  it('deletes stop it', () => {
    const bytes = archiveOf([['db/rp/3/000000001-000000001.tombstone', Buffer.from('x')]])
    expect(() => renamed(bytes, 512)).toThrow(HasDeletes)
    const shard = new ShardArchive(3)
    shard.push(bytes)
    expect(shard.isComplete).toBe(true)
  })
})

describe('refused', () => {
  it.each([
    ['/etc/passwd', /not that of a shard/],
    ['/db/rp/3/000000001-000000001.tsm', /not that of a shard/],
    ['../rp/3/000000001-000000001.tsm', /not that of a shard/],
    ['db/../3/000000001-000000001.tsm', /not that of a shard/],
    ['db/rp/3/../000000001-000000001.tsm', /not that of a shard/],
    ['db/rp/3//000000001-000000001.tsm', /not that of a shard/],
    ['db/rp/4/000000001-000000001.tsm', /not of shard 3/],
    ['db/rp/03/000000001-000000001.tsm', /not of shard 3/],
    ['db/rp/3', /not that of a shard/],
    ['db/rp/3/000000001-000000001.tsm.tmp', /a file is named/],
    ['db/rp/3/x.sh', /a file is named/],
  ])('%s', (path, message) => {
    const archive = new ShardArchive(3)
    expect(() => archive.push(archiveOf([[path, Buffer.from('x')]]))).toThrow(message)
  })

  it('a file that comes twice', () => {
    const archive = new ShardArchive(3)
    const file: [string, Buffer] = [`db/rp/3/${tsm(1)}`, Buffer.from('x')]
    expect(() => archive.push(archiveOf([file, file]))).toThrow(/comes twice/)
  })
})

describe('names of databases', () => {
  it.each(['db', 'a b', 'ñ☃ 日本', "it's", '...', '"q"', '_internal'])('%s is one', (name) => {
    expect(isDatabaseName(name)).toBe(true)
  })

  it.each(['', '.', '..', 'a/b', 'a\\b', 'a\nb', 'a\u0000b', 'a\u00a0b', '\ud800', 'x'.repeat(256)])(
    '%j is none',
    (name) => {
      expect(isDatabaseName(name)).toBe(false)
    },
  )
})

function isComplete(end: () => boolean | undefined): boolean {
  try {
    return end() ?? false
  } catch {
    return false
  }
}
