import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { archiveEnd, type Member, memberBytes, readMembers } from './ustar.ts'

function archive(members: Member[]): Buffer {
  return Buffer.concat([...members.flatMap((member) => [...memberBytes(member)]), archiveEnd()])
}

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(bytes: Buffer, size = 700) {
  const members: Member[] = []
  for await (const member of readMembers(inPieces(bytes, size))) members.push(member)
  return members
}

const TWO = [
  { name: 'format.json', data: Buffer.from('{}') },
  { name: 'tables/runs/000001.copy', data: Buffer.alloc(1500, 'x\n') },
]

describe('ustar', () => {
  it('reads back what it wrote, however the bytes arrive', async () => {
    const member = fc.record({
      name: fc.stringMatching(/^[a-z/]{1,90}$/),
      data: fc.uint8Array({ maxLength: 1200 }).map((bytes) => Buffer.from(bytes)),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { maxLength: 4 }),
        fc.integer({ min: 1, max: 3000 }),
        async (members, size) => {
          expect(await readAll(archive(members), size)).toEqual(members)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is an archive for the tar everybody has', () => {
    const listing = execFileSync('tar', ['-tvf', '-'], { input: archive(TWO), encoding: 'utf8' })
    expect(listing).toMatch(
      /-rw------- 0\/0 +2 .* format\.json\n-rw------- 0\/0 +1500 .* tables\/runs\/000001\.copy\n/,
    )
  })

  it('notices a cut at any block', async () => {
    const bytes = archive(TWO)
    for (let length = 0; length < bytes.length; length += 512) {
      await expect(readAll(bytes.subarray(0, length))).rejects.toMatchObject({ code: 'backup-file-invalid' })
    }
  })

  it('refuses a damaged header, a huge member and bytes after the end', async () => {
    const bytes = archive(TWO)
    const damaged = Buffer.from(bytes)
    damaged[3] = 0x20
    await expect(readAll(damaged)).rejects.toThrow('header is damaged')
    await expect(readAll(Buffer.concat([bytes, Buffer.from('x')]))).rejects.toThrow('follows its end')
    expect(() => [...memberBytes({ name: 'x'.repeat(101), data: Buffer.alloc(0) })]).toThrow('does not fit')
  })
})
