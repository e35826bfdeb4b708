import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { waitForStop } from './embedded.ts'
import { keeperPid, Member, query, serversOf, waitFor } from './testkit/member.ts'

/** Cutting the power of a file system needs root, a loop device and these programs. */
const possible =
  process.getuid?.() === 0 &&
  ['mkfs.ext4', 'xfs_io', 'losetup'].every((program) => spawnSync(program, ['-V']).error === undefined)

const TRIALS = 4

let base: string
let disk: string
let mountPoint: string

beforeEach(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-power-'))
  disk = path.join(base, 'disk.img')
  mountPoint = path.join(base, 'mnt')
  fs.mkdirSync(mountPoint)
  execFileSync('truncate', ['-s', '700M', disk])
  execFileSync('mkfs.ext4', ['-q', '-F', disk])
  mount()
})

afterEach(async () => {
  await unmount()
  fs.rmSync(base, { recursive: true })
})

function mount(): void {
  execFileSync('mount', ['-o', 'loop', disk, mountPoint])
}

async function unmount(): Promise<void> {
  await waitFor(() => spawnSync('umount', [mountPoint]).status === 0, 'the file system to be free')
}

/** What was not written to the disk by now never will be; the journal included (EXT4_GOING_FLAGS_NOLOGFLUSH). */
function cutPower(): void {
  execFileSync('xfs_io', ['-x', '-c', 'shutdown', mountPoint])
}

async function killAll(member: Member, pids: number[]): Promise<void> {
  await member.kill()
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It could not live without its disk.
    }
  }
}

describe('an embedded database on a disk whose power is cut', () => {
  it.runIf(possible)('has every acknowledged row', async () => {
    const dir = path.join(mountPoint, 'db')
    let acknowledged = 0
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const writer = new Member(dir)
      let pids: number[] = []
      try {
        const { host } = await writer.opened
        if (trial > 0) {
          const rows = await query<{ n: number }>(host, 'select count(*)::int as n from written')
          expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged)
        }
        await writer.writeSome(100)
        await sleep(Math.random() * 300)
        pids = [keeperPid(dir), ...serversOf(dir)]
        cutPower()
        await sleep(100)
      } finally {
        await killAll(writer, pids)
      }
      acknowledged = writer.written
      await unmount()
      mount()
    }
    const last = new Member(dir)
    const { host } = await last.opened
    const rows = await query<{ n: number; max: number }>(
      host,
      'select count(*)::int as n, max(n)::int as max from written',
    )
    expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged)
    expect(rows[0]?.max).toBe(rows[0]?.n)
    await last.close()
    await waitForStop(dir)
  })
})
