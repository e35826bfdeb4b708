import { type ChildProcess, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Run } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { LoopDisk } from '../../lab/loop-disk.ts'
import { requires } from '../../lab/requires.ts'
import { ROOT } from '../../repo/repository.ts'
import { SERVER } from './api.testkit.ts'
import { LiveDebian, put, until } from './live-debian.testkit.ts'
import { builtPackage } from './packages.testkit.ts'
import { asWorker, escapes } from './worker-sudo.testkit.ts'

/** A busy machine takes its time; each step of these is several programs. */
vi.setConfig({ testTimeout: 240_000 })

const MAIL_PASSWORD = 'canary-of-the-mail-server'
const PASSWORD = 'seven quiet lanterns 42'

describe.skipIf(requires('root', 'loop', 'e2fsprogs', 'debootstrap', 'control groups', 'overlay mount'))(
  'the services under a live systemd',
  () => {
    let debian: LiveDebian
    let mailbox: ChildProcess
    let token = ''
    const mails: string[] = []

    beforeAll(async () => {
      const built = await builtPackage()
      debian = await LiveDebian.create()
      await copyFile(built, debian.path('srv/holdfast.deb'))
    }, 600_000)

    afterAll(async () => {
      await debian?.[Symbol.asyncDispose]()
      expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain('holdfast-live-')
    }, 600_000)

    const holdfast = (...args: string[]) => debian.run('holdfast', ...args)
    const journal = () => debian.run('journalctl', '--no-pager', '-u', 'holdfast', '-u', 'holdfast-worker')
    const runs = async (job: string): Promise<Run[]> =>
      JSON.parse(await holdfast('runs', 'list', '--job', job, '--json')).items
    const isReady = async () => (await debian.fetch(`${SERVER}/readyz`).catch(() => null))?.status === 200
    const pidOf = async (unit: string) => (await debian.unit(unit)).MainPID ?? ''

    test('apt installs it with what it needs, and both services run', async () => {
      await debian.runOnline('apt-get', 'update')
      const options = ['install', '--yes', '--no-install-recommends']
      const said = await debian.runOnline('apt-get', ...options, '/srv/holdfast.deb', 'sudo')
      expect(said).toContain('journalctl -u holdfast | grep setup')
      await until('the server is ready', isReady)
      for (const unit of ['holdfast', 'holdfast-worker'])
        expect(await debian.unit(unit)).toMatchObject({
          ActiveState: 'active',
          UnitFileState: 'enabled',
          NRestarts: '0',
        })
      expect(await holdfast('--version')).toContain(
        JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')).version,
      )
      const owned = await debian.run(
        'stat',
        '-c',
        '%U:%G %a',
        '/var/lib/holdfast',
        '/etc/holdfast/holdfast.env',
      )
      expect(owned).toBe('holdfast:holdfast 700\nroot:holdfast 640\n')
      await debian.run('visudo', '-c')
    })

    test('what was compiled at the installation is read by the services, and changed by root alone', async () => {
      const cache = '/var/cache/holdfast/compile'
      const writable = ['!', '-user', 'root', '-o', '!', '-type', 'l', '-perm', '/022']
      expect(await debian.run('find', '/var/cache/holdfast', ...writable)).toBe('')
      const start = (...by: string[]) =>
        debian.run('env', 'NODE_DEBUG_NATIVE=COMPILE_CACHE', ...by, 'holdfast', 'jobs', 'list')
      for (const by of [[], ['runuser', '-u', 'holdfast', '--']]) {
        const said = await start(...by)
        expect(said).toContain(`reading cache from ${cache}/`)
        expect(said).toMatch(/main\.ts was accepted/)
        expect(said).not.toMatch(/Creating temporary file|was rejected|no transpile cache/)
      }
      const environment = async (unit: string) => debian.run('cat', `/proc/${await pidOf(unit)}/environ`)
      expect(await environment('holdfast')).toContain(`NODE_COMPILE_CACHE=${cache}\0`)
      expect(await environment('holdfast-worker')).toContain('NODE_COMPILE_CACHE=\0')
      const others = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'holdfast', '--version']
      expect(await debian.run(...others)).toMatch(/^\d+\.\d+\.\d+/)
    })

    test('the link in the journal makes the first user', async () => {
      const link = /http:\S+#token=(\S+)/
      token = await until('the link is there', async () => link.exec(await journal())?.[1])
      const headers = { 'content-type': 'application/json', origin: SERVER }
      const body = JSON.stringify({ token, name: 'anna', password: PASSWORD })
      expect(await debian.fetch(`${SERVER}/api/setup`, { method: 'POST', headers, body })).toMatchObject({
        status: 201,
      })
      expect(await debian.fetch(`${SERVER}/api/setup`, { method: 'POST', headers, body })).toMatchObject({
        status: 403,
      })
      expect((await debian.fetch(SERVER)).body).toContain('<html')
    })

    test('the server is confined: no rights, no way to more, homes and programs out of its reach', async () => {
      const pid = await pidOf('holdfast')
      const status = await debian.run('cat', `/proc/${pid}/status`)
      for (const field of ['CapEff:\t0{16}', 'CapBnd:\t0{16}', 'NoNewPrivs:\t1', 'Seccomp:\t2'])
        expect(status).toMatch(new RegExp(`^${field}$`, 'm'))
      await debian.run('install', '-d', '-m', '0777', '/home/anna', '/usr/open', '/srv/open')
      await put(debian, 'root/private', 'mine')
      const asServer = (script: string) =>
        debian.run(
          'nsenter',
          '-t',
          pid,
          '-m',
          'setpriv',
          '--reuid=holdfast',
          '--regid=holdfast',
          '--clear-groups',
          'sh',
          '-c',
          script,
        )
      for (const forbidden of [
        'cat /root/private',
        'touch /home/anna/x',
        'touch /usr/open/x',
        'ls /dev/loop*',
        'touch /proc/sys/kernel/x',
      ])
        await expect(asServer(forbidden), forbidden).rejects.toThrow()
      expect(await asServer('touch /srv/open/x && ls -d /home/anna')).toBe('/home/anna\n')
    })

    test('the worker has the capabilities that its unit names, and no more', async () => {
      const status = await debian.run('cat', `/proc/${await pidOf('holdfast-worker')}/status`)
      const effective = BigInt(`0x${/^CapEff:\s*(\w+)$/m.exec(status)?.[1]}`)
      const bits = [...Array(41).keys()].filter((bit) => (effective >> BigInt(bit)) & 1n)
      // chown, dac_override, dac_read_search, fowner, fsetid, mknod, setfcap
      expect(bits).toEqual([0, 1, 2, 3, 4, 27, 31])
      expect(status).not.toMatch(/^Uid:\s+0/m)
    })

    test('a first job by hand: applied, run and followed, told by mail, restored with its owner', async () => {
      mailbox = debian.spawnBeside(
        process.execPath,
        join(import.meta.dirname, 'mailbox.testkit.ts'),
        MAIL_PASSWORD,
      )
      const lines = createInterface({ input: mailbox.stdout ?? process.stdin })
      const port = await new Promise<string>((resolve) => lines.once('line', resolve))
      lines.on('line', (line) => mails.push(line))
      await debian.run('mkdir', '-p', '/srv/documents', '/srv/large')
      await debian.run('install', '-d', '-o', 'holdfast', '-g', 'holdfast', '/mnt/disk')
      await put(debian, 'srv/documents/letter', 'dear reader', 0o400)
      await chown(debian.path('srv/documents/letter'), 4321, 4321)
      await put(debian, 'root/password', MAIL_PASSWORD, 0o600)
      await debian.run('sh', '-c', 'holdfast secret set smtp-password < /root/password')
      const smtp = `{ host: 127.0.0.1, port: ${port}, tls: none, user: ops, password: { secret: smtp-password } }`
      const config = `
vaults: [{ name: disk, kind: directory, path: /mnt/disk/vault, minFree: 1MiB }]
notifications: [{ name: admins, kind: mail, from: a@office.example, to: [b@office.example], on: [success], smtp: ${smtp} }]
jobs:
  - { name: documents, kind: disk-copy, vault: disk, config: { source: /srv/documents } }
  - { name: large, kind: disk-copy, vault: disk, notify: never, config: { source: /srv/large, bandwidthLimit: 1MiB } }
`
      await put(debian, 'root/holdfast.yaml', config)
      expect(await holdfast('apply', '/root/holdfast.yaml')).toContain('✔ in force')
      expect(await holdfast('run', 'documents')).toMatch(/documents: queued[\s\S]*✔ success/)
      const mail = JSON.parse(await until('the mail is there', async () => mails[0]))
      expect(mail).toMatchObject({ to: ['b@office.example'], user: 'ops' })
      expect(mail.source).toContain('documents')
      await holdfast('restore', 'documents', '--to', '/mnt/disk/back')
      expect(await readFile(debian.path('mnt/disk/back/letter'), 'utf8')).toBe('dear reader')
      expect(await stat(debian.path('mnt/disk/back/letter'))).toMatchObject({ uid: 4321, mode: 0o100400 })
    })

    const programs = async () =>
      (await debian.run('sh', '-c', 'cat /proc/[0-9]*/comm 2>/dev/null || true')).split('\n')

    /** Returns in the middle of a run that takes some seconds. */
    async function startLarge(): Promise<void> {
      await writeFile(debian.path('srv/large/file'), randomBytes(8 * 2 ** 20))
      debian.spawn('holdfast', 'run', 'large', '--no-wait')
      await until('the run copies', async () => (await programs()).includes('rsync'))
    }

    test('the command reads the settings of the services, and what the caller sets wins', async () => {
      const level = (value: string) =>
        debian.run('env', `HOLDFAST_LOG_LEVEL=${value}`, 'holdfast', '--local', 'status')
      await put(debian, 'etc/holdfast/holdfast.env', 'HOLDFAST_LOG_LEVEL="nonsense"\n')
      await expect(holdfast('--local', 'status')).rejects.toThrow('HOLDFAST_LOG_LEVEL')
      expect(await level('error')).toContain('documents')
      await put(debian, 'etc/holdfast/holdfast.env', "# mine\nHOLDFAST_LOG_LEVEL='info'\n")
      expect(await holdfast('--local', 'status')).toContain('documents')
    })

    test('killed, the server is back and works on', async () => {
      await debian.run('systemctl', 'kill', '--kill-who=main', '--signal=KILL', 'holdfast')
      await until('it was started again', async () => (await debian.unit('holdfast')).NRestarts === '1')
      await until('the server is ready', isReady)
      expect(await debian.unit('holdfast')).toMatchObject({ ActiveState: 'active' })
    })

    test('through sudo the worker mounts a disk by UUID for the whole machine, and nothing else', async () => {
      await using disk = await LoopDisk.mount({ type: 'ext4' })
      await disk.unmount()
      const uuid = `UUID=${execFileSync('blkid', ['-s', 'UUID', '-o', 'value', disk.device], { encoding: 'utf8' }).trim()}`
      const { rdev } = await stat(disk.device)
      await debian.run('mknod', disk.device, 'b', String(rdev >> 8), String(rdev & 0xff))
      const mounts = () => debian.run('cat', '/proc/1/mounts')
      const target = '/run/holdfast/mounts/disk'
      const sudo = 'sudo -n /usr/bin/mount -o'
      const done = await asWorker(
        debian,
        `mkdir ${target}\n${sudo} nosuid,nodev,noexec,noatime ${uuid} ${target}\ntouch ${target}/x`,
      )
      expect(done).toEqual({ isDone: true, output: '' })
      expect(await mounts()).toMatch(new RegExp(` ${target} ext4 rw,nosuid,nodev,noexec,noatime`))
      expect(await asWorker(debian, `sudo -n /usr/bin/umount ${target}`)).toMatchObject({ isDone: true })
      expect(
        await asWorker(debian, `${sudo} ro,nosuid,nodev,noexec,noatime ${uuid} ${target}`),
      ).toMatchObject({
        isDone: true,
      })
      expect(await mounts()).toMatch(new RegExp(` ${target} ext4 ro,nosuid,nodev,noexec,noatime`))
      expect(await asWorker(debian, `sudo -n /usr/bin/umount ${target}`)).toMatchObject({ isDone: true })

      const before = await mounts()
      const attempts = escapes(uuid, disk.device).map(
        (words) => `if sudo -n ${words}; then echo DONE; exit 1; fi`,
      )
      const { isDone, output } = await asWorker(debian, attempts.join('\n'))
      expect({ isDone, output }).toMatchObject({ isDone: true, output: expect.not.stringContaining('DONE') })
      expect(await mounts()).toBe(before)
    })

    test('a worker killed in the middle of a run is back, and the run ends well', async () => {
      await startLarge()
      await debian.run('systemctl', 'kill', '--kill-who=main', '--signal=KILL', 'holdfast-worker')
      await until('the run has ended', async () => (await runs('large'))[0]?.status === 'finished')
      expect((await runs('large'))[0]).toMatchObject({ outcome: 'success' })
      expect(await debian.unit('holdfast-worker')).toMatchObject({ ActiveState: 'active', NRestarts: '1' })
    })

    test('a stopped worker leaves its run in the queue and no program behind', async () => {
      await startLarge()
      await debian.run('systemctl', 'stop', 'holdfast-worker')
      expect(await debian.unit('holdfast-worker')).toMatchObject({
        Result: 'success',
        ActiveState: 'inactive',
      })
      expect((await runs('large'))[0]).toMatchObject({ status: 'queued' })
      expect(await programs()).not.toContain('rsync')
      expect(await programs()).toContain('postgres')
      await debian.run('systemctl', 'start', 'holdfast-worker')
      await until('the run has ended', async () => (await runs('large'))[0]?.status === 'finished')
      expect((await runs('large'))[0]).toMatchObject({ outcome: 'success' })
    })

    test('no secret stands in the journal, in the arguments of a process or in the settings', async () => {
      const said = [
        await journal(),
        await debian.run('sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " "'),
        await debian.run('systemctl', 'show', 'holdfast', 'holdfast-worker'),
        await debian.run('sh', '-c', 'cat /var/lib/holdfast/postgres/log/* /etc/holdfast/*'),
      ].join('\n')
      expect(said).toContain('worker ready')
      expect(said).not.toContain(MAIL_PASSWORD)
      expect(said).not.toContain(PASSWORD)
    })

    test('switched off in the middle of a run and on again it goes on', async () => {
      await startLarge()
      await debian.powerOff()
      await debian.boot()
      await until('the server is ready', isReady)
      expect(await holdfast('points', 'list')).toContain('documents')
      await until('the run has ended', async () => (await runs('large'))[0]?.status === 'finished')
      expect((await runs('large'))[0]).toMatchObject({ outcome: 'success' })
      const database = await debian.run('sh', '-c', 'cat /var/lib/holdfast/postgres/log/*')
      expect(database).not.toContain('was not properly shut down')
      for (const unit of ['holdfast', 'holdfast-worker'])
        expect(await debian.unit(unit)).toMatchObject({ ActiveState: 'active', NRestarts: '0' })
    })
  },
)
