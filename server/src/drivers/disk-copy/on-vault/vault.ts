import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  HoldfastError,
  idOf,
  instant,
  objectName,
  type RestorePoint,
  type VaultSpec,
} from '@holdfast/contract'
import { z } from 'zod'
import { createDurably, TEMPORARY_SUFFIX } from '../../../clients/disks/durable-file.ts'
import { isMountPoint } from '../../../kit/mounts.ts'
import type { Vault } from '../../driver.ts'
import { MARKER_FILE, README_FILE } from './layout.ts'

const marker = z.object({
  format: z.literal('holdfast-vault/1'),
  id: idOf('vault'),
  name: objectName,
  createdAt: instant,
})

/** What file systems put into their own root. */
const NOT_FOREIGN = new Set(['lost+found', 'System Volume Information'])

/** Our own, too, from a claim that is going on or was killed. */
const isForeign = (name: string) => !NOT_FOREIGN.has(name) && !name.endsWith(TEMPORARY_SUFFIX)

const README = `This directory is a vault of Holdfast. It holds restore points and can be read without Holdfast.

  <job>/<time>/data/               the files, as they were at that time (UTC)
  <job>/<time>/SHA256SUMS          the SHA-256 of every file
  <job>/<time>/TREE                modes, owners, times, links of every entry (the first lines explain the format)
  <job>/<time>/restore-point.json  what was copied, when and from where

To check a restore point:   cd <job>/<time> && sha256sum --quiet -c SHA256SUMS
To take files back:         rsync -aHAXS --numeric-ids <job>/<time>/data/ /where/to/

Files that did not change are hard links shared by several restore points: never edit them here, copy them out first.
Names that begin with a dot are work in progress.
`

export interface VaultState {
  /** Free of symlinks. */
  readonly path: string
  /** The id it bears, null for one that Holdfast has not written to yet. */
  readonly id: string | null
  readonly exists: boolean
}

function absent(path: string, why: string, cause?: unknown): HoldfastError {
  return new HoldfastError('vault-absent', `the vault ${path} is not there: ${why}`, {
    details: { path },
    cause,
  })
}

function foreign(path: string, why: string): HoldfastError {
  return new HoldfastError('vault-foreign', `the vault ${path} ${why}`, { details: { path } })
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw absent(path, code ?? 'unknown', error)
  }
}

/** Looks, changes nothing. Throws `vault-absent` and `vault-foreign`. */
export async function inspectVault(spec: VaultSpec): Promise<VaultState> {
  if (!(await isDirectory(spec.path))) {
    if (spec.mustBeMounted) throw absent(spec.path, 'its mount point does not exist')
    if (!(await isDirectory(dirname(spec.path))))
      throw absent(spec.path, 'the directory above it does not exist')
    return {
      path: join(await realpath(dirname(spec.path)), spec.path.split('/').at(-1) ?? ''),
      id: null,
      exists: false,
    }
  }
  const path = await realpath(spec.path)
  if (spec.mustBeMounted && !(await isMountPoint(path))) throw absent(path, 'nothing is mounted there')
  return { path, id: await readMarker(path), exists: true }
}

async function readMarker(path: string): Promise<string | null> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    throw absent(path, error.code ?? 'unknown', error)
  })
  if (!names.includes(MARKER_FILE)) {
    const stranger = names.find(isForeign)
    if (stranger === undefined) return null
    throw foreign(path, `bears no ${MARKER_FILE} but holds other files, such as ${JSON.stringify(stranger)}`)
  }
  const parsed = marker.safeParse(await readJson(join(path, MARKER_FILE)))
  if (!parsed.success) throw foreign(path, `has a ${MARKER_FILE} that cannot be read`)
  return parsed.data.id
}

/** Null when the file is not JSON or not there. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** Like {@link inspectVault}, and it must be this very vault or a fresh one. */
export async function openVault(vault: Vault): Promise<VaultState> {
  const state = await inspectVault(vault)
  if (state.id === null || state.id === vault.id) return state
  throw foreign(state.path, `is another one: it bears the id ${state.id}, the job writes to ${vault.id}`)
}

/**
 * A vault that holds restore points bears its marker. Where it does not, its disk is not mounted and this is the empty
 * mount point: nothing may be written there. Throws `vault-absent`.
 */
export function refuseForgotten(state: VaultState, vault: Vault, known: readonly RestorePoint[]): void {
  const count = known.filter((point) => point.vaultId === vault.id).length
  if (state.id !== null || count === 0) return
  const why = `it bears no ${MARKER_FILE} although ${count} restore points are known`
  throw new HoldfastError(
    'vault-absent',
    `the vault ${state.path} is not there: ${why}: is its disk mounted?`,
    {
      details: { path: state.path, knownPoints: count },
    },
  )
}

/**
 * Makes a fresh vault ours. Only the last part of its path is ever created, and never that of a mount point. Several jobs
 * may do so at once, of this Holdfast or of another one: the first marker stands.
 */
export async function claimVault(vault: Vault, now: Date): Promise<VaultState> {
  const state = await openVault(vault)
  if (!state.exists) await mkdir(state.path, { mode: 0o755, recursive: true })
  if (state.id === null) {
    const content = {
      format: 'holdfast-vault/1',
      id: vault.id,
      name: vault.name,
      createdAt: now.toISOString(),
    }
    await createDurably(join(state.path, MARKER_FILE), `${JSON.stringify(content, null, 2)}\n`)
  }
  const names = await readdir(state.path)
  if (!names.includes(README_FILE)) await createDurably(join(state.path, README_FILE), README)
  return await openVault(vault)
}

/** Like {@link openVault}, for work on restore points that are there already. */
export async function openUsedVault(vault: Vault): Promise<string> {
  const state = await openVault(vault)
  if (!state.exists) throw absent(state.path, 'its directory does not exist')
  return state.path
}
