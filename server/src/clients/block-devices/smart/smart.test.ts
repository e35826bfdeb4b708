import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  FAILING_DISK,
  HEALTHY_DISK,
  NO_SMART,
  NVME,
  SAS_DISK,
  UNKNOWN_BRIDGE,
  WORN_SSD,
} from './recordings.testkit.ts'
import { healthFrom, readHealth, UNKNOWN_HEALTH } from './smart.ts'

const HEALTHY = {
  status: 'ok',
  reallocated: 0,
  pending: 0,
  uncorrectable: 0,
  temperatureCelsius: 36,
  powerOnHours: 2214,
  wearPercent: null,
}

describe('what smartctl says', () => {
  it.each([
    ['a healthy disk', HEALTHY_DISK, HEALTHY],
    [
      'a failing disk',
      FAILING_DISK,
      {
        status: 'failing',
        reallocated: 3987,
        pending: 512,
        uncorrectable: 488,
        temperatureCelsius: 51,
        powerOnHours: 43011,
        wearPercent: null,
      },
    ],
    [
      'a solid-state disk',
      WORN_SSD,
      {
        ...UNKNOWN_HEALTH,
        status: 'ok',
        reallocated: 0,
        temperatureCelsius: 33,
        powerOnHours: 18233,
        wearPercent: 21,
      },
    ],
    [
      'NVMe',
      NVME,
      {
        ...UNKNOWN_HEALTH,
        status: 'ok',
        uncorrectable: 2,
        temperatureCelsius: 41,
        powerOnHours: 9120,
        wearPercent: 3,
      },
    ],
    [
      'SAS',
      SAS_DISK,
      { ...UNKNOWN_HEALTH, status: 'ok', reallocated: 4, temperatureCelsius: 29, powerOnHours: 30211 },
    ],
    ['an unknown USB bridge', UNKNOWN_BRIDGE, UNKNOWN_HEALTH],
    ['a disk without SMART', NO_SMART, UNKNOWN_HEALTH],
    ['nothing', '', UNKNOWN_HEALTH],
    ['something else', '[1]', UNKNOWN_HEALTH],
    [
      'a newer form of one part',
      '{"smart_status":{"passed":true},"temperature":[3]}',
      { ...UNKNOWN_HEALTH, status: 'ok' },
    ],
  ])('of %s', (_, output, health) => {
    expect(healthFrom(output)).toEqual(health)
    expect(healthFrom(output && JSON.stringify(JSON.parse(output), null, 2))).toEqual(health)
  })
})

describe('asking a disk', () => {
  const path = process.env.PATH
  let directory = ''

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'holdfast-smart-'))
    process.env.PATH = `${directory}:${path}`
    vi.spyOn(process as { geteuid: () => number }, 'geteuid').mockReturnValue(0)
  })

  afterEach(() => {
    vi.restoreAllMocks()
    process.env.PATH = path
    rmSync(directory, { recursive: true })
  })

  /** A program that writes down how it was called. */
  function pretend(script: string): void {
    writeFileSync(join(directory, 'smartctl'), `#!/bin/sh\necho "$@" >> ${directory}/calls\n${script}\n`)
    chmodSync(join(directory, 'smartctl'), 0o755)
  }
  const calls = () => readFileSync(join(directory, 'calls'), 'utf8')

  it('asks once when the disk answers, whatever the exit code', async () => {
    writeFileSync(join(directory, 'answer'), JSON.stringify(JSON.parse(FAILING_DISK), null, 2))
    pretend(`cat ${directory}/answer\nexit 24`)
    expect((await readHealth('/dev/sdb')).status).toBe('failing')
    expect(calls()).toBe('-j -H -A /dev/sdb\n')
  })

  it('tries the common translation when the USB bridge is unknown', async () => {
    writeFileSync(join(directory, 'unknown'), UNKNOWN_BRIDGE)
    writeFileSync(join(directory, 'answer'), JSON.stringify(JSON.parse(HEALTHY_DISK), null, 2))
    pretend(`case "$*" in *sat*) cat ${directory}/answer;; *) cat ${directory}/unknown; exit 1;; esac`)
    expect(await readHealth('/dev/sdb')).toEqual(HEALTHY)
    expect(calls()).toBe('-j -H -A /dev/sdb\n-j -H -A -d sat /dev/sdb\n')
  })

  it('knows nothing without smartctl, and is canceled while a disk does not answer', async () => {
    process.env.PATH = directory
    expect(await readHealth('/dev/sdb')).toEqual(UNKNOWN_HEALTH)
    process.env.PATH = `${directory}:${path}`
    pretend('exec sleep 2')
    const asked = readHealth('/dev/sdb', { signal: AbortSignal.timeout(100) })
    await expect(asked).rejects.toMatchObject({ code: 'run-canceled' })
  })
})
