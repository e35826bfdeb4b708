import { describe, expect, it } from 'vitest'
import { onlyDatabase } from './one-database.ts'
import { protobufBytes, protobufFields } from './protobuf.ts'

const number = (field: number, value: number) => Buffer.from([field << 3, value])
const shard = (id: number) => protobufBytes(5, number(1, id))
const group = (...parts: Buffer[]) => protobufBytes(5, Buffer.concat(parts))
const policy = (name: string, ...groups: Buffer[]) =>
  protobufBytes(3, Buffer.concat([protobufBytes(1, Buffer.from(name)), ...groups]))

function database(name: string, ...parts: Buffer[]): Buffer {
  return protobufBytes(5, Buffer.concat([protobufBytes(1, Buffer.from(name)), ...parts]))
}

const METADATA = Buffer.concat([
  number(1, 4),
  number(2, 13),
  database('other', policy('autogen', group(number(1, 1), shard(9)))),
  database(
    'src ☃',
    policy('autogen'),
    policy('rp 90d', group(number(1, 3), shard(3), shard(4)), group(number(1, 4), number(4, 99), shard(5))),
    policy('short', group(number(1, 6), number(4, 0), shard(7))),
    protobufBytes(4, Buffer.from('CREATE CONTINUOUS QUERY')),
  ),
  protobufBytes(6, Buffer.from('joe $2a$10$hash')),
  number(9, 13),
])

describe('metadata of one database', () => {
  it('names its shards, without those of deleted groups', () => {
    expect(onlyDatabase(METADATA, 'src ☃').shardIds).toEqual([3, 4, 7])
  })

  it('holds no other database, no users with their hashes, no continuous queries', () => {
    const { bytes } = onlyDatabase(METADATA, 'src ☃')
    expect([...protobufFields(bytes)].map((field) => field.number)).toEqual([1, 2, 9, 5])
    expect(onlyDatabase(bytes, 'src ☃').bytes.equals(bytes)).toBe(true)
    for (const left of ['hash', 'joe', 'other', 'CONTINUOUS']) expect(bytes.includes(left), left).toBe(false)
  })

  it('a database that is not there', () => {
    expect(() => onlyDatabase(METADATA, 'src')).toThrow(expect.objectContaining({ code: 'database-absent' }))
  })

  it('metadata that are cut off, or none at all', () => {
    for (const bytes of [
      METADATA.subarray(0, -1),
      METADATA.subarray(0, 20),
      Buffer.from('HTTP/1.1 400'),
      Buffer.alloc(9),
    ]) {
      expect(() => onlyDatabase(bytes, 'src ☃')).toThrow(
        expect.objectContaining({ code: 'node-answer-invalid' }),
      )
    }
  })
})
