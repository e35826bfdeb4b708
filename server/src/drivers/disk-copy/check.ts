import { readFile, stat } from 'node:fs/promises'
import type { Finding } from '@holdfast/contract'
import { HoldfastError } from '@holdfast/contract'
import { rsyncAbilities } from '../../clients/rsync/rsync.ts'
import { exec } from '../../kit/exec.ts'
import { isInside, mountOf, mounts } from '../../kit/mounts.ts'
import type { Context, Vault } from '../driver.ts'
import { kindFor } from './building/kind.ts'
import type { DiskCopyConfig } from './config.ts'
import { openSource, refuseOverlap, type Source } from './planning/source.ts'

function asFinding(subject: string, thrown: unknown): Finding {
  if (!(thrown instanceof HoldfastError)) throw thrown
  return { level: 'error', subject, message: thrown.message, hint: thrown.hint }
}

/** From this version on rsync enters no folder through a link that appears while it works. */
const CONFINED_FROM = [3, 5, 0]

/** Exported for tests. */
export function isOlder(version: string, than: readonly number[]): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10))
  const index = than.findIndex((part, at) => (parts[at] ?? 0) !== part)
  return index !== -1 && (parts[index] ?? 0) < (than[index] ?? 0)
}

async function checkTools(cx: Context): Promise<Finding[]> {
  const findings: Finding[] = []
  try {
    const rsync = await rsyncAbilities(cx.signal)
    if (isOlder(rsync.version, CONFINED_FROM)) {
      findings.push({
        level: 'warning',
        subject: 'rsync',
        message: `version ${rsync.version} follows links that others put into a folder while it works there`,
        hint: `Install version ${CONFINED_FROM.join('.')} or newer, or let administrators alone restore to folders that others may write to.`,
      })
    }
    const lacking = [rsync.acls ? '' : 'ACLs', rsync.xattrs ? '' : 'extended attributes'].filter(Boolean)
    findings.push(
      lacking.length === 0
        ? { level: 'ok', subject: 'rsync', message: `version ${rsync.version}` }
        : {
            level: 'error',
            subject: 'rsync',
            message: `version ${rsync.version} was built without ${lacking.join(' and ')}`,
            hint: 'Install the rsync of the distribution.',
          },
    )
  } catch (error) {
    findings.push(asFinding('rsync', error))
  }
  for (const [program, argument] of [
    ['flock', '--version'],
    ['setpriv', '--version'],
    ['perl', '-v'],
  ] as const) {
    try {
      await exec(program, [argument], { signal: cx.signal, okCodes: 'all' })
    } catch (error) {
      findings.push(asFinding(program, error))
    }
  }
  return findings
}

async function checkSource({
  job: { config },
  privileges,
}: Context<DiskCopyConfig>): Promise<{ source: Source | null; findings: Finding[] }> {
  try {
    const source = await openSource(config.source)
    const findings: Finding[] = [{ level: 'ok', subject: 'source', message: `${source.path} can be read` }]
    const below = (await mounts())
      .map((mount) => mount.mountPoint)
      .filter((point) => point !== source.path && isInside(point, source.path))
    if (below.length > 0) {
      const verb = config.oneFileSystem ? 'left out' : 'copied too'
      findings.push({
        level: 'warning',
        subject: 'source',
        message: `file systems mounted below it are ${verb}: ${below.slice(0, 5).join(', ')}`,
        hint: 'Set oneFileSystem to choose, or exclude them by a pattern.',
      })
    }
    findings.push(...checkPrivileges(privileges))
    return { source, findings }
  } catch (error) {
    return { source: null, findings: [asFinding('source', error)] }
  }
}

function checkPrivileges({ giveFilesAway, readEverything }: Context['privileges']): Finding[] {
  const lacking = [
    giveFilesAway ? '' : 'owners are not kept',
    readEverything ? '' : 'private files cannot be read',
  ].filter(Boolean)
  if (lacking.length === 0) return []
  return [
    {
      level: 'warning',
      subject: 'source',
      message: `the worker does not run as root: ${lacking.join(' and ')}`,
      hint: 'Run the worker of this site as root, or give it CAP_DAC_READ_SEARCH, CAP_CHOWN and CAP_FOWNER.',
    },
  ]
}

/** How the vault keeps generations, and what stands in the way of it. */
async function checkGenerations(vault: Vault, config: DiskCopyConfig): Promise<Finding[]> {
  try {
    const kind = await kindFor(config.generations, vault.path)
    if (kind !== 'snapshots') return []
    await exec('btrfs', ['--version'], { okCodes: 'all' })
    if (process.geteuid?.() === 0 || (await allowsRemoval(vault.path))) return []
    return [
      {
        level: 'warning',
        subject: 'vault',
        message: 'the vault is mounted without user_subvol_rm_allowed: snapshots are removed file by file',
        hint: 'Add user_subvol_rm_allowed to the mount options, or run the worker of this site as root.',
      },
    ]
  } catch (error) {
    return [asFinding('vault', error)]
  }
}

async function allowsRemoval(path: string): Promise<boolean> {
  const mount = mountOf(path, await mounts())
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n')
  return lines.some((line) => {
    const fields = line.split(' ')
    return fields[2] === mount?.device && fields.at(-1)?.split(',').includes('user_subvol_rm_allowed')
  })
}

async function checkPair(source: Source, vault: Vault, config: DiskCopyConfig): Promise<Finding[]> {
  try {
    await refuseOverlap(source, vault.path, config)
  } catch (error) {
    return [asFinding('vault', error)]
  }
  const facts = await stat(vault.path).catch(() => null)
  if (facts?.dev !== source.device) return []
  return [
    {
      level: 'warning',
      subject: 'vault',
      message: 'source and vault lie on the same file system: one failing disk takes both',
      hint: 'Put the vault on a disk of its own.',
    },
  ]
}

export async function checkCopy(cx: Context<DiskCopyConfig>): Promise<Finding[]> {
  const { config, vault } = cx.job
  const tools = await checkTools(cx)
  const { source, findings: ofSource } = await checkSource(cx)
  await using _held = source
  const ofPair = source && vault ? await checkPair(source, vault, config) : []
  const ofGenerations = vault ? await checkGenerations(vault, config) : []
  return [...tools, ...ofSource, ...ofPair, ...ofGenerations]
}
