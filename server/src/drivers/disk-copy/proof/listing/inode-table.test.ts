import { expect, it } from 'vitest'
import { HashedFiles } from './hashed-files.ts'
import { InodeTable } from './inode-table.ts'

it('keeps a number for every inode, however many and however large', () => {
  const table = new InodeTable()
  const inodes = Array.from({ length: 50_000 }, (_, n) => BigInt(n * 257 + 1))
  const large = [2n ** 40n, 2n ** 40n + 2n ** 32n, 2n ** 53n - 1n, 2n ** 60n, 2n ** 60n + 1n]
  for (const [value, inode] of [...inodes, ...large].entries()) table.set(inode, value)
  for (const [value, inode] of [...inodes, ...large].entries()) expect(table.get(inode)).toBe(value)
  table.set(1n, 7)
  expect([table.get(1n), table.get(2n), table.get(2n ** 61n)]).toEqual([7, undefined, undefined])
})

it('knows the hash of a file as long as nobody has touched it', () => {
  const files = new HashedFiles()
  const of = (n: number) => ({ inode: BigInt(n), ctime: BigInt(n) * 10n ** 14n, sizeBytes: n })
  for (let n = 1; n < 20_000; n += 1) files.add({ ...of(n), sha256: n.toString(16).padStart(64, '0') })
  expect(files.find(of(17_000))).toBe((17_000).toString(16).padStart(64, '0'))
  expect(files.find({ ...of(5), ctime: 1n })).toBeNull()
  expect(files.find({ ...of(5), sizeBytes: 1 })).toBeNull()
  expect(files.find(of(20_000))).toBeNull()
  files.add({ ...of(5), ctime: 1n, sha256: 'f'.repeat(64) })
  expect(files.find({ ...of(5), ctime: 1n })).toBe('f'.repeat(64))
})

it('knows that a file has no attributes as long as nobody has touched it', () => {
  const files = new HashedFiles()
  const file = { inode: 7n, ctime: 5n, sizeBytes: 3 }
  files.addWithoutAttributes(file)
  expect([files.hasNoAttributes(file), files.find(file)]).toEqual([true, null])
  files.add({ ...file, sha256: 'a'.repeat(64) })
  expect([files.hasNoAttributes(file), files.find(file)]).toEqual([true, 'a'.repeat(64)])
  const touched = { ...file, ctime: 6n }
  expect(files.hasNoAttributes(touched)).toBe(false)
  files.add({ ...touched, sha256: 'b'.repeat(64) })
  expect([files.hasNoAttributes(touched), files.hasNoAttributes(file)]).toEqual([false, false])
})

it('learns of so many files only that a million of them leave room for everything else', () => {
  const files = new HashedFiles()
  let count = 0
  for (; !files.isFull && count < 1_500_000; count += 1)
    files.addWithoutAttributes({ inode: BigInt(count + 1), ctime: 1n, sizeBytes: 1 })
  expect(count).toBeLessThan((2 ** 20 * 2) / 3)
  const more = { inode: 2_000_000n, ctime: 1n, sizeBytes: 1 }
  files.addWithoutAttributes(more)
  expect(files.hasNoAttributes(more)).toBe(false)
  expect(files.hasNoAttributes({ ...more, inode: 1n })).toBe(true)
}, 60_000)
