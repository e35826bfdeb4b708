import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LoopDisk } from '../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { openExclusively } from '../../clients/block-devices/exclusive.ts'
import { majorOf } from './binaries.ts'
import { openEmbedded, waitForStop } from './embedded.ts'
import { Member, query, serversOf } from './testkit/member.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = 65534

let base: string
let dir: string
let members: Member[]
const log = () => {}

beforeEach(() => {
  // mkdtemp makes it 0700: as root, a place where no other account may go.
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-places-'))
  dir = path.join(base, 'db')
  members = []
})

afterEach(async () => {
  for (const member of members) await member.kill()
  if (fs.existsSync(dir)) {
    await waitForStop(dir)
    expect(serversOf(dir)).toEqual([])
  }
  fs.rmSync(base, { recursive: true })
})

function member(identity: { uid?: number; gid?: number } = {}): Member {
  const started = new Member(dir, { ...identity, env: { PATH: process.env.PATH } })
  members.push(started)
  return started
}

/** Nobody must be able to run this Node and read this checkout; below a private home it cannot. */
function nobodyReads(): boolean {
  try {
    execFileSync(process.execPath, ['-e', ''], { uid: NOBODY, gid: NOBODY, cwd: '/' })
    execFileSync('test', ['-r', import.meta.filename], { uid: NOBODY, gid: NOBODY, cwd: '/' })
    return true
  } catch {
    return false
  }
}

async function keepsRows(): Promise<void> {
  for (const expected of [1, 2]) {
    const embedded = await openEmbedded({ dir, log })
    const { host } = embedded.connection
    await query(host, 'create table if not exists kept (n int generated always as identity)')
    await query(host, 'insert into kept default values')
    expect(await query(host, 'select count(*)::int as count from kept')).toEqual([{ count: expected }])
    await embedded.close()
    await waitForStop(dir)
  }
}

describe('where an embedded database may be', () => {
  it.runIf(isRoot)('as root, in a directory that only root may enter', async () => {
    expect(() => execFileSync('ls', [base], { uid: NOBODY, stdio: 'ignore' })).toThrow()
    await keepsRows()
    expect(fs.readFileSync('/proc/self/mounts', 'utf8')).not.toContain(base)
    expect(fs.statSync(path.join(dir, 'cluster-18')).uid).not.toBe(0)
    const { host } = await member().opened
    await member().opened
    expect((await Promise.all(members.map((one) => one.opened))).map((one) => one.startedHere)).toEqual([
      true,
      false,
    ])
    const [server] = serversOf(dir)
    expect(fs.statSync(`/proc/${server}`).uid).not.toBe(0)
    await members[0]?.kill()
    expect(await query(host, 'select count(*)::int as count from kept')).toEqual([{ count: 2 }])
  })

  it.skipIf(requires('root', 'loop', 'ext4 mount', 'e2fsprogs'))(
    'as root, without keeping disks in use that were mounted when its server started',
    async () => {
      await using disk = await LoopDisk.mount({ type: 'ext4' })
      const embedded = await openEmbedded({ dir, log })
      try {
        const [server] = serversOf(dir)
        expect(fs.readFileSync(`/proc/${server}/mountinfo`, 'utf8')).not.toContain(disk.path)
        await disk.unmount()
        expect(await openExclusively(disk.device)).toBe(true)
        expect(await query(embedded.connection.host, 'select 1 as one')).toEqual([{ one: 1 }])
      } finally {
        await embedded.close()
      }
    },
  )

  it.skipIf(requires('root', 'loop', 'ext4 mount', 'e2fsprogs'))(
    'as root, with its log of writes on another disk, where a link leads to',
    async () => {
      const first = await openEmbedded({ dir, log })
      await first.close()
      await waitForStop(dir)
      await using disk = await LoopDisk.mount({ type: 'ext4' })
      fs.chmodSync(path.dirname(disk.path), 0o755)
      const wal = path.join(dir, 'cluster-18', 'pg_wal')
      execFileSync('cp', ['--archive', wal, path.join(disk.path, 'wal')])
      fs.rmSync(wal, { recursive: true })
      fs.symlinkSync(path.join(disk.path, 'wal'), wal)
      const embedded = await openEmbedded({ dir, log })
      expect(await query(embedded.connection.host, 'select 1 as one')).toEqual([{ one: 1 }])
      await embedded.close()
      await waitForStop(dir)
    },
  )

  it('anywhere, its path too long for a socket', async () => {
    fs.chmodSync(base, 0o755)
    dir = path.join(base, 'x'.repeat(120), "é, it's")
    fs.mkdirSync(dir, { recursive: true })
    await keepsRows()
  })

  it.runIf(isRoot && nobodyReads())('as an ordinary user, and as root in turn', async () => {
    fs.chownSync(base, NOBODY, NOBODY)
    const owner = { uid: NOBODY, gid: NOBODY }
    await member(owner).opened
    expect(fs.statSync(path.join(dir, 'cluster-18')).uid).toBe(NOBODY)
    await members[0]?.close()
    await keepsRows()
    const { host } = await member(owner).opened
    await member().opened
    expect(await query(host, 'select count(*)::int as count from kept')).toEqual([{ count: 2 }])
    expect(fs.statSync(`/proc/${serversOf(dir)[0]}`).uid).toBe(NOBODY)
  })

  it.runIf(isRoot && nobodyReads())('as root first, then as the user who owns the directory', async () => {
    fs.chownSync(base, NOBODY, NOBODY)
    fs.mkdirSync(dir)
    fs.chownSync(dir, NOBODY, NOBODY)
    await keepsRows()
    const { host } = await member({ uid: NOBODY, gid: NOBODY }).opened
    expect(await query(host, 'select count(*)::int as count from kept')).toEqual([{ count: 2 }])
  })

  it.runIf(isRoot && nobodyReads())(
    'never running as root what the owner of the directory may replace',
    async () => {
      fs.chmodSync(base, 0o755)
      fs.mkdirSync(dir)
      const program = path.join(dir, 'postgres')
      fs.writeFileSync(program, `#!/bin/sh\nid -u >"$0.ran-as"\necho 'postgres (PostgreSQL) 18.4'\n`, {
        mode: 0o755,
      })
      for (const file of [dir, program]) fs.chownSync(file, NOBODY, NOBODY)
      expect(majorOf(dir, dir)).toBe(18)
      expect(fs.readFileSync(`${program}.ran-as`, 'utf8').trim()).toBe(`${NOBODY}`)
    },
  )

  it.runIf(isRoot && nobodyReads())('not as a user whom it does not belong to', async () => {
    fs.chmodSync(base, 0o755)
    await keepsRows()
    fs.chmodSync(dir, 0o755)
    const stranger = member({ uid: NOBODY, gid: NOBODY })
    await expect(stranger.opened).rejects.toThrow('permission-denied')
  })

  it.each([
    ['older', 17],
    ['newer', 19],
  ])('not with the data of a %s PostgreSQL', async (_, major) => {
    fs.mkdirSync(path.join(dir, `cluster-${major}`), { recursive: true })
    fs.writeFileSync(path.join(dir, `cluster-${major}`, 'PG_VERSION'), `${major}\n`)
    await expect(openEmbedded({ dir, log })).rejects.toMatchObject({
      code: 'database-version',
      details: { found: major, expected: 18 },
    })
    expect(fs.existsSync(path.join(dir, 'cluster-18'))).toBe(false)
  })

  it('says why a server does not start', async () => {
    const first = await openEmbedded({ dir, log })
    await first.close()
    await waitForStop(dir)
    fs.appendFileSync(path.join(dir, 'cluster-18/postgresql.conf'), "\nno_such_setting = 'x'\n")
    await expect(openEmbedded({ dir, log })).rejects.toMatchObject({
      code: 'database-unreachable',
      details: { log: expect.stringContaining('no_such_setting') },
    })
  })
})
