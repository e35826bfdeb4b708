import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BareDisk } from '../../../../tools/lab/bare-disk.ts'
import { isThere, requires } from '../../../../tools/lab/requires.ts'

/**
 * Opening a container needs the device mapper, which many kernels of test machines lack. Where it is there everything below
 * is real. Elsewhere a script stands in for cryptsetup: it lets the real one check the passphrase against the real container
 * and then pretends the mapping in copies of /dev and /sys that nobody else sees.
 */
const IS_REAL = isThere('device mapper')

/** Called with the arguments of cryptsetup open and close, as luks.ts makes them. */
const STAND_IN = `#!/bin/sh
for last in "$@"; do before=$name; name=$last; done
case $1 in
  open)
    /usr/sbin/cryptsetup "$@" --test-passphrase || exit $?
    grep -qsx "$name" /sys/class/block/dm-*/dm/name && { echo "Device $name already exists." >&2; exit 5; }
    mapping=/sys/class/block/dm-7
    mkdir -p $mapping/dm $mapping/slaves
    ln -s ../../$(basename $before) $mapping/slaves/$(basename $before)
    echo $name > $mapping/dm/name
    echo 2048 > $mapping/size
    ln -s ../../class/block/dm-7 /sys/dev/block/253:7
    mknod /dev/mapper/$name b 253 7;;
  close)
    [ -e /dev/busy ] && { echo "Device $name is still in use." >&2; exit 5; }
    grep -qsx "$name" /sys/class/block/dm-*/dm/name || { echo "Device $name is not active." >&2; exit 4; }
    rm -r /sys/class/block/dm-7 /sys/dev/block/253:7 /dev/mapper/$name;;
esac
`

/** Copies of what the kernel shows, in a mount namespace of our own, that the script above may change. */
const PRETEND = (directory: string, program: string) => `set -e
mkdir ${directory}/class ${directory}/numbers ${directory}/dev
cp -a /sys/class/block/. ${directory}/class
cp -a /sys/dev/block/. ${directory}/numbers
cp -a /dev/loop[0-9]* /dev/null /dev/urandom /dev/random ${directory}/dev
mkdir ${directory}/dev/mapper
mount --bind ${directory}/class /sys/class/block
mount --bind ${directory}/numbers /sys/dev/block
mount --bind ${directory}/dev /dev
exec ${process.execPath} ${program}`

const clients = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)

describe.skipIf(requires('root', 'loop', 'cryptsetup-bin', 'util-linux'))('encrypted disks', () => {
  let directory = ''
  let disk: BareDisk
  let other: BareDisk

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'holdfast-luks-'))
    disk = await encrypted('hunter2 ')
    other = await encrypted('other')
  })

  afterEach(async () => {
    await disk[Symbol.asyncDispose]()
    await other[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })

  async function encrypted(passphrase: string): Promise<BareDisk> {
    const made = await BareDisk.create({ sizeMb: 40 })
    const cheap = ['--pbkdf=pbkdf2', '--pbkdf-force-iterations=1000']
    execFileSync('cryptsetup', ['luksFormat', '-q', ...cheap, made.device, '-'], { input: passphrase })
    return made
  }

  /** Runs a program that calls `say` for each result, and gives these; errors as code and message. */
  function results(body: string): unknown[] {
    const program = join(directory, 'program.mjs')
    const text = `
      import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
      import { execFileSync } from 'node:child_process'
      import { unlock, lock } from ${clients('luks.ts')}
      import { mountDevice, unmount } from ${clients('mount.ts')}
      import { fileSystemOn } from ${clients('probe.ts')}
      import { systemDisks } from ${clients('system-disks.ts')}
      import { attachIdOf } from ${clients('machine/sysfs.ts')}
      const results = []
      const say = async (work) => results.push(await Promise.resolve(work).then((value) => value ?? null, (error) => error.code + ': ' + error.message))
      const disk = { device: '${disk.device}', uuid: 'unused', name: 'test' + process.ppid, passphrase: 'hunter2 ' }
      const other = { ...disk, device: '${other.device}', passphrase: 'other' }
      try {
        ${body}
      } finally {
        await lock(disk.name)
      }
      writeFileSync('${directory}/results', JSON.stringify(results).replaceAll(disk.name, 'test'))`
    writeFileSync(program, text)
    if (IS_REAL) execFileSync(process.execPath, [program], { stdio: 'pipe' })
    else {
      writeFileSync(join(directory, 'cryptsetup'), STAND_IN)
      chmodSync(join(directory, 'cryptsetup'), 0o755)
      const args = ['--mount', '--propagation', 'private', 'sh', '-c', PRETEND(directory, program)]
      execFileSync('unshare', args, {
        stdio: 'pipe',
        env: { ...process.env, PATH: `${directory}:${process.env.PATH}` },
      })
    }
    return JSON.parse(readFileSync(join(directory, 'results'), 'utf8'))
  }

  it('are unlocked and locked, each as often as one likes', () => {
    const body = `
      await say(unlock(disk))
      await say(attachIdOf('/dev/mapper/holdfast-' + disk.name) === attachIdOf(disk.device))
      await say(unlock({ ...disk, passphrase: 'not even asked for' }))
      await say(lock(disk.name))
      await say(lock(disk.name))
      await say(unlock(disk))`
    expect(results(body)).toEqual([
      '/dev/mapper/holdfast-test',
      true,
      '/dev/mapper/holdfast-test',
      null,
      null,
      '/dev/mapper/holdfast-test',
    ])
  })

  it('stay locked with a wrong passphrase, one without its trailing space for instance', () => {
    const body = `
      await say(unlock({ ...disk, passphrase: 'hunter2' }))
      await say(unlock({ ...disk, device: '/dev/null' }))
      await say(unlock({ ...disk, signal: AbortSignal.abort() }))
      await say(unlock(disk))`
    expect(results(body)).toEqual([
      `disk-unlock-failed: the passphrase does not open the encrypted disk ${disk.device}`,
      expect.stringMatching('^disk-removed: /dev/null was unplugged'),
      'run-canceled: the work was canceled',
      '/dev/mapper/holdfast-test',
    ])
  })

  it('take the place of what another disk left unlocked under the same name', () => {
    const body = `
      await say(unlock(other))
      await say(attachIdOf('/dev/mapper/holdfast-' + disk.name) === attachIdOf(other.device))
      await say(unlock(disk))
      await say(attachIdOf('/dev/mapper/holdfast-' + disk.name) === attachIdOf(disk.device))`
    expect(results(body)).toEqual(['/dev/mapper/holdfast-test', true, '/dev/mapper/holdfast-test', true])
  })

  it('are not locked while somebody uses them', () => {
    const body = IS_REAL
      ? `
      const device = await unlock(disk)
      execFileSync('mkfs.ext4', ['-q', device])
      const found = await fileSystemOn(device)
      mkdirSync('${directory}/place')
      await mountDevice({ device, uuid: found.uuid, fsType: found.type, mountPoint: '${directory}/place', readOnly: false })
      await say(lock(disk.name))
      await say((await systemDisks(['${directory}/place'])).has(disk.device))
      await say(unlock({ ...disk, name: disk.name + 'twice' }).then(() => 'unlocked', (error) => error.code))
      await unmount('${directory}/place')
      await say(lock(disk.name))`
      : `
      await unlock(disk)
      writeFileSync('/dev/busy', '')
      await say(lock(disk.name))
      rmSync('/dev/busy')
      await say(lock(disk.name))`
    expect(results(body)).toEqual([
      expect.stringMatching('^disk-busy: /dev/mapper/holdfast-test cannot be locked: '),
      ...(IS_REAL ? [true, 'disk-busy'] : []),
      null,
    ])
  })
})
