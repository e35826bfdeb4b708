import type { Repository, ScaleOutRepository } from '../../../../clients/veeam/connect.ts'
import type { FactValue, Item } from '../../model/inventory.ts'
import type { VeeamEstate } from './estate.ts'
import type { ResolveHost } from './host-names.ts'

/** Repositories and scale-out repositories: jobs and chains name either. */
export function storageItems(estate: VeeamEstate, resolve: ResolveHost): Item[] {
  const pools = new Map(estate.scaleOutRepositories.items.map((pool) => [pool.id, pool]))
  const repositories = estate.repositories.items
  const plain = repositories.filter(({ id }) => !pools.has(id)).map((one) => repositoryItem(one, resolve))
  return [...plain, ...[...pools.values()].map((pool) => poolItem(pool, repositories))]
}

type Facts = Readonly<Record<'capacityGb' | 'freeGb' | 'status', FactValue>>

function repositoryItem(repository: Repository, resolve: ResolveHost): Item {
  const { id, name, type, description, hostId, hostName, path } = repository
  const hostname = resolve(hostId, hostName)
  return storageItem(id, name, {
    role: type,
    description: description || null,
    path,
    ...(hostname === null ? {} : { hostname }),
    ...sizesOf([repository]),
    ...statusOf([repository]),
  })
}

function poolItem(pool: ScaleOutRepository, repositories: readonly Repository[]): Item {
  const { id, name, description } = pool
  const ids = new Set(pool.performanceExtentIds)
  const extents = repositories.filter(
    ({ id: own, extentOf }) =>
      ids.has(own) || (extentOf?.scaleOutRepositoryId === id && /^performance$/i.test(extentOf.extentType)),
  )
  const itself = repositories.find((repository) => repository.id === id)
  const isWhole = extents.length > 0 && extents.length >= ids.size
  return storageItem(id, name, {
    role: 'ScaleOut',
    description: description || null,
    ...(itself && (itself.capacityGb ?? 0) > 0 ? sizesOf([itself]) : isWhole ? sizesOf(extents) : {}),
    ...statusOf(extents),
  })
}

function storageItem(id: string, name: string, facts: Item['facts']): Item {
  return {
    kind: 'storage',
    id,
    name: name || id,
    facts: { name: name || id, type: 'VeeamRepository', ...facts },
    evidence: { names: name === '' ? [] : [name], addresses: [] },
    prefers: null,
  }
}

/** Object storage has no size. A repository that is offline tells none, which is no news of its size. */
function sizesOf(repositories: readonly Repository[]): Partial<Facts> {
  const capacityGb = sum(repositories.map((repository) => repository.capacityGb))
  const freeGb = sum(repositories.map((repository) => repository.freeGb))
  if (capacityGb !== null && freeGb !== null && capacityGb > 0) return { capacityGb, freeGb }
  const isOnline = repositories.every((repository) => repository.isOnline === true)
  return capacityGb === 0 && isOnline ? { capacityGb: null, freeGb: null } : {}
}

function statusOf(repositories: readonly Repository[]): Partial<Facts> {
  const told = repositories.filter(({ isOnline }) => isOnline !== null)
  if (told.length === 0) return {}
  const online = told.filter(({ isOnline }) => isOnline === true)
  if (online.length === 0) return { status: 'Offline' }
  if (online.length < told.length) return { status: 'Degraded' }
  return { status: told.some(({ isOutOfDate }) => isOutOfDate === true) ? 'OutOfDate' : 'Online' }
}

/** To a thousandth: sums of broken numbers end in noise. */
function sum(amounts: readonly (number | null)[]): number | null {
  let all = 0
  for (const amount of amounts) {
    if (amount === null) return null
    all += amount
  }
  return Math.round(all * 1000) / 1000
}
