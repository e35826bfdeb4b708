import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BareDisk } from '../../../tools/lab/bare-disk.ts'
import { requires } from '../../../tools/lab/requires.ts'
import { fileSystemOf, refuseIgnoringCase, refuseLacking } from './file-system.ts'

const refused = { code: 'file-system-unsupported' }

describe.skipIf(requires('exfat-fuse', 'exfatprogs', 'root', 'loop'))('a vault on exFAT', () => {
  let disk: BareDisk
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-exfat-'))
    disk = await BareDisk.create({ sizeMb: 32 })
    execFileSync('mkfs.exfat', [disk.device], { stdio: 'ignore' })
    await mkdir(join(directory, 'exfat'))
    execFileSync('mount.exfat-fuse', [disk.device, join(directory, 'exfat')], { stdio: 'ignore' })
  })
  afterAll(async () => {
    await disk[Symbol.asyncDispose]()
    await rm(directory, { recursive: true })
  })

  test('is refused, also before it is made', async () => {
    const path = join(directory, 'exfat', 'not', 'yet')
    expect(await fileSystemOf(path)).toEqual({ path: join(directory, 'exfat'), type: 'fuseblk' })
    await expect(refuseLacking(path)).rejects.toMatchObject(refused)
    await refuseLacking(join(directory, 'not', 'yet'))
  })

  test('is known by a name that answers in both cases, wherever else that is so', async () => {
    const there = join(directory, 'exfat', '.lock')
    await writeFile(there, '')
    await expect(refuseIgnoringCase(there)).rejects.toMatchObject(refused)
    await writeFile(join(directory, '.lock'), '')
    await refuseIgnoringCase(join(directory, '.lock'))
    await writeFile(join(directory, '.LOCK'), '')
    await refuseIgnoringCase(join(directory, '.lock'))
  })
})
