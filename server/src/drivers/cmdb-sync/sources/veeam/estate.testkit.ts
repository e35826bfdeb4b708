import type {
  Backup,
  BackupObject,
  BackupProxy,
  JobState,
  ManagedServer,
  Repository,
  RestorePoint,
} from '../../../../clients/veeam/connect.ts'
import type { Inventory, Item } from '../../model/inventory.ts'
import { identify } from '../veeam-machines/identity.ts'
import { joinRestorePoints } from '../veeam-machines/newest-points.ts'
import type { VeeamEstate } from './estate.ts'
import { veeamInventory } from './veeam-inventory.ts'

type ListName = Exclude<keyof VeeamEstate, 'serverInfo' | 'unlistedBackups'>
type Lists = { readonly [Name in ListName]?: VeeamEstate[Name]['items'] }

/** For tests: an estate of which only the named lists are not empty. */
export function estateOf(lists: Lists = {}): VeeamEstate {
  const empty = { items: [], problem: null }
  const read = Object.fromEntries(
    Object.entries(lists).map(([key, items]) => [key, { items, problem: null }]),
  )
  return {
    serverInfo: { vbrId: 'vbr', name: 'vbr01.example', buildVersion: '13.1', platform: 'Linux' },
    managedServers: empty,
    proxies: empty,
    repositories: empty,
    scaleOutRepositories: empty,
    jobStates: empty,
    jobs: empty,
    backups: empty,
    backupObjects: empty,
    restorePoints: empty,
    unlistedBackups: [],
    ...read,
  }
}

/** For tests: what is made of an estate, without any question asked later. */
export function inventoryOf(estate: VeeamEstate, infrastructureCode = 'SITE'): Inventory {
  const objects = estate.backupObjects.items
  const identified = identify(objects)
  const { newest } = joinRestorePoints(objects, estate.restorePoints.items)
  return veeamInventory(estate, { identified, newest, unsure: 0 }, { infrastructureCode, calls: 1 })
}

/** For tests: the items of one kind, by their ids. */
export function itemsOf(estate: VeeamEstate, kind: Item['kind']): Record<string, Item> {
  const items = inventoryOf(estate).items.filter((item) => item.kind === kind)
  return Object.fromEntries(items.map((item) => [item.id, item]))
}

export function managedServer(id: string, name: string, more: Partial<ManagedServer> = {}): ManagedServer {
  return { id, name, type: 'LinuxHost', description: '', status: 'Available', isBackupServer: null, ...more }
}

export function proxy(id: string, hostId: string | null, more: Partial<BackupProxy> = {}): BackupProxy {
  const state = { hostName: null, isOnline: true, isDisabled: false, isOutOfDate: false }
  return { id, name: 'VMware Backup Proxy', type: 'ViProxy', description: '', hostId, ...state, ...more }
}

export function repository(id: string, more: Partial<Repository> = {}): Repository {
  const place = { hostId: null, hostName: null, path: null }
  const size = { capacityGb: 100, freeGb: 40, isOnline: true, isOutOfDate: false }
  return { id, name: id, type: 'LinuxLocal', description: '', ...place, ...size, extentOf: null, ...more }
}

export function jobState(id: string, more: Partial<JobState> = {}): JobState {
  const runs = {
    status: 'Stopped',
    lastResult: 'Success',
    lastRun: '2026-11-19T22:00:00.000Z',
    nextRun: null,
  }
  return { id, name: id, type: 'VSphereBackup', description: '', ...runs, repositoryId: null, ...more }
}

export function backup(id: string, jobId: string | null, more: Partial<Backup> = {}): Backup {
  return { id, name: id, jobId, platformName: 'VMware', repositoryId: null, ...more }
}

/** For tests: an object of a chain; a virtual machine of `vc1` when it has an id there. */
export function object(
  id: string,
  backupId: string | null,
  name: string,
  more: Partial<BackupObject> = {},
): BackupObject {
  const path = more.objectId ? `vc1\\DC\\esx\\${name}` : null
  const usual = { type: 'VM', platformName: 'VMware', objectId: null, path, restorePointsCount: 3 }
  return { id, backupId, name, ...usual, ...more }
}

export function point(
  backupId: string,
  name: string,
  createdAt: string,
  more: Partial<RestorePoint> = {},
): RestorePoint {
  return { backupId, name, createdAt, guestOs: null, ...more }
}
