import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BareDisk } from '../../../../tools/lab/bare-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import {
  createSubvolume,
  deleteSubvolume,
  isBtrfs,
  isReadOnly,
  isSubvolume,
  setReadOnly,
  snapshot,
} from './btrfs.ts'
import { mountDevice, unmount } from './mount.ts'
import { fileSystemOn } from './probe.ts'

describe.skipIf(requires('root', 'loop', 'btrfs-progs', 'btrfs mount', 'util-linux'))('Btrfs', () => {
  let disk: BareDisk
  let place = ''
  const at = (name: string) => join(place, name)

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'holdfast-btrfs-'))
    disk = await BareDisk.create({ type: 'btrfs', sizeMb: 512 })
    const found = await fileSystemOn(disk.device)
    await mountDevice({
      device: disk.device,
      uuid: found?.uuid ?? '',
      fsType: 'btrfs',
      mountPoint: place,
      readOnly: false,
    })
  })

  afterAll(async () => {
    await unmount(place)
    await disk[Symbol.asyncDispose]()
    await rm(place, { recursive: true })
  })

  it('makes a subvolume, keeps its state in a read-only snapshot, and removes both', async () => {
    await createSubvolume(at('current'))
    await writeFile(at('current/file'), 'first')
    await snapshot(at('current'), at('kept'), { readOnly: true })
    await writeFile(at('current/file'), 'second')
    expect(await readFile(at('kept/file'), 'utf8')).toBe('first')
    await expect(writeFile(at('kept/file'), 'x')).rejects.toMatchObject({ code: 'EROFS' })
    await expect(rm(at('kept/file'))).rejects.toMatchObject({ code: 'EROFS' })
    expect(await isReadOnly(at('kept'))).toBe(true)
    await setReadOnly(at('kept'), false)
    expect(await isReadOnly(at('kept'))).toBe(false)
    await writeFile(at('kept/file'), 'changed')
    await setReadOnly(at('kept'), true)
    await snapshot(at('kept'), at('-again'), { readOnly: false })
    await writeFile(at('-again/file'), 'mine')
    for (const name of ['kept', '-again', 'current', 'current']) await deleteSubvolume(at(name))
    for (const name of ['kept', '-again', 'current'])
      await expect(stat(at(name))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('knows a subvolume from a folder, a file and nothing', async () => {
    await createSubvolume(at('volume'))
    await mkdir(at('folder'))
    await writeFile(at('file'), '')
    expect(await isSubvolume(at('volume'))).toBe(true)
    expect(await isSubvolume(place)).toBe(true)
    for (const name of ['folder', 'file', 'nothing']) expect(await isSubvolume(at(name)), name).toBe(false)
    expect(await isSubvolume('/proc')).toBe(false)
    expect(await isBtrfs(place)).toBe(true)
    expect(await isBtrfs('/proc')).toBe(false)
    await deleteSubvolume(at('volume'))
  })

  it('refuses to make one where something is, to remove a folder, and to remove one with another inside', async () => {
    await createSubvolume(at('outer'))
    await mkdir(at('taken'))
    const refused: [Promise<void>, RegExp][] = [
      [createSubvolume(at('taken')), /exists already/],
      [snapshot(at('outer'), at('taken'), { readOnly: true }), /exists already/],
      [deleteSubvolume(at('taken')), /is not a Btrfs subvolume/],
      [
        snapshot(at('taken'), at('new'), { readOnly: true }),
        /btrfs subvolume snapshot: .*[Nn]ot a .*subvolume/,
      ],
    ]
    for (const [work, message] of refused)
      await expect(work).rejects.toMatchObject({
        code: 'command-failed',
        message: expect.stringMatching(message),
      })
    await createSubvolume(at('outer/inner'))
    await expect(deleteSubvolume(at('outer'))).rejects.toThrow('Directory not empty')
    await deleteSubvolume(at('outer/inner'))
    await deleteSubvolume(at('outer'))
    expect(await isSubvolume(at('taken'))).toBe(false)
    await rm(at('taken'), { recursive: true })
  })

  it('works for a worker that is not root with the capabilities of its unit', async () => {
    await createSubvolume(at('owned'))
    execFileSync('chown', ['1234:1234', at('owned')])
    const module = pathToFileURL(join(import.meta.dirname, 'btrfs.ts')).href
    const script = `
      const { snapshot, setReadOnly, deleteSubvolume, createSubvolume } = await import(${JSON.stringify(module)})
      const at = (name) => ${JSON.stringify(place)} + '/' + name
      await snapshot(at('owned'), at('generation'), { readOnly: true })
      await createSubvolume(at('own'))
      await deleteSubvolume(at('generation'))
      await deleteSubvolume(at('owned'))
      await setReadOnly(at('own'), true)
      await deleteSubvolume(at('own'))`
    const capabilities = '+dac_override,+dac_read_search,+fowner,+chown'
    const asWorker = [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      `--inh-caps=${capabilities}`,
      `--ambient-caps=${capabilities}`,
    ]
    execFileSync('setpriv', [...asWorker, process.execPath, '--input-type=module', '-e', script], {
      stdio: 'pipe',
    })
    for (const name of ['owned', 'generation', 'own']) expect(await isSubvolume(at(name)), name).toBe(false)
  })
})
