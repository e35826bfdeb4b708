import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkDurability } from './durability.ts'
import { openEmbedded, waitForStop } from './embedded.ts'
import { processIdentity } from './server/processes.ts'
import { keeperPid, Member, postmasterPid, query, serversOf, waitFor } from './testkit/member.ts'

let dir: string
let members: Member[]

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-embedded-'))
  members = []
})

afterEach(async () => {
  for (const member of members) await member.kill()
  await waitForStop(dir)
  expect(serversOf(dir)).toEqual([])
  fs.rmSync(dir, { recursive: true })
})

function member(): Member {
  const started = new Member(dir)
  members.push(started)
  return started
}

async function rowCount(host: string): Promise<number> {
  const rows = await query<{ count: number }>(host, 'select count(*)::int as count from written')
  return rows[0]?.count ?? 0
}

describe('an embedded database after something was killed', () => {
  it.each([
    ['the keeper', keeperPid],
    ['the main process of the server', postmasterPid],
  ])('comes back for those who use it: kill -9 of %s', async (_, victim) => {
    const { host } = await member().opened
    await member().opened
    await members[0]?.writeSome(20)
    const before = victim(dir)
    process.kill(before, 'SIGKILL')
    await waitFor(() => processIdentity(before) === undefined, 'the end of the victim')
    await waitFor(async () => {
      const keeper = keeperPid(dir)
      return keeper > 0 && keeper !== before && (await rowCount(host).catch(() => -1)) >= 0
    }, 'the new server')
    expect(await rowCount(host)).toBeGreaterThanOrEqual(members[0]?.written ?? 0)
    await members[0]?.kill()
    expect(await rowCount(host)).toBeGreaterThan(0)
  })

  it('loses no acknowledged row when everything is killed at once', async () => {
    let acknowledged = 0
    for (let round = 0; round < 3; round += 1) {
      const writer = member()
      const { host } = await writer.opened
      if (round > 0) expect(await rowCount(host)).toBeGreaterThanOrEqual(acknowledged)
      await writer.writeSome(50)
      const all = [keeperPid(dir), ...serversOf(dir)]
      writer.process.kill('SIGKILL')
      for (const pid of all) process.kill(pid, 'SIGKILL')
      await waitFor(() => serversOf(dir).length === 0, 'the end of all')
      acknowledged = writer.written
    }
    const { host } = await member().opened
    expect(await rowCount(host)).toBeGreaterThanOrEqual(acknowledged)
  })

  it('ends when the keeper and then the last process is killed', async () => {
    await member().opened
    const keeper = keeperPid(dir)
    await members[0]?.kill()
    try {
      process.kill(keeper, 'SIGKILL')
    } catch {
      // It was quicker.
    }
    await waitForStop(dir)
    expect(serversOf(dir)).toEqual([])
  })

  it('is not kept from starting by the traces of a server whose process id now is another program', async () => {
    const log = () => {}
    const first = await openEmbedded({ dir, log })
    await first.close()
    await waitForStop(dir)
    const { uid, gid } = fs.statSync(path.join(dir, 'cluster-18'))
    const other = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore' })
    try {
      const stale = `${other.pid}\n${path.join(dir, 'cluster-18')}\n1700000000\n5432\n../run\n\n  5432001    42\nready\n`
      for (const file of ['cluster-18/postmaster.pid', 'run/.s.PGSQL.5432.lock']) {
        fs.writeFileSync(path.join(dir, file), stale)
        fs.chownSync(path.join(dir, file), uid, gid)
      }
      const again = await openEmbedded({ dir, log })
      expect(again.startedHere).toBe(true)
      expect(other.exitCode).toBeNull()
      await again.close()
    } finally {
      other.kill()
    }
  })

  it('runs with the settings that keep data safe, and never fills the disk with its log', async () => {
    const embedded = await openEmbedded({ dir, log: () => {} })
    const { host } = embedded.connection
    await checkDurability(async (sql) => ({ rows: await query(host, sql) }))
    const rows = await query<{ name: string; setting: string }>(
      host,
      `select name, setting from pg_settings where name in ('data_checksums', 'listen_addresses', 'logging_collector')
       union all select 'locale', datlocprovider::text || ' ' || datlocale from pg_database where datname = 'holdfast'
       union all select 'encoding', pg_encoding_to_char(encoding) from pg_database where datname = 'holdfast'`,
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      encoding: 'UTF8',
      listen_addresses: '',
      locale: 'b C.UTF-8',
      logging_collector: 'on',
    })
    expect(fs.statSync(path.join(dir, 'run')).mode & 0o777).toBe(0o700)
    expect(fs.readdirSync(path.join(dir, 'log'))).toHaveLength(1)
    await query(host, "alter system set fsync = 'off'")
    await query(host, 'select pg_reload_conf()')
    await checkDurability(async (sql) => ({ rows: await query(host, sql) }))
    await embedded.close()
  })
})
