import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HoldfastError, idOf, instant, objectName } from '@holdfast/contract'
import { z } from 'zod'
import { createDurably, readJson, TEMPORARY_SUFFIX } from '../clients/disks/durable-file.ts'
import { VAULT_MARKER } from '../drivers/driver.ts'
import { isMountPoint } from '../kit/mounts.ts'

const README_FILE = 'README.txt'

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

/** A directory that is a vault, or is to become one. */
export interface VaultPlace {
  readonly path: string
  /** Nothing is read or written there unless something is mounted right at the path. */
  readonly mustBeMounted: boolean
}

/** The same with the id and name that its marker bears or will bear. */
export interface OwnPlace extends VaultPlace {
  readonly id: string
  readonly name: string
}

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
    // A disk that answers with errors is there, and worse than absent.
    if (code === 'EIO') throw error
    throw absent(path, code ?? 'unknown', error)
  }
}

/** Looks, changes nothing. Throws `vault-absent` and `vault-foreign`. */
export async function inspectVault(spec: VaultPlace): Promise<VaultState> {
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
    if (error.code === 'EIO') throw error
    throw absent(path, error.code ?? 'unknown', error)
  })
  if (!names.includes(VAULT_MARKER)) {
    const stranger = names.find(isForeign)
    if (stranger === undefined) return null
    throw foreign(path, `bears no ${VAULT_MARKER} but holds other files, such as ${JSON.stringify(stranger)}`)
  }
  const parsed = marker.safeParse(await readJson(join(path, VAULT_MARKER)))
  if (!parsed.success) throw foreign(path, `has a ${VAULT_MARKER} that cannot be read`)
  return parsed.data.id
}

/** Like {@link inspectVault}, and it must be this very vault or a fresh one. */
export async function openVault(vault: OwnPlace): Promise<VaultState> {
  const state = await inspectVault(vault)
  if (state.id === null || state.id === vault.id) return state
  throw foreign(state.path, `is another one: it bears the id ${state.id}, the job writes to ${vault.id}`)
}

/**
 * A vault of which `count` restore points are known bears its marker. Where it does not, its disk is not mounted and this is the empty
 * mount point: nothing may be written there. Throws `vault-absent`.
 */
export function refuseForgotten(state: VaultState, count: number): void {
  if (state.id !== null || count === 0) return
  const why = `it bears no ${VAULT_MARKER} although ${count} restore points are known`
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
export async function claimVault(vault: OwnPlace, now: Date): Promise<VaultState> {
  const state = await openVault(vault)
  if (!state.exists) await mkdir(state.path, { mode: 0o755, recursive: true })
  if (state.id === null) {
    const content = {
      format: 'holdfast-vault/1',
      id: vault.id,
      name: vault.name,
      createdAt: now.toISOString(),
    }
    await createDurably(join(state.path, VAULT_MARKER), `${JSON.stringify(content, null, 2)}\n`)
  }
  const names = await readdir(state.path)
  if (!names.includes(README_FILE)) await createDurably(join(state.path, README_FILE), README)
  return await openVault(vault)
}
