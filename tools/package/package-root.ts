import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '../repo/repository.ts'

/** Name of the architecture in Debian. */
export const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** Where files of deploy/ and docs/ go, with their modes. */
const FILES: readonly (readonly [from: string, to: string, mode: number])[] = [
  ['deploy/systemd/holdfast.service', 'lib/systemd/system/holdfast.service', 0o644],
  ['deploy/systemd/holdfast-worker.service', 'lib/systemd/system/holdfast-worker.service', 0o644],
  ['deploy/systemd/holdfast-worker@.service', 'lib/systemd/system/holdfast-worker@.service', 0o644],
  ['deploy/systemd/holdfast-disk@.service', 'lib/systemd/system/holdfast-disk@.service', 0o644],
  ['deploy/udev/90-holdfast-disk.rules', 'lib/udev/rules.d/90-holdfast-disk.rules', 0o644],
  ['deploy/systemd/holdfast.sysusers.conf', 'usr/lib/sysusers.d/holdfast.conf', 0o644],
  ['deploy/systemd/holdfast.tmpfiles.conf', 'usr/lib/tmpfiles.d/holdfast.conf', 0o644],
  ['deploy/debian/holdfast.sh', 'usr/bin/holdfast', 0o755],
  ['deploy/debian/holdfast.env', 'etc/holdfast/holdfast.env', 0o640],
  ['deploy/debian/holdfast.sudoers', 'etc/sudoers.d/holdfast', 0o440],
  ['deploy/debian/holdfast.lintian-overrides', 'usr/share/lintian/overrides/holdfast', 0o644],
  ['deploy/debian/copyright', 'usr/share/doc/holdfast/copyright', 0o644],
  ['README.md', 'usr/share/doc/holdfast/README.md', 0o644],
  ['docs/reference/cli.md', 'usr/share/doc/holdfast/cli.md', 0o644],
  ['docs/reference/configuration.md', 'usr/share/doc/holdfast/configuration.md', 0o644],
  ['docs/reference/environment.md', 'usr/share/doc/holdfast/environment.md', 0o644],
  ['docs/reference/errors.md', 'usr/share/doc/holdfast/errors.md', 0o644],
  ['docs/reference/exit-codes.md', 'usr/share/doc/holdfast/exit-codes.md', 0o644],
  ...readdirSync(join(ROOT, 'docs/how-to')).map(
    (name) => [`docs/how-to/${name}`, `usr/share/doc/holdfast/how-to/${name}`, 0o644] as const,
  ),
  ...['holdfast-lock', 'holdfast-lock.settings', 'holdfast-request', 'holdfast-unlock'].map(
    (name) => [`deploy/windows/${name}.cmd`, `usr/share/doc/holdfast/windows/${name}.cmd`, 0o644] as const,
  ),
]

const CONTROL_FILES = [
  ['conffiles', 0o644],
  ['postinst', 0o755],
  ['prerm', 0o755],
  ['postrm', 0o755],
] as const

/** Adds to a package root, which holds the program below usr/lib/holdfast already, all that makes it a package. */
export function layOut(root: string, version: string, epoch: number): void {
  for (const [from, to, mode] of FILES) {
    mkdirSync(dirname(join(root, to)), { recursive: true })
    copyFileSync(join(ROOT, from), join(root, to))
    chmodSync(join(root, to), mode)
  }
  const manual = readFileSync(join(ROOT, 'deploy/debian/holdfast.1'))
  writeCompressed(join(root, 'usr/share/man/man1/holdfast.1.gz'), manual)
  writeCompressed(join(root, 'usr/share/doc/holdfast/changelog.gz'), Buffer.from(changelog(version, epoch)))
  writeControl(root, version)
  settle(root, epoch)
}

/** gzip of Node notes down no time, so equal content makes equal files. */
function writeCompressed(path: string, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, gzipSync(content, { level: 9 }))
}

function changelog(version: string, epoch: number): string {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000')
  const change = '  * What changed stands in the release notes of this version.'
  return `holdfast (${version}) stable; urgency=medium\n\n${change}\n\n -- Holdfast <root@localhost>  ${date}\n`
}

function writeControl(root: string, version: string): void {
  const fields: Record<string, string> = {
    VERSION: version,
    ARCHITECTURE: ARCHITECTURES[process.arch] ?? process.arch,
    INSTALLED_SIZE: String(installedKib(root)),
  }
  const folder = join(root, 'DEBIAN')
  mkdirSync(folder)
  const template = readFileSync(join(ROOT, 'deploy/debian/control.in'), 'utf8')
  const filled = template.replace(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = fields[name]
    if (value === undefined) throw new Error(`control.in names the unknown field ${name}`)
    return value
  })
  writeFileSync(join(folder, 'control'), filled)
  for (const [name, mode] of CONTROL_FILES) {
    copyFileSync(join(ROOT, 'deploy/debian', name), join(folder, name))
    chmodSync(join(folder, name), mode)
  }
}

/** As Debian counts: each file rounded up to whole KiB, anything else as one. */
function installedKib(root: string): number {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return entries.reduce((sum, entry) => {
    if (!entry.isFile()) return sum + 1
    return sum + Math.ceil(lstatSync(join(entry.parentPath, entry.name)).size / 1024)
  }, 0)
}

/** Modes without the umask of who builds, and one time for everything. */
function settle(root: string, epoch: number): void {
  spawnSync('chmod', ['-R', 'u+rwX,go+rX,go-w', join(root, 'usr'), join(root, 'lib')])
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    lutimesSync(path, epoch, epoch)
  }
  chmodSync(root, 0o755)
  lutimesSync(root, epoch, epoch)
}
