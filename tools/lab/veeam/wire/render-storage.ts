import type { Repository, ScaleOutRepository, VeeamEstate } from '../estate/estate.ts'
import { CREDENTIALS, type Json } from './render-infrastructure.ts'
import { isOld, type LabVersion, spelled } from './versions.ts'

const MACHINES_DISKS = new Set(['WinLocal', 'LinuxLocal', 'LinuxHardened'])

export function renderRepository(repository: Repository, version: LabVersion): Json {
  const { id, name, description } = repository
  const uniqueId = id.replaceAll('-', '')
  const place = placeOf(repository, version)
  return { ...place, type: spelled(repository.type, version), id, name, description, uniqueId }
}

/** Where it stores: each type says it in words of its own, and types that a version does not know say nothing. */
function placeOf({ type, hostId, path, name }: Repository, version: LabVersion): Json {
  const mounts = { mountServerId: hostId ?? CREDENTIALS, writeCacheFolder: '/cache', vPowerNFSEnabled: false }
  const mountServer = isOld(version) ? mounts : { mountServerSettingsType: 'Linux', linux: mounts }
  if (MACHINES_DISKS.has(type))
    return { hostId, repository: { path, taskLimitEnabled: true, maxTaskCount: 4 }, mountServer }
  if (type === 'S3Compatible')
    return {
      account: { servicePoint: 'https://s3.example', regionId: 'eu-1', credentialsId: CREDENTIALS },
      bucket: { bucketName: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), folderName: 'veeam' },
      mountServer,
    }
  if (type === 'HPEStoreOnce' && version === '1.3-rev2')
    return {
      hpeStoreOnce: { storeOnceServerName: 'storeonce01', credentialsId: CREDENTIALS },
      repository: { path },
    }
  return {}
}

export function renderRepositoryState(
  repository: Repository,
  version: LabVersion,
  estate: VeeamEstate,
): Json {
  const { isOutOfDate, ...state } = repository
  const type = spelled(repository.type, version)
  if (isOld(version)) return { ...state, type }
  const pool = estate.scaleOutRepositories.find(({ extents }) =>
    extents.some(({ id }) => id === repository.id),
  )
  const extent = pool?.extents.find(({ id }) => id === repository.id)
  const details =
    pool && extent
      ? { membership: pool.name, scaleOutRepositoryId: pool.id, extentType: extent.tier }
      : undefined
  return { ...state, type, isOutOfDate, ...(details ? { scaleOutRepositoryDetails: details } : {}) }
}

export function renderScaleOut(pool: ScaleOutRepository, version: LabVersion): Json {
  const of = (tier: string) => pool.extents.filter((extent) => extent.tier === tier)
  const status = isOld(version) ? 'Normal' : ['Normal']
  const archive = of('Archive')[0]
  return {
    id: pool.id,
    name: pool.name,
    description: pool.description,
    uniqueId: pool.id.replaceAll('-', ''),
    performanceTier: { performanceExtents: of('Performance').map(({ id, name }) => ({ id, name, status })) },
    placementPolicy: { type: 'DataLocality', enforceStrictPlacementPolicy: false },
    capacityTier: {
      isEnabled: of('Capacity').length > 0,
      ...(of('Capacity').length > 0 ? { extents: of('Capacity').map(({ id }) => ({ id })) } : {}),
    },
    archiveTier: { isEnabled: archive !== undefined, ...(archive ? { extentId: archive.id } : {}) },
  }
}
