import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWebWhenStale } from '../../web/build-when-stale.ts'
import { BankDisks } from './bank-disks.ts'
import { Camera } from './camera.ts'
import { ADMIN, HOSTS, MAIL_PORT } from './firm.ts'
import { FirmServer } from './firm-server.ts'
import { liveThroughDays } from './history.ts'
import { MailReceiver } from './mail-receiver.ts'
import { PICTURES } from './pictures.ts'

/**
 * `npm run docs:screenshots [name …]`: takes the pictures of docs/screenshots, or those named, from a real server of an
 * invented firm. It runs in mount and host name namespaces of its own, so that folders such as /srv and the name of the
 * machine are those of the firm and nothing of this machine shows or is touched. Needs root.
 */

const INSIDE = '--inside'
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const output = path.join(root, 'docs/screenshots')
/** Each is empty inside, and takes what the firm keeps there. */
const FOLDERS = { '/srv': '20G', '/mnt': '64M', '/var/lib': '8G' }

function goInside(args: string[]): number {
  if (process.getuid?.() !== 0)
    throw new Error('Run it as root: it mounts folders of its own over /srv and /mnt.')
  const self = fileURLToPath(import.meta.url)
  const command = ['--mount', '--uts', process.execPath, self, INSIDE, ...args]
  return spawnSync('unshare', command, { stdio: 'inherit' }).status ?? 1
}

function furnish(): void {
  for (const [folder, size] of Object.entries(FOLDERS)) mountEmpty(folder, size)
  mkdirSync('/mnt/nas-bozen')
  mountEmpty('/mnt/nas-bozen', '12G')
  mkdirSync('/mnt/usb-a')
  mountEmpty('/mnt/usb-a', '4G')
  mkdirSync('/mnt/usb-b')
  // A build that somebody makes meanwhile must not take away what the server serves.
  cpSync(path.join(root, 'web/dist'), '/var/lib/web', { recursive: true })
  execFileSync('mount', ['--bind', '/var/lib/web', path.join(root, 'web/dist')])
  execFileSync('hostname', ['sv-backup01'])
  const hosts = path.join('/var/lib', 'hosts')
  writeFileSync(hosts, HOSTS.map((name) => `127.0.0.1 ${name}\n`).join(''))
  execFileSync('mount', ['--bind', hosts, '/etc/hosts'])
}

function mountEmpty(folder: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'holdfast', folder])
}

async function takeAll(names: string[]): Promise<void> {
  furnish()
  await using mail = await MailReceiver.open(MAIL_PORT)
  await using bank = await BankDisks.make()
  await using server = await FirmServer.start(root)
  const taken = mkdtempSync(path.join(tmpdir(), 'holdfast-screenshots-'))
  await using camera = await Camera.open(server.address, taken)
  const admin = await camera.newWindow()
  await admin.goto('/setup')
  await camera.signIn(admin, ADMIN)
  const firm = await liveThroughDays(server, admin, bank)
  process.stdout.write(`the firm has lived, ${mail.count} mails were sent\n`)
  const chosen = PICTURES.filter(({ name }) => names.length === 0 || names.includes(name))
  for (const scheme of ['light', 'dark'] as const)
    for (const picture of chosen) await camera.take(picture, scheme, firm)
  if (names.length === 0) rmSync(output, { recursive: true, force: true })
  cpSync(taken, output, { recursive: true })
  rmSync(taken, { recursive: true })
  process.stdout.write(`${chosen.length} screens in docs/screenshots, light and dark\n`)
}

const args = process.argv.slice(2)
if (args[0] === INSIDE) await takeAll(args.slice(1))
else {
  await buildWebWhenStale()
  process.exitCode = goInside(args)
}
