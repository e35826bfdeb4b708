import type { BackupProxy, ManagedServer, Repository, ScaleOutRepository } from '../estate/estate.ts'
import { by, type List, same } from './list.ts'
import { type Filter, fitsPattern } from './query.ts'
import { renderManagedServer, renderProxy, renderProxyState } from './render-infrastructure.ts'
import { renderRepository, renderRepositoryState, renderScaleOut } from './render-storage.ts'
import { showsManagedServer, showsProxy } from './versions.ts'

export const MANAGED_SERVERS: List<ManagedServer> = {
  rows: ({ estate, version }) =>
    estate.managedServers.filter(({ type }) => showsManagedServer(type, version)),
  render: (server, { version }) => renderManagedServer(server, version),
  columns: ['Name', 'Type', 'Description'],
  filters: { nameFilter: by.name, typeFilter: by.type, viTypeFilter: same('viHostType') },
  newer: {
    columns: ['Status'],
    filters: {
      serverStateFilter: same('status'),
      includeNestedHosts: anyway('boolean'),
      skipDedupAppliances: anyway('boolean'),
    },
  },
}

const PROXY_FILTERS = {
  nameFilter: by.name,
  typeFilter: by.type,
  hostIdFilter: same<BackupProxy>('hostId', 'id'),
}

export const PROXIES: List<BackupProxy> = {
  rows: ({ estate, version }) => estate.proxies.filter(({ type }) => showsProxy(type, version)),
  render: (proxy, { version }) => renderProxy(proxy, version),
  columns: ['Name', 'Type', 'Description'],
  filters: PROXY_FILTERS,
  newer: { columns: ['HostName', 'Status'] },
}

export const PROXY_STATES: List<BackupProxy> = {
  rows: ({ estate }) => estate.proxies,
  render: (proxy) => renderProxyState(proxy),
  columns: ['Name', 'Type', 'Description', 'HostName', 'Status'],
  filters: {
    ...PROXY_FILTERS,
    isDisabledFilter: same('isDisabled', 'boolean'),
    isOnlineFilter: same('isOnline', 'boolean'),
    isOutOfDateFilter: same('isOutOfDate', 'boolean'),
  },
}

export const REPOSITORIES: List<Repository> = {
  rows: ({ estate, query }) => withoutExtents(estate, query),
  render: (repository, { version }) => renderRepository(repository, version),
  columns: ['Name', 'Description', 'Type', 'Host', 'Path'],
  filters: {
    nameFilter: by.name,
    typeFilter: by.type,
    hostIdFilter: same('hostId', 'id'),
    pathFilter: { kind: 'text', keeps: ({ path }, value) => fitsPattern(path ?? '', value) },
  },
  newer: { filters: { excludeExtents: anyway('boolean') } },
}

export const REPOSITORY_STATES: List<Repository> = {
  rows: ({ estate, query }) => withoutExtents(estate, query),
  render: (repository, { version, estate }) => renderRepositoryState(repository, version, estate),
  columns: ['Name', 'Type', 'Host', 'Path', 'CapacityGB', 'FreeGB', 'UsedSpaceGB', 'Description'],
  filters: {
    idFilter: by.id,
    nameFilter: by.name,
    typeFilter: by.type,
    isOnlineFilter: same('isOnline', 'boolean'),
  },
  newer: {
    columns: ['Membership', 'Status'],
    filters: { isOutOfDateFilter: same('isOutOfDate', 'boolean'), excludeExtents: anyway('boolean') },
  },
}

export const SCALE_OUT_REPOSITORIES: List<ScaleOutRepository> = {
  rows: ({ estate }) => estate.scaleOutRepositories,
  render: (pool, { version }) => renderScaleOut(pool, version),
  columns: ['Name', 'Description', 'Type', 'Host', 'Path'],
  filters: { nameFilter: by.name },
  newer: { columns: ['EncryptionState'] },
}

function withoutExtents(
  estate: { repositories: readonly Repository[]; scaleOutRepositories: readonly ScaleOutRepository[] },
  query: URLSearchParams,
): readonly Repository[] {
  if (query.get('excludeExtents')?.toLowerCase() !== 'true') return estate.repositories
  const extents = new Set(estate.scaleOutRepositories.flatMap((pool) => pool.extents.map(({ id }) => id)))
  return estate.repositories.filter(({ id }) => !extents.has(id))
}

/** Known, and makes no difference to which rows are kept here. */
function anyway(kind: 'boolean'): Filter<unknown> {
  return { kind, keeps: () => true }
}
