import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize, relative } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import type { StoredJob, StoredRestoreRequest } from '../ports.ts'

/** Whoever may write here may take over the machine. Nothing is restored to these places, nor below, nor around them. */
const SYSTEM_PLACES = [
  '/etc',
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/boot',
  '/proc',
  '/sys',
  '/dev',
  '/run',
  '/var/spool',
]

/** A home itself, and what is hidden in it: keys and settings that programs obey. Other folders of a home are fine. */
const HOME = /^\/(home|(root|home\/[^/]+)(\/\.[^/]*(\/.*)?)?)$/

export interface TargetInput {
  /** The job of the restore point. */
  job: StoredJob
  request: StoredRestoreRequest
  /** Directory of the vault the point lies on, which may be deleted from the configuration. */
  vaultPath: string
  /** The options let the restore write over files that are there. */
  overwrites: boolean
}

/**
 * Refuses a target by the paths alone, so that it says nothing about what exists on the machine. Throws `not-allowed`,
 * `vault-foreign`, `config-invalid`.
 */
export async function checkTarget(deps: EngineDeps, input: TargetInput): Promise<void> {
  await judge(deps, input, await targetOf(input, async (path) => path), async (path) => path)
}

/**
 * The real path of the target, judged once more on the machine where it lies: symbolic links may lead it elsewhere.
 * Throws what {@link checkTarget} throws.
 */
export async function realTarget(deps: EngineDeps, input: TargetInput): Promise<string> {
  await checkTarget(deps, input)
  const target = await targetOf(input, realPathOf)
  await judge(deps, input, target, realPathOf)
  return target
}

type Resolve = (path: string) => Promise<string>

async function targetOf({ request }: TargetInput, resolve: Resolve): Promise<string> {
  if (!isAbsolute(request.target))
    throw new HoldfastError('config-invalid', 'the folder to restore into is named by its absolute path')
  return await resolve(clean(request.target))
}

async function judge(deps: EngineDeps, input: TargetInput, target: string, resolve: Resolve): Promise<void> {
  const { job, request, vaultPath, overwrites } = input
  const { store, ownPaths } = deps
  const resolved = (paths: readonly string[]) => Promise.all(paths.map((path) => resolve(clean(path))))
  // First, so that a limited user gets the same answer for every other place.
  if (request.limited) {
    const roots = await resolved(job.node?.restoreRoots ?? [])
    if (!roots.some((root) => isInside(target, root))) throw outsideRoots(request.target)
  }
  // Where a link leads is nothing for a limited user.
  const shown = request.limited ? request.target : target
  const touches = (place: string) => isInside(target, place) || isInside(place, target)
  const vaults = await resolved([vaultPath, ...(await store.objects.vaults()).map(({ path }) => path)])
  if (vaults.some(touches)) {
    throw new HoldfastError('vault-foreign', `${shown} lies in or around the directory of a vault`, {
      hint: 'Restore points must stay as they are: restore to a folder apart from every vault.',
    })
  }
  if ((await resolved(ownPaths)).some(touches)) {
    throw new HoldfastError('not-allowed', `${shown} lies in or around a directory of Holdfast itself`, {
      hint: 'Restore to another folder.',
    })
  }
  if ([...SYSTEM_PLACES, ...(await resolved(SYSTEM_PLACES))].some(touches)) {
    throw new HoldfastError('not-allowed', `${shown} lies in or around a directory of the system`, {
      hint: 'Restore to a folder beside it and copy by hand what is needed.',
    })
  }
  if ((await resolved(sourcesOf(deps, job))).some((source) => isInside(target, source))) return
  if (HOME.test(target)) {
    throw new HoldfastError('not-allowed', `${shown} is a home, or hidden in one`, {
      hint: 'Restore to a folder of its own and copy by hand what is needed.',
    })
  }
  if (!overwrites) return
  const others = (await store.objects.jobs()).filter(({ id, site }) => id !== job.id && site === job.site)
  if ((await resolved(others.flatMap((other) => sourcesOf(deps, other)))).some(touches)) {
    throw new HoldfastError('not-allowed', `${shown} lies in or around the source of another job`, {
      hint: 'Restore to an empty folder and copy by hand what is needed.',
    })
  }
}

function outsideRoots(target: string): HoldfastError {
  const message = `${target} lies in none of the folders that users limited to this node may restore into`
  return new HoldfastError('not-allowed', message, {
    hint: 'Ask an administrator to restore, or to add a folder to `restoreRoots` of the node.',
  })
}

/** Settings that do not fit the kind any more name no source. */
function sourcesOf({ drivers }: EngineDeps, { kind, spec }: StoredJob): readonly string[] {
  const driver = drivers.find(({ info }) => info.kind === kind)
  const config = driver?.config.safeParse(spec.config)
  return config?.success ? (driver?.sourcePaths?.(config.data) ?? []) : []
}

/** Normalized, without a slash at the end. */
function clean(path: string): string {
  return normalize(path).replace(/(?<=.)\/+$/, '')
}

function isInside(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '..' && !way.startsWith('../')
}

/** Of something that need not exist yet: the real path of its nearest existing ancestor, and the rest. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    // What cannot be looked at cannot be written to either; a link to nothing could be, once that is there.
    const isLink = await lstat(path).then(
      (facts) => facts.isSymbolicLink(),
      () => false,
    )
    if (isLink) throw new HoldfastError('config-invalid', `${path} is a symbolic link that leads nowhere`)
    return path === dirname(path) ? path : join(await realPathOf(dirname(path)), basename(path))
  }
}
