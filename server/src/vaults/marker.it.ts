import { mkdir, mkdtempDisposable, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LoopDisk } from '../../../tools/lab/loop-disk.ts'
import { requires } from '../../../tools/lab/requires.ts'
import { newId } from '../kit/ids.ts'
import { claimVault, inspectVault, type OwnPlace, openVault, refuseForgotten } from './marker.ts'

const now = new Date('2026-11-21T01:20:00.500Z')

function placeAt(path: string, more: Partial<OwnPlace> = {}): OwnPlace {
  return { path, mustBeMounted: false, id: newId('vault'), name: 'disk', ...more }
}

it('makes a fresh vault ours, once, and tells it from another one', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-vault-'))
  const place = placeAt(join(directory.path, 'vault'))
  expect(await inspectVault(place)).toMatchObject({ id: null, exists: false })
  expect(await readdir(directory.path)).toEqual([])
  await Promise.all([claimVault(place, now), claimVault(place, now)])
  expect(await claimVault(place, now)).toMatchObject({ id: place.id, exists: true, path: place.path })
  expect((await readdir(place.path)).sort()).toEqual(['README.txt', 'holdfast-vault.json'])
  expect(await readFile(join(place.path, 'README.txt'), 'utf8')).toContain('sha256sum')
  const other = placeAt(place.path)
  for (const work of [openVault(other), claimVault(other, now)])
    await expect(work).rejects.toMatchObject({ code: 'vault-foreign' })
  await writeFile(join(place.path, 'holdfast-vault.json'), '{}')
  await expect(openVault(place)).rejects.toMatchObject({ code: 'vault-foreign' })
})

it('takes no directory that holds files of others, and makes none above the vault', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-vault-'))
  const place = placeAt(join(directory.path, 'vault'))
  await mkdir(join(place.path, 'lost+found'), { recursive: true })
  expect(await openVault(place)).toMatchObject({ id: null })
  await writeFile(join(place.path, 'holiday.jpg'), '')
  await expect(claimVault(place, now)).rejects.toMatchObject({ code: 'vault-foreign' })
  expect((await readdir(place.path)).sort()).toEqual(['holiday.jpg', 'lost+found'])
  const deep = placeAt(join(directory.path, 'no/such/vault'))
  await expect(claimVault(deep, now)).rejects.toMatchObject({ code: 'vault-absent' })
})

it('is known by its real path, reached through whatever link', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-vault-'))
  const real = join(directory.path, 'real')
  await mkdir(real)
  await symlink(real, join(directory.path, 'link'))
  expect(await openVault(placeAt(join(directory.path, 'link')))).toMatchObject({ path: real })
  expect(await openVault(placeAt(join(directory.path, 'link', 'new')))).toMatchObject({ path: `${real}/new` })
})

it('a vault of which restore points are known and that bears no marker is not there', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-vault-'))
  const place = placeAt(join(directory.path, 'vault'))
  refuseForgotten(await openVault(place), 0)
  const claimed = await claimVault(place, now)
  refuseForgotten(claimed, 3)
  await rm(place.path, { recursive: true })
  await mkdir(place.path)
  const empty = await openVault(place)
  expect(() => refuseForgotten(empty, 1)).toThrow(
    expect.objectContaining({
      code: 'vault-absent',
      message: expect.stringContaining('1 restore points are known'),
    }),
  )
})

it.skipIf(requires('root', 'loop', 'ext4 mount'))(
  'never writes to a mount point that is not mounted',
  async () => {
    await using disk = await LoopDisk.mount({ type: 'ext4' })
    const place = placeAt(disk.path, { mustBeMounted: true })
    await claimVault(place, now)
    await disk.unmount()
    const missing = placeAt(join(disk.path, 'missing'), { mustBeMounted: true })
    const works = [inspectVault, openVault, (given: OwnPlace) => claimVault(given, now)]
    for (const work of works)
      for (const given of [place, missing])
        await expect(work(given)).rejects.toMatchObject({ code: 'vault-absent' })
    expect(await readdir(disk.path)).toEqual([])
    await disk.mountAgain()
    expect(await openVault(place)).toMatchObject({ id: place.id })
  },
)
