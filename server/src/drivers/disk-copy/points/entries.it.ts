import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page, PointEntry } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { asRestorePoint } from '../../test-context.ts'
import { Bench } from '../test-bench.ts'
import { diskCopyPoints } from './points.ts'
import { diskCopyRestore } from './restore.ts'

async function entries(bench: Bench, path: string, after: string | null = null, limit = 200) {
  const { signal, log } = bench.context()
  const asked = { path, after, limit, signal, log }
  return (await diskCopyPoints.entries?.(bench.vault, await bench.newest(), asked)) as Page<PointEntry>
}

async function restored(bench: Bench, target: string, paths: string[]): Promise<void> {
  const [found] = await bench.list()
  if (!found) throw new Error('there is one')
  const options = { existing: 'refuse' } as const
  const input = { point: asRestorePoint(found), vault: bench.vault, target, paths, options }
  const cx = bench.context()
  await diskCopyRestore.run(cx, input, await diskCopyRestore.plan(cx, input))
}

describe.skipIf(requires('rsync'))('what is in a restore point', () => {
  it('is told folder by folder, folders first', async () => {
    await using bench = await Bench.open()
    await bench.fill({ 'b/x': '1', 'b/c/d': '22', a: '333', 'a!/x': '', z: '' })
    await symlink('../a', join(bench.source, 'b/up'))
    execFileSync('touch', ['-d', '2026-01-02T03:04:05.678Z', join(bench.source, 'a')])
    await bench.run()
    const names = async (path: string) => (await entries(bench, path)).items.map((item) => item.path)
    expect(await names('')).toEqual(['a!', 'b', 'a', 'z'])
    expect(await names('b')).toEqual(['b/c', 'b/up', 'b/x'])
    expect(await names('./b/c/')).toEqual(['b/c/d'])
    expect((await entries(bench, '')).items[2]).toEqual({
      ...{ path: 'a', name: 'a', type: 'file', sizeBytes: 3, target: null },
      modifiedAt: '2026-01-02T03:04:05.678Z',
    })
    expect((await entries(bench, 'b')).items[1]).toMatchObject({ type: 'link', target: '../a' })
    for (const wrong of ['a', 'b/up', 'none', '../b', '/b'])
      await expect(entries(bench, wrong)).rejects.toMatchObject({ code: 'config-invalid' })
  })

  it('comes in pages, each entry once', async () => {
    await using bench = await Bench.open()
    for (let n = 0; n < 25; n += 1) await bench.fill({ [`f/file ${n}`]: '', [`f/folder ${n}/x`]: '' })
    await bench.run()
    const seen: string[] = []
    for (let after: string | null = null, pages = 0; ; pages += 1) {
      const page: Page<PointEntry> = await entries(bench, 'f', after, 7)
      seen.push(...page.items.map((item) => item.name))
      after = page.next
      if (after === null) {
        expect(pages).toBe(7)
        break
      }
    }
    expect(new Set(seen).size).toBe(50)
    expect(seen.findIndex((name) => name.startsWith('file'))).toBe(25)
  })

  it('names everything in a way that a restore understands', async () => {
    await using bench = await Bench.open()
    const odd = [
      Buffer.from('line\nfeed'),
      Buffer.from('back\\xe9'),
      Buffer.of(0xe9, 0x2e),
      Buffer.from('caf\u00e9'),
    ]
    await mkdir(Buffer.concat([Buffer.from(`${bench.source}/d-`), Buffer.of(0xff)]))
    for (const [n, name] of odd.entries()) {
      const folder = Buffer.concat([Buffer.from(`${bench.source}/d-`), Buffer.of(0xff, 0x2f)])
      await writeFile(Buffer.concat([folder, name]), `${n}`)
    }
    await bench.run()
    const [folder] = (await entries(bench, '')).items
    expect(folder?.path).toBe('d-\\xff')
    const { items } = await entries(bench, folder?.path ?? '')
    expect(items).toHaveLength(4)
    for (const [n, item] of items.entries()) {
      const target = join(bench.directory, `back-${n}`)
      await restored(bench, target, [JSON.parse(JSON.stringify(item.path))])
      const [parent = Buffer.of()] = await readdir(Buffer.from(target), { encoding: 'buffer' })
      const inside = Buffer.concat([Buffer.from(`${target}/`), parent])
      const [name = Buffer.of(), ...others] = await readdir(inside, { encoding: 'buffer' })
      expect(others).toEqual([])
      const content = await readFile(Buffer.concat([inside, Buffer.from('/'), name]), 'utf8')
      expect(odd[Number(content)]).toEqual(name)
    }
  })
})
