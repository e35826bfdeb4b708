import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, copyFile, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { removeFolder } from '../../lab/remove-folder.ts'
import { requires } from '../../lab/requires.ts'
import { debianVersion } from '../build-deb.ts'
import { LiveDebian, put, until } from './live-debian.testkit.ts'
import { builtPackage, NEW_SETTING, NEWER, newerPackage } from './packages.testkit.ts'

/** A busy machine takes its time; each step of these is several programs. */
vi.setConfig({ testTimeout: 240_000 })

const BACKUP = '/mnt/other-disk/holdfast/before-upgrade.tar.zst'
const CONFIG = `
vaults: [{ name: disk, kind: directory, path: /mnt/disk/vault, minFree: 1MiB }]
jobs: [{ name: documents, kind: disk-copy, vault: disk, config: { source: /srv/documents } }]
`
/** Stands before the real program in the PATH of dpkg's scripts, and kills script and dpkg once. */
const DEADLY = `#!/bin/sh
rm "$0"
read -r _ _ _ dpkg _ </proc/$PPID/stat
kill -9 $PPID "$dpkg"
`

test('a version before another one sorts before it in Debian too', () => {
  const versions = ['0.9.0', '1.0.0-beta.1', '1.0.0'].map(debianVersion)
  for (const [index, version] of versions.slice(1).entries())
    execFileSync('dpkg', ['--compare-versions', versions[index] ?? '', 'lt', version])
})

describe.skipIf(requires('root', 'debootstrap', 'control groups', 'overlay mount'))(
  'a package over another',
  () => {
    let debian: LiveDebian
    let folder: string
    let version = ''

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'holdfast-packages-'))
      const built = await builtPackage()
      const newer = await newerPackage(built, folder)
      debian = await LiveDebian.create()
      await copyFile(built, debian.path('srv/old.deb'))
      await copyFile(newer, debian.path('srv/new.deb'))
      await debian.runOnline('apt-get', 'update')
      await debian.runOnline(
        'apt-get',
        'install',
        '--yes',
        '--no-install-recommends',
        'rsync',
        'libatomic1',
        'sudo',
      )
    }, 600_000)

    afterAll(async () => {
      await debian?.[Symbol.asyncDispose]()
      await removeFolder(folder)
    }, 600_000)

    const holdfast = (...args: string[]) => debian.run('holdfast', ...args)
    const readyOnce = () =>
      until('the server is ready', async () => {
        const answer = await debian.fetch('http://127.0.0.1:8420/readyz').catch(() => null)
        return answer?.status === 200
      })
    const pids = async () => [
      (await debian.unit('holdfast')).MainPID,
      (await debian.unit('holdfast-worker')).MainPID,
    ]
    const pointCount = async () => JSON.parse(await holdfast('points', 'list', '--json')).items.length

    test('an installation whose script was killed is completed by dpkg --configure', async () => {
      await put(debian, 'usr/local/sbin/systemd-sysusers', DEADLY, 0o755)
      await expect(debian.run('dpkg', '-i', '/srv/old.deb')).rejects.toMatchObject({ signal: 'SIGKILL' })
      expect(await debian.run('dpkg', '--status', 'holdfast')).toContain('install ok half-configured')
      expect(await debian.run('dpkg', '--configure', '-a')).toContain('journalctl -u holdfast | grep setup')
      await readyOnce()
      version = (await holdfast('--version')).trim()
      await debian.run('mkdir', '-p', '/srv/documents', '/mnt/other-disk')
      await debian.run('install', '-d', '-o', 'holdfast', '-g', 'holdfast', '/mnt/disk')
      await put(debian, 'srv/documents/letter', 'dear reader')
      await put(debian, 'root/holdfast.yaml', CONFIG)
      await holdfast('apply', '/root/holdfast.yaml')
      expect(await holdfast('run', 'documents')).toContain('✔ success')
      await appendFile(debian.path('etc/holdfast/holdfast.env'), '# mine\n')
    })

    test('installed over itself it keeps settings and data, and the services are started anew', async () => {
      const before = await pids()
      await debian.run('dpkg', '-i', '/srv/old.deb')
      await readyOnce()
      for (const [index, pid] of (await pids()).entries()) expect(pid).not.toBe(before[index])
      expect(await readFile(debian.path('etc/holdfast/holdfast.env'), 'utf8')).toContain('# mine')
      expect(await pointCount()).toBe(1)
    })

    test('an upgrade keeps changed settings, brings the tables up to date and starts the services anew', async () => {
      await debian.run('install', '-d', '-m', '0700', '-o', 'holdfast', dirname(BACKUP))
      await holdfast('backup-db', BACKUP)
      const before = await pids()
      // Who is asked about the changed file and just presses Enter keeps it.
      await debian.run('sh', '-c', 'echo | dpkg -i /srv/new.deb')
      await readyOnce()
      expect(await holdfast('--version')).toContain(NEWER)
      for (const [index, pid] of (await pids()).entries()) expect(pid).not.toBe(before[index])
      const settings = await readFile(debian.path('etc/holdfast/holdfast.env'), 'utf8')
      expect(settings).toContain('# mine')
      expect(settings).not.toContain(NEW_SETTING)
      expect(await readFile(debian.path('etc/holdfast/holdfast.env.dpkg-dist'), 'utf8')).toContain(
        NEW_SETTING,
      )
      expect(await readFile(debian.path('etc/sudoers.d/holdfast'), 'utf8')).toContain('# Later.')
      expect(await holdfast('run', 'documents')).toContain('✔ success')
      expect(await pointCount()).toBe(2)
      expect(await debian.run('sh', '-c', 'holdfast doctor || true')).toContain('embedded PostgreSQL')
    })

    test('rolled back as the guide says, everything is as before, and what was made since is found', async () => {
      await debian.run('systemctl', 'stop', 'holdfast-worker', 'holdfast')
      expect(await debian.run('sh', '-c', 'echo | dpkg -i /srv/old.deb')).toContain('downgrading')
      await until('the older one refuses the newer tables', async () =>
        (await debian.run('journalctl', '--no-pager', '-u', 'holdfast')).includes('database-version'),
      )
      await debian.run('systemctl', 'stop', 'holdfast-worker', 'holdfast')
      await holdfast('restore-db', BACKUP, '--replace')
      expect(await pointCount()).toBe(1)
      await holdfast('reindex')
      await debian.run('systemctl', 'start', 'holdfast', 'holdfast-worker')
      await readyOnce()
      expect((await holdfast('--version')).trim()).toBe(version)
      expect(await pointCount()).toBe(2)
      expect(await holdfast('run', 'documents')).toContain('✔ success')
    })

    test('whoever disabled a service finds it disabled and stopped after an upgrade', async () => {
      await debian.run('systemctl', 'disable', '--now', 'holdfast-worker')
      await debian.run('dpkg', '-i', '/srv/old.deb')
      expect(await debian.unit('holdfast-worker')).toMatchObject({
        UnitFileState: 'disabled',
        ActiveState: 'inactive',
      })
      expect(await debian.unit('holdfast')).toMatchObject({ UnitFileState: 'enabled', ActiveState: 'active' })
    })

    test('removed it stops; installed again it has its settings and data; purged it leaves the data', async () => {
      await debian.run('dpkg', '-r', 'holdfast')
      expect(await debian.unit('holdfast')).toMatchObject({ ActiveState: 'inactive' })
      expect(existsSync(debian.path('usr/lib/holdfast'))).toBe(false)
      const programs = () => debian.run('sh', '-c', 'cat /proc/[0-9]*/comm 2>/dev/null || true')
      await until('the database has ended', async () => !/postgres|node/.test(await programs()))
      await debian.run('dpkg', '-i', '/srv/old.deb')
      await readyOnce()
      expect(await readFile(debian.path('etc/holdfast/holdfast.env'), 'utf8')).toContain('# mine')
      expect(await pointCount()).toBe(3)

      await debian.run('sh', '-c', 'cd /run/holdfast/mounts && mkdir disk-1 && touch disk.lock')
      expect(await debian.run('dpkg', '-P', 'holdfast')).toContain('stays in /var/lib/holdfast')
      for (const path of ['etc/holdfast', 'etc/sudoers.d/holdfast', 'usr/lib/holdfast'])
        expect(existsSync(debian.path(path)), path).toBe(false)
      const named = ['-name', '*holdfast*', '-print', '-prune']
      const left = (
        await debian.run('find', '/', '/run', '-xdev', '-path', '/srv', '-prune', '-o', ...named)
      ).trim()
      expect(left.split('\n').sort()).toEqual([
        '/mnt/disk/vault/holdfast-vault.json',
        '/mnt/other-disk/holdfast',
        '/root/holdfast.yaml',
        '/var/lib/holdfast',
        '/var/log/holdfast',
      ])
      expect(existsSync(debian.path('var/lib/holdfast/postgres'))).toBe(true)
      expect(existsSync(debian.path('mnt/disk/vault/holdfast-vault.json'))).toBe(true)
      expect(await debian.run('find', '/etc/systemd', '-name', 'holdfast*')).toBe('')
    })
  },
)
