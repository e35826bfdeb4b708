import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { isInside, type Mount, mounts, overlap } from '../../../kit/mounts.ts'
import type { EngineDeps } from '../../deps.ts'
import type { StoredJob, StoredRestoreRequest } from '../../ports.ts'
import { objectionsTo, SYSTEM_PLACES } from './restore-target-places.ts'

export interface TargetInput {
  /** The job of the restore point. */
  job: StoredJob
  request: StoredRestoreRequest
  /** Directory of the vault the point lies on, which may be deleted from the configuration; null for a disk set. */
  vaultPath: string | null
  /** The options let the restore write over files that are there. */
  overwrites: boolean
}

/** What paths are judged by: the words alone, or links and mounts of this machine as well. */
interface Ground {
  /** The real path; null for one that a link leads nowhere. */
  resolve(path: string): Promise<string | null>
  mounts: readonly Mount[]
}

const ON_PAPER: Ground = { resolve: async (path) => path, mounts: [] }

/**
 * Refuses a target by the paths alone, so that it says nothing about what exists on the machine. Throws `restore-target-refused`,
 * `vault-foreign`, `config-invalid`.
 */
export async function checkTarget(deps: EngineDeps, input: TargetInput): Promise<void> {
  await judge(deps, input, ON_PAPER)
}

/**
 * The real path of the target, judged once more on the machine where it lies: symbolic links may lead it elsewhere, and
 * mounts show one folder under several names. Throws what {@link checkTarget} throws.
 */
export async function realTarget(deps: EngineDeps, input: TargetInput): Promise<string> {
  await checkTarget(deps, input)
  return await judge(deps, input, { resolve: realPathOf, mounts: await mounts() })
}

async function judge(deps: EngineDeps, input: TargetInput, on: Ground): Promise<string> {
  const { request } = input
  if (!isAbsolute(request.target))
    throw new HoldfastError('config-invalid', 'the folder to restore into is named by its absolute path')
  const asked = clean(request.target)
  const target = await on.resolve(asked)
  const named = await foldersNamed(deps, input, asked, on)
  // First, so that whoever is confined gets the same answer for every other place, whatever lies there.
  if (isConfined(request) && (target !== asked || !named.some(({ lets }) => lets === 'anybody'))) {
    throw elsewhere(request)
  }
  if (target === null)
    throw new HoldfastError('config-invalid', `${asked} leads through a symbolic link that leads nowhere`)
  // A link that somebody put there takes a target out of the folders that the configuration names.
  const open = target === asked ? named.map(({ folder }) => folder) : []
  await refusePlaces(deps, input, target, on)
  refuseObjections(target, open, on)
  await refuseOtherSources(deps, input, target, on)
  return target
}

/** Everybody but administrators. A request that does not say who made it is treated like theirs. */
function isConfined({ limited, administers }: StoredRestoreRequest): boolean {
  return limited === true || administers !== true
}

/**
 * Folders around the target that the configuration names: those of `restoreRoots`, which let anybody in, and the job's own
 * source, which lets in who is not limited to nodes. As written: one that links lead elsewhere is none, since whoever owns
 * the folder above it may have put a link in its place.
 */
async function foldersNamed(
  deps: EngineDeps,
  { job, request }: TargetInput,
  asked: string,
  on: Ground,
): Promise<{ folder: string; lets: 'anybody' | 'administrators' }[]> {
  const sourceLets = request.limited ? ('administrators' as const) : ('anybody' as const)
  const roots = job.node?.kind === 'host' ? job.node.restoreRoots : []
  const folders = [
    ...roots.map((folder) => ({ folder: clean(folder), lets: 'anybody' as const })),
    ...sourcesOf(deps, job).map((folder) => ({ folder: clean(folder), lets: sourceLets })),
  ]
  const around = folders.filter(({ folder }) => isInside(asked, folder))
  const real = await Promise.all(around.map(async ({ folder }) => (await on.resolve(folder)) === folder))
  return around.filter((_, index) => real[index])
}

type Touches = (place: string) => boolean

function touching(target: string, on: Ground): Touches {
  return (place) => overlap(target, place, on.mounts)
}

/** As written and, where links lead elsewhere, as they are. */
async function bothWays(paths: readonly string[], on: Ground): Promise<string[]> {
  const cleaned = paths.map(clean)
  const real = await Promise.all(cleaned.map((path) => on.resolve(path)))
  return [...new Set([...cleaned, ...real.filter((path) => path !== null)])]
}

/** Places that nothing is ever restored to, whatever the configuration names. */
async function refusePlaces(deps: EngineDeps, input: TargetInput, target: string, on: Ground): Promise<void> {
  const touches = touching(target, on)
  const configured = await deps.store.objects.vaults()
  const vaults = [
    ...(input.vaultPath === null ? [] : [input.vaultPath]),
    ...configured.flatMap((vault) => (vault.kind === 'directory' ? [vault.path] : [])),
  ]
  if ((await bothWays(vaults, on)).some(touches)) {
    throw new HoldfastError('vault-foreign', `${target} lies in or around the directory of a vault`, {
      hint: 'Restore points must stay as they are: restore to a folder apart from every vault.',
    })
  }
  if ((await bothWays(deps.ownPaths, on)).some(touches)) {
    throw new HoldfastError(
      'restore-target-refused',
      `${target} lies in or around a directory of Holdfast itself`,
      {
        hint: 'Restore to another folder.',
      },
    )
  }
  if ((await bothWays(SYSTEM_PLACES, on)).some(touches)) {
    throw new HoldfastError(
      'restore-target-refused',
      `${target} lies in or around a directory of the system`,
      {
        hint: 'Restore to a folder beside it and copy by hand what is needed.',
      },
    )
  }
}

/** `open` are folders around the target that the configuration names: what lies around these speaks against it no more. */
function refuseObjections(target: string, open: readonly string[], on: Ground): void {
  const objections = objectionsTo(target, touching(target, on))
  const [first] = objections.filter(({ area }) => !open.some((folder) => isInside(folder, area)))
  if (!first) return
  throw new HoldfastError(
    'restore-target-refused',
    `${target} lies ${first.what}, and no folder of \`restoreRoots\` of the node opens it`,
    {
      hint: 'Restore to a folder of its own and copy by hand what is needed, or add a folder in there to `restoreRoots` of the node of the job.',
    },
  )
}

async function refuseOtherSources(
  deps: EngineDeps,
  { job, overwrites }: TargetInput,
  target: string,
  on: Ground,
): Promise<void> {
  if (!overwrites) return
  const own = sourcesOf(deps, job).map(clean)
  const real = await Promise.all(own.map((source) => on.resolve(source)))
  if (own.some((source, index) => real[index] === source && isInside(target, source))) return
  const others = (await deps.store.objects.jobs()).filter(
    ({ id, site }) => id !== job.id && site === job.site,
  )
  const sources = others.flatMap((other) => sourcesOf(deps, other))
  if ((await bothWays(sources, on)).some(touching(target, on))) {
    throw new HoldfastError(
      'restore-target-refused',
      `${target} lies in or around the source of another job`,
      {
        hint: 'Restore to an empty folder and copy by hand what is needed.',
      },
    )
  }
}

/** Says the same whatever lies there, and wherever a link in the path leads. */
function elsewhere({ target, limited }: StoredRestoreRequest): HoldfastError {
  if (limited) {
    const message = `${target} lies in no folder of \`restoreRoots\` of the node: users limited to it restore to these only`
    return new HoldfastError('restore-target-refused', message, {
      hint: 'Ask an administrator to restore, or to add a folder to `restoreRoots` of the node. The path must lead there without symbolic links.',
    })
  }
  const message = `${target} lies neither in the source of the job nor in a folder of \`restoreRoots\` of its node`
  return new HoldfastError('restore-target-refused', message, {
    hint: 'Users who are not administrators restore to these only. Ask an administrator to restore, or to add a folder to `restoreRoots` of the node of the job. The path must lead there without symbolic links.',
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

/** Of something that need not exist yet: the real path of its nearest existing ancestor, and the rest. */
async function realPathOf(path: string): Promise<string | null> {
  try {
    return await realpath(path)
  } catch {
    // What cannot be looked at cannot be written to either; a link to nothing could be, once that is there.
    const isLink = await lstat(path).then(
      (facts) => facts.isSymbolicLink(),
      () => false,
    )
    if (isLink) return null
    if (path === dirname(path)) return path
    const above = await realPathOf(dirname(path))
    return above === null ? null : join(above, basename(path))
  }
}
