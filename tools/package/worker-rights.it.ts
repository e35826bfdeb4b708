import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RestorePoint, Run } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { Installation } from '../e2e/installation.testkit.ts'
import { BareDisk } from '../lab/bare-disk.ts'
import { requires } from '../lab/requires.ts'
import { ROOT } from '../repo/repository.ts'
import { escapes } from './live/worker-sudo.testkit.ts'
import { capabilitiesOfWorkerUnit } from './worker-unit.testkit.ts'

const NOBODY = 65_534
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']

/** Names, types, modes, owners, links and times, and all attributes, as other programs see them. */
function listingOf(directory: string): string {
  const options = { cwd: directory, encoding: 'utf8' } as const
  const found = execFileSync('find', ['.', '-printf', '%p|%y|%m|%U|%G|%T+|%n|%l\\n'], options)
  const attributes = execFileSync('getfattr', ['-R', '-h', '-d', '-m', '-', '-e', 'hex', '.'], options)
  return `${found.split('\n').sort().join('\n')}\n${attributes.split('\n\n').sort().join('\n\n')}`
}

function fillWithFilesOfOthers(source: string): void {
  mkdirSync(join(source, 'private'), { recursive: true })
  for (const name of ['plain', 'private/key', 'setuid', 'capable', 'shared'])
    writeFileSync(join(source, name), `content of ${name}`)
  execFileSync('mknod', [join(source, 'null'), 'c', '1', '3'])
  execFileSync('ln', [join(source, 'plain'), join(source, 'twin')])
  execFileSync('ln', ['-s', 'plain', join(source, 'link')])
  execFileSync('chown', ['-hR', '1234:5678', source])
  chownSync(join(source, 'private/key'), 4321, 8765)
  chmodSync(join(source, 'private/key'), 0o400)
  chmodSync(join(source, 'setuid'), 0o4750)
  chmodSync(join(source, 'shared'), 0o2771)
  execFileSync('setfacl', ['-m', 'u:1111:r,g:2222:rw', join(source, 'shared')])
  execFileSync('setcap', ['cap_net_bind_service=ep', join(source, 'capable')])
  chmodSync(join(source, 'private'), 0o500)
}

/** The effective capabilities of all processes that are PostgreSQL in this installation. */
function capabilitiesOfDatabase(directory: string): string[] {
  const isDatabase = (pid: string) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${directory}/data/postgres/bin-`)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8')
        return isDatabase(pid) ? [/^CapEff:\s*(\w+)$/m.exec(status)?.[1] ?? ''] : []
      } catch {
        return []
      }
    })
}

test.skipIf(requires('root', 'rsync', 'attr', 'acl', 'util-linux'))(
  'with the capabilities of its unit a worker that is not root keeps owners and modes of files of others, there and back',
  async () => {
    await using place = await Installation.create()
    chownSync(place.directory, NOBODY, NOBODY)
    place.launcher = [...AS_NOBODY, ...capabilitiesOfWorkerUnit()]
    place.env.HOME = place.directory
    fillWithFilesOfOthers(place.path('source'))
    await place.configure(
      `vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]\n` +
        `jobs: [{ name: files, kind: disk-copy, vault: v, config: { source: ${place.path('source')} } }]\n`,
    )
    await place.json('apply', place.path('config'))
    const worker = await place.startWorker()
    const status = readFileSync(`/proc/${worker.pid}/status`, 'utf8')
    expect(status).toMatch(/^Uid:\s+65534\s+65534/m)
    const database = capabilitiesOfDatabase(place.directory)
    expect(database.length).toBeGreaterThan(0)
    expect([...new Set(database)]).toEqual(['0000000000000000'])

    const [run] = await place.json<Run[]>('run', 'files')
    expect(run).toMatchObject({ outcome: 'success' })
    const [point] = await place.list<RestorePoint>('points', 'list')
    expect(listingOf(place.path('vault', point?.location ?? '', 'data'))).toBe(
      listingOf(place.path('source')),
    )
    const [again] = await place.json<Run[]>('run', 'files')
    expect(again).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })

    const [restored] = await place.json<Run[]>('restore', point?.id ?? '', '--to', place.path('back'))
    expect(restored).toMatchObject({ outcome: 'success', operation: 'restore' })
    expect(listingOf(place.path('back'))).toBe(listingOf(place.path('source')))
    const doctor = await place.run('doctor')
    expect(doctor.stdout).not.toContain('does not run as root')
    await place.stop(worker)

    place.launcher = AS_NOBODY
    expect((await place.run('doctor')).stdout).toContain(
      'owners are not kept and private files cannot be read',
    )
  },
)

/** Runs a script as the worker, where the rules for sudo are in force, in a mount namespace with a /run of its own. */
function underTheRules(script: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-rules-'))
  try {
    const rules = readFileSync(join(ROOT, 'deploy/debian/holdfast.sudoers'), 'utf8')
    writeFileSync(join(directory, 'sudoers'), rules.replace(/^(Defaults:)?holdfast/gm, '$1nobody'), {
      mode: 0o440,
    })
    writeFileSync(join(directory, 'script'), script.join('\n'))
    chmodSync(directory, 0o755)
    const prepare = [
      'set -e',
      `mount --bind ${directory}/sudoers /etc/sudoers`,
      'mount -t tmpfs -o mode=0755 tmpfs /run',
      'mount -t tmpfs -o mode=0755 tmpfs /srv',
      'mkdir -p /run/holdfast/mounts/disk /srv/open',
      `exec ${[...AS_NOBODY, ...capabilitiesOfWorkerUnit()].join(' ')} sh -e ${directory}/script`,
    ]
    const args = ['--mount', '--propagation', 'private', 'sh', '-c', prepare.join('\n')]
    return execFileSync('unshare', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const clients = (file: string) =>
  JSON.stringify(pathToFileURL(join(ROOT, 'server/src/clients/block-devices', file)).href)

test.skipIf(requires('root', 'loop', 'sudo', 'e2fsprogs', 'btrfs-progs', 'smartmontools', 'cryptsetup-bin'))(
  'a worker that is not root finds, mounts and unmounts disks through the rules for sudo',
  async () => {
    await using ext4 = await BareDisk.create({ type: 'ext4' })
    await using btrfs = await BareDisk.create({ type: 'btrfs' })
    await using locked = await BareDisk.create({ sizeMb: 32 })
    const format = ['luksFormat', '-q', '--pbkdf=pbkdf2', '--pbkdf-force-iterations=1000', locked.device, '-']
    execFileSync('cryptsetup', format, { input: 'secret' })
    const devices = JSON.stringify([ext4.device, btrfs.device])
    const program = `
      import { execFileSync } from 'node:child_process'
      import { readFileSync, writeFileSync } from 'node:fs'
      import { mountDevice, unmount } from ${clients('mount.ts')}
      import { fileSystemOn } from ${clients('probe.ts')}
      import { openExclusively } from ${clients('exclusive.ts')}
      import { lock, unlock } from ${clients('luks.ts')}
      import { readHealth } from ${clients('smart/smart.ts')}
      const mountPoint = '/run/holdfast/mounts/disk'
      const line = () => readFileSync('/proc/self/mounts', 'utf8').split('\\n').find((one) => one.includes(mountPoint))
      const say = (...words) => console.log(...words)
      say('user', process.geteuid())
      for (const device of ${devices}) {
        const found = await fileSystemOn(device)
        const options = { device, uuid: found.uuid, fsType: found.type, mountPoint }
        await mountDevice({ ...options, readOnly: false })
        writeFileSync(mountPoint + '/file', '')
        say(line())
        say(await openExclusively(device))
        await unmount(mountPoint)
        await mountDevice({ ...options, readOnly: true })
        say(line())
        process.chdir(mountPoint)
        say(await unmount(mountPoint).catch((error) => error.code + ' ' + error.message))
        process.chdir('/')
        await unmount(mountPoint)
        say(line(), await openExclusively(device))
        say(await mountDevice({ ...options, readOnly: true, mountPoint: '/srv/open' }).catch((error) => error.code))
      }
      say((await readHealth(${JSON.stringify(ext4.device)})).status)
      const sealed = await fileSystemOn(${JSON.stringify(locked.device)})
      const unlocking = { device: sealed.device, uuid: sealed.uuid, name: 'rules', passphrase: 'secret' }
      say(await unlock(unlocking).then(() => lock('rules').then(() => 'unlocked'), (error) => error.code))`
    const file = mkdtempSync(join(tmpdir(), 'holdfast-worker-'))
    try {
      chmodSync(file, 0o755)
      writeFileSync(join(file, 'program.mjs'), program)
      const said = underTheRules([`${process.execPath} ${file}/program.mjs`])
        .trim()
        .split('\n')
      const each = (device: string, type: string) => [
        expect.stringMatching(`^${device} /run/holdfast/mounts/disk ${type} rw,nosuid,nodev,noexec,noatime`),
        'false',
        expect.stringMatching(`^${device} /run/holdfast/mounts/disk ${type} ro,nosuid,nodev,noexec,noatime`),
        expect.stringMatching(
          '^disk-busy /run/holdfast/mounts/disk cannot be unmounted: .*holds /run/holdfast',
        ),
        'undefined true',
        'permission-denied',
      ]
      expect(said).toEqual([
        `user ${NOBODY}`,
        ...each(ext4.device, 'ext4'),
        ...each(btrfs.device, 'btrfs'),
        'unknown',
        // A kernel without device mapper refuses after the rules have let cryptsetup start.
        expect.stringMatching(/^(unlocked|disk-unlock-failed)$/),
      ])
    } finally {
      rmSync(file, { recursive: true })
    }
  },
)

test.skipIf(requires('root', 'loop', 'sudo', 'e2fsprogs'))(
  'the rules for sudo allow nothing else',
  async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const uuid = execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', disk.device], { encoding: 'utf8' })
    const attempts = escapes(`UUID=${uuid.trim()}`, disk.device)
    const said = underTheRules([
      'before=$(cat /proc/self/mounts)',
      ...attempts.map((words, index) => `if sudo -n ${words} </dev/null; then echo 'DONE ${index}'; fi 2>&1`),
      '[ "$before" = "$(cat /proc/self/mounts)" ]',
    ])
    expect(said).not.toContain('DONE')
    // sudo compares words joined by spaces: of three that differ in their spaces only, mount makes nothing.
    expect(said.match(/^sudo: /gm)).toHaveLength(attempts.length - 3)
  },
)
