import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbedded, waitForStop } from './embedded.ts'
import { processIdentity } from './server/processes.ts'
import { keeperPid, Member, query, serversOf, waitFor } from './testkit/member.ts'

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

async function answers(host: string): Promise<boolean> {
  return (await query(host, 'select 1')).length === 1
}

describe('an embedded database that several processes use', () => {
  it('is started by the first, found by the second, and ends after the last, whoever that is', async () => {
    const first = member()
    const { host, startedHere } = await first.opened
    const second = member()
    expect([startedHere, (await second.opened).startedHere]).toEqual([true, false])
    await first.close()
    const keeper = keeperPid(dir)
    expect(await answers(host)).toBe(true)
    await second.close()
    await waitForStop(dir)
    expect(serversOf(dir)).toEqual([])
    await waitFor(() => processIdentity(keeper) === undefined, 'the end of the keeper')
  })

  it.each([
    ['the one that started it first', [0, 1, 2]],
    ['the one that started it last', [2, 1, 0]],
  ])('outlives kill -9 of each but the last: %s', async (_, order) => {
    const { host } = await member().opened
    await member().opened
    await member().opened
    for (const [position, index] of order.entries()) {
      await members[index]?.kill()
      if (position < 2) {
        await sleep(300)
        expect(await answers(host)).toBe(true)
      }
    }
    await waitForStop(dir)
    expect(serversOf(dir)).toEqual([])
  })

  it('is started once when ten come at the same time', async () => {
    for (let count = 0; count < 10; count += 1) member()
    const opened = await Promise.all(members.map((one) => one.opened))
    expect(opened.filter(({ startedHere }) => startedHere)).toHaveLength(1)
    for (const { host } of opened) expect(await answers(host)).toBe(true)
    expect(new Set(opened.map(({ host }) => host)).size).toBe(1)
  })

  it('is started anew for whoever comes while it ends', async () => {
    const log = () => {}
    for (let round = 0; round < 5; round += 1) {
      const embedded = await openEmbedded({ dir, log })
      expect(await answers(embedded.connection.host)).toBe(true)
      await embedded.close()
      if (round % 2 === 0) await sleep(round * 20)
    }
  })

  it('leaves nothing behind when whoever starts it is killed at any moment, and starts the next time', async () => {
    for (const afterMs of [250, 500, 800, 1100, 1400, 1700, 2000]) {
      const starter = member()
      await sleep(afterMs)
      await starter.kill()
      await waitForStop(dir)
      expect(serversOf(dir)).toEqual([])
    }
    const { host } = await member().opened
    expect(await answers(host)).toBe(true)
  })
})
