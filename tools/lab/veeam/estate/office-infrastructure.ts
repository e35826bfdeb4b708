import { idOf } from './build.ts'
import {
  type BackupProxy,
  type ManagedServer,
  type Repository,
  type ScaleOutRepository,
  THIS_SERVER_ID,
} from './estate.ts'

const MULTI = idOf('host', 2)
const BY_ADDRESS = idOf('host', 3)

export function officeHosts(): ManagedServer[] {
  const host = (number: number, name: string, type: string, more: Partial<ManagedServer> = {}) => ({
    id: idOf('host', number),
    name,
    description: `Created by LAB\\admin`,
    type,
    status: 'Available',
    ...more,
  })
  return [
    host(1, 'vbr01.office.example', 'LinuxHost', { id: THIS_SERVER_ID, isBackupServer: true }),
    host(2, 'px-multi.office.example', 'WindowsHost'),
    host(3, '192.0.2.67', 'LinuxHost'),
    host(4, 'PX-OLD', 'WindowsHost', { status: 'Unavailable', description: '' }),
    host(5, 'vcenter01.office.example', 'ViHost'),
    host(6, 'vcenter02.office.example', 'ViHost'),
    host(7, 'hv01.office.example', 'HvServer'),
    // No version lists such a type.
    host(8, 'quantum01.office.example', 'QuantumHost'),
  ]
}

export function officeProxies(): BackupProxy[] {
  const proxy = (number: number, name: string, more: Partial<BackupProxy>) => ({
    id: idOf('proxy', number),
    name,
    description: 'Created by Veeam Backup & Replication',
    type: 'ViProxy',
    hostId: MULTI,
    hostName: 'px-multi.office.example',
    maxTaskCount: 2,
    isDisabled: false,
    isOnline: true,
    isOutOfDate: false,
    ...more,
  })
  return [
    // The server says nothing more of its own name here.
    proxy(1, 'VMware Backup Proxy', { hostId: THIS_SERVER_ID, hostName: 'This server' }),
    // Three proxies are one machine.
    proxy(2, 'px-multi.office.example', {}),
    proxy(3, 'px-multi Hyper-V', { type: 'HvProxy' }),
    proxy(4, 'px-multi files', { type: 'GeneralPurposeProxy', isDisabled: true }),
    proxy(5, '192.0.2.67', { hostId: BY_ADDRESS, hostName: '192.0.2.67' }),
    proxy(6, 'PX-OLD', { hostId: idOf('host', 4), hostName: 'PX-OLD', isOnline: false, isOutOfDate: true }),
    // Its host is not among the managed servers any more.
    proxy(7, 'px-lost.office.example', { hostId: idOf('host', 99), hostName: 'px-lost.office.example' }),
  ]
}

export const DEFAULT_REPOSITORY = {
  repositoryId: idOf('repository', 1),
  repositoryName: 'Default Backup Repository',
}
export const POOL = { repositoryId: idOf('pool', 1), repositoryName: 'SOBR Office' }
export const OFFSITE = { repositoryId: idOf('repository', 4), repositoryName: 'Offsite S3' }

export function officeStorage(): {
  repositories: Repository[]
  scaleOutRepositories: ScaleOutRepository[]
} {
  const repository = (number: number, name: string, more: Partial<Repository>): Repository => ({
    id: idOf('repository', number),
    name,
    description: 'Created by LAB\\admin',
    type: 'LinuxLocal',
    capacityGB: 1000,
    freeGB: 400.5,
    usedSpaceGB: 599.5,
    isOnline: true,
    isOutOfDate: false,
    ...more,
  })
  const onMulti = { hostId: MULTI, hostName: 'px-multi.office.example', type: 'WinLocal' }
  const storage = [
    repository(1, DEFAULT_REPOSITORY.repositoryName, {
      hostId: THIS_SERVER_ID,
      hostName: 'This server',
      path: '/var/lib/veeam/backup',
      capacityGB: 99.4,
      freeGB: 16.4,
      usedSpaceGB: 83,
    }),
    repository(2, 'extent01', { ...onMulti, path: 'D:\\Backup', capacityGB: 2000.2, freeGB: 500.1 }),
    repository(3, 'extent02', { ...onMulti, path: 'E:\\Backup', capacityGB: 3000.3, freeGB: 1500.2 }),
    // Object storage: no host, no path, no size of its own.
    repository(4, OFFSITE.repositoryName, {
      type: 'S3Compatible',
      capacityGB: 0,
      freeGB: 0,
      usedSpaceGB: 7200.25,
    }),
    repository(5, 'Hardened', {
      type: 'LinuxHardened',
      hostId: BY_ADDRESS,
      hostName: '192.0.2.67',
      path: '/backup',
      isOnline: false,
      isOutOfDate: true,
    }),
    // Its type was called otherwise before the last revision.
    repository(6, 'StoreOnce', { type: 'HPEStoreOnce', path: 'storeonce01:store' }),
    // No version lists such a type.
    repository(7, 'Quantum store', { type: 'QuantumStore', description: '', capacityGB: 10, freeGB: 10 }),
  ]
  const extents = [
    { id: idOf('repository', 2), name: 'extent01', tier: 'Performance' as const },
    { id: idOf('repository', 3), name: 'extent02', tier: 'Performance' as const },
    { id: idOf('repository', 4), name: OFFSITE.repositoryName, tier: 'Capacity' as const },
  ]
  const pool = { id: POOL.repositoryId, name: POOL.repositoryName, description: 'All of the office', extents }
  return { repositories: storage, scaleOutRepositories: [pool] }
}
