import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requires } from '../lab/requires.ts'
import { ROOT } from '../repo/repository.ts'
import { buildWebWhenStale } from '../web/build-when-stale.ts'
import { type BuiltPackage, buildDeb, debianVersion } from './build-deb.ts'
import { DebianChroot } from './chroot.testkit.ts'
import { capabilitiesOfWorkerUnit } from './worker-unit.testkit.ts'

const PATIENCE_MS = 60_000

test('a version before another one sorts before it in Debian too', () => {
  const versions = ['0.9.0', '1.0.0-beta.1', '1.0.0'].map(debianVersion)
  for (const [index, version] of versions.slice(1).entries())
    execFileSync('dpkg', ['--compare-versions', versions[index] ?? '', 'lt', version])
})

describe.skipIf(requires('root', 'debootstrap', 'sudo'))('the Debian package in a fresh Debian 12', () => {
  let out: string
  let built: BuiltPackage
  let debian: DebianChroot
  let server: ChildProcess | undefined
  let worker: ChildProcess | undefined
  let address = ''
  let origin: Record<string, string> = {}

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'holdfast-package-'))
    await buildWebWhenStale()
    const web = join(ROOT, 'web/dist')
    built = buildDeb({ out, compression: 'gzip', web })
    debian = await DebianChroot.create()
  }, 600_000)

  afterAll(async () => {
    await debian?.[Symbol.asyncDispose]()
    await rm(out, { recursive: true, force: true })
    const mounts = await readFile('/proc/self/mounts', 'utf8')
    expect(mounts).not.toContain('holdfast-debian-')
  }, 120_000)

  async function installPackage(): Promise<string> {
    await debian.run('mkdir', '-p', '/tmp/package')
    execFileSync('cp', [built.file, debian.path('tmp/package/holdfast.deb')])
    return await debian.run(
      'apt-get',
      'install',
      '--yes',
      '--no-install-recommends',
      '/tmp/package/holdfast.deb',
      'sudo',
    )
  }

  async function startServer(): Promise<string> {
    server = debian.spawnAs('holdfast', [], 'holdfast', 'serve', '--no-worker', '--listen', '127.0.0.1:0')
    let printed = ''
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (data) => (printed += data))
    const deadline = performance.now() + PATIENCE_MS
    while (!/#token=\S+\n/.test(printed)) {
      if (server.exitCode !== null || performance.now() > deadline) throw new Error(`no server: ${printed}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    address = /served at (\S+)\n/.exec(printed)?.[1] ?? ''
    return /#token=(\S+)\n/.exec(printed)?.[1] ?? ''
  }

  async function send(path: string, body: unknown) {
    const headers = { 'content-type': 'application/json', origin: address, ...origin }
    return await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  test('installs with its dependencies from the mirror, as a user of its own, and says where the link is', async () => {
    await debian.run('apt-get', 'update')
    expect(await installPackage()).toContain('journalctl -u holdfast | grep setup')
    expect(await debian.run('holdfast', '--version')).toContain(
      JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')).version,
    )
    expect(await debian.run('stat', '-c', '%U %a', '/var/lib/holdfast')).toBe('holdfast 700\n')
    expect(await debian.run('stat', '-c', '%U:%G %a', '/etc/holdfast/holdfast.env')).toBe(
      'root:holdfast 640\n',
    )
    expect(await debian.run('ls', '/etc/systemd/system/multi-user.target.wants')).toMatch(
      /holdfast-worker.service\nholdfast.service/,
    )
    await debian.run('systemd-analyze', 'verify', '--man=no', '/lib/systemd/system/holdfast-worker.service')
  })

  test('sudo lets the worker mount what the rules name, and nothing beside', async () => {
    const uuid = 'UUID=0f3c9a52-6b1e-4c52-9f4c-0b8e6a1d2c3b'
    const may = (...command: string[]) => debian.run('sudo', '-l', '-U', 'holdfast', ...command)
    const target = '/run/holdfast/mounts/disk_1'
    await debian.run('visudo', '-c')
    expect(await may('/usr/bin/mount', '-o', 'nosuid,nodev', uuid, target)).toContain(target)
    expect(await may('/usr/bin/mount', '-o', 'ro,nosuid,nodev', uuid, target)).toContain(target)
    expect(await may('/usr/bin/umount', target)).toContain(target)
    for (const refused of [
      ['/usr/bin/mount', uuid, target],
      ['/usr/bin/mount', '-o', 'nosuid,nodev,suid', uuid, target],
      ['/usr/bin/mount', '-o', 'nosuid,nodev', '/dev/sda1', target],
      ['/usr/bin/mount', '-o', 'nosuid,nodev', uuid, '/run/holdfast/mounts/../../../etc'],
      ['/usr/bin/mount', '-o', 'nosuid,nodev', uuid, target, '-o', 'suid'],
      ['/usr/bin/umount', '/'],
      ['/usr/bin/umount', '-l', target],
    ])
      await expect(may(...refused), refused.join(' ')).rejects.toThrow()
  })

  test('serves as the user holdfast; the link it prints makes the first user', async () => {
    const token = await startServer()
    const made = await send('/api/setup', { token, name: 'anna', password: 'seven quiet lanterns 42' })
    expect({ status: made.status, body: await made.text() }).toMatchObject({ status: 201 })
    origin = { cookie: made.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
    expect(await (await fetch(`${address}/healthz`)).text()).toBe('ok\n')
    const page = await fetch(address)
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  test('root applies a job beside the running service; it is run and restored', async () => {
    worker = debian.spawnAs('holdfast', capabilitiesOfWorkerUnit(), 'holdfast', 'worker', '--site', 'main')
    const { uid, gid } = await stat(debian.path('var/lib/holdfast'))
    await mkdir(debian.path('srv/documents'), { recursive: true })
    await writeFile(debian.path('srv/documents/letter'), 'dear reader')
    await chown(debian.path('srv/documents/letter'), 4321, 4321)
    await mkdir(debian.path('srv/disk'))
    await chown(debian.path('srv/disk'), uid, gid)
    await writeFile(
      debian.path('root/holdfast.yaml'),
      'vaults: [{ name: disk, kind: directory, path: /srv/disk/vault, minFree: 1MiB }]\n' +
        'jobs: [{ name: documents, kind: disk-copy, vault: disk, config: { source: /srv/documents } }]\n',
    )
    await debian.run('holdfast', 'apply', '/root/holdfast.yaml')
    expect(await debian.run('holdfast', 'run', 'documents')).toContain('✔ success')
    const listed = JSON.parse(await debian.run('holdfast', 'points', 'list', '--json'))
    expect(listed.items).toHaveLength(1)
    await debian.run('holdfast', 'restore', listed.items[0].id, '--to', '/srv/disk/back')
    expect(await readFile(debian.path('srv/disk/back/letter'), 'utf8')).toBe('dear reader')
    expect((await stat(debian.path('srv/disk/back/letter'))).uid).toBe(4321)
  })

  test('reads its settings file, and what the caller sets wins', async () => {
    const level = (value: string) =>
      debian.run('env', `HOLDFAST_LOG_LEVEL=${value}`, 'holdfast', '--local', 'status')
    await writeFile(debian.path('etc/holdfast/holdfast.env'), 'HOLDFAST_LOG_LEVEL="nonsense"\n')
    await expect(debian.run('holdfast', '--local', 'status')).rejects.toThrow('HOLDFAST_LOG_LEVEL')
    expect(await level('error')).toContain('documents')
    await writeFile(debian.path('etc/holdfast/holdfast.env'), "# mine\nHOLDFAST_LOG_LEVEL='warn'\n")
  })

  test('installed over itself it keeps settings and data', async () => {
    await installPackage()
    await debian.run('dpkg', '--install', '/tmp/package/holdfast.deb')
    expect(await readFile(debian.path('etc/holdfast/holdfast.env'), 'utf8')).toContain('# mine')
    expect(await debian.run('holdfast', 'status')).toContain('documents')
  })

  test('stops by SIGTERM and leaves no process behind', async () => {
    for (const child of [worker, server]) {
      const exited = child && once(child, 'exit')
      child?.kill('SIGTERM')
      expect(await exited).toEqual([0, null])
    }
    const deadline = performance.now() + PATIENCE_MS
    while ((await debian.processes()).length > 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await debian.processes()).toEqual([])
  })

  test('removed and purged it leaves data and restore points where they are', async () => {
    await debian.run('dpkg', '-r', 'holdfast')
    expect(existsSync(debian.path('usr/lib/holdfast'))).toBe(false)
    expect(existsSync(debian.path('etc/holdfast/holdfast.env'))).toBe(true)
    expect(await debian.run('dpkg', '-P', 'holdfast')).toContain('stays in /var/lib/holdfast')
    expect(existsSync(debian.path('etc/holdfast'))).toBe(false)
    expect(existsSync(debian.path('etc/sudoers.d/holdfast'))).toBe(false)
    expect(existsSync(debian.path('var/lib/holdfast/postgres'))).toBe(true)
    expect(existsSync(debian.path('srv/disk/vault/holdfast-vault.json'))).toBe(true)
  })
})
