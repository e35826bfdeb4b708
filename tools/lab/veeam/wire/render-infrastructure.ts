import type { BackupProxy, ManagedServer, ServerInfo } from '../estate/estate.ts'
import { isOld, type LabVersion, lowerCamel } from './versions.ts'

/** What is sent. Keys that are undefined are not sent. */
export type Json = Record<string, unknown>

export const CREDENTIALS = '5c891ff7-0000-4000-8000-000000000001'

export function renderServerInfo(info: ServerInfo, version: LabVersion): Json {
  return {
    ...(isOld(version) ? {} : { platform: info.platform, veeamRegistration: { isRegistered: false } }),
    vbrId: info.vbrId,
    // The older interface says the product's name here.
    name: isOld(version) ? 'Veeam Backup and Replication' : info.name,
    buildVersion: info.buildVersion,
    patches: [],
    databaseVendor: 'PostgreSQL',
    sqlServerEdition: '',
    sqlServerVersion: 'PostgreSQL 17.5',
    databaseSchemaVersion: '9688',
    databaseContentVersion: '9688',
  }
}

export function renderLicense(version: LabVersion): Json {
  const expirationDate = '2027-12-31T00:00:00Z'
  const instances = {
    package: 'Suite',
    licensedInstancesNumber: 100,
    usedInstancesNumber: 12,
    newInstancesNumber: 0,
    rentalInstancesNumber: 0,
  }
  return {
    status: 'Valid',
    type: 'Subscription',
    edition: 'EnterprisePlus',
    cloudConnect: 'Disabled',
    licensedTo: 'Example Ltd',
    supportId: '00000001',
    autoUpdateEnabled: true,
    freeAgentInstanceConsumptionEnabled: true,
    ...(isOld(version)
      ? { expirationDate, instanceLicenseSummary: instances }
      : {
          instanceLicenseSummary: { ...instances, expirationDate },
          IsMultiSection: false,
          proactiveSupportEnabled: true,
        }),
  }
}

export function renderManagedServer(server: ManagedServer, version: LabVersion): Json {
  const { viHostType, port, isBackupServer, ...told } = server
  const isHost = server.type === 'WindowsHost' || server.type === 'LinuxHost'
  const storesCredentials = server.type === 'LinuxHost' || !isOld(version)
  return {
    ...told,
    credentialsId: CREDENTIALS,
    ...(server.type !== 'ViHost' && storesCredentials ? { credentialsStorageType: 'Permanent' } : {}),
    ...(server.type === 'ViHost' ? { viHostType: viHostType ?? 'VC', port: port ?? 443 } : {}),
    ...(isHost && !isOld(version) ? { isBackupServer: isBackupServer ?? false } : {}),
  }
}

export function renderProxy(proxy: BackupProxy, version: LabVersion): Json {
  const { id, name, description, type, hostId, hostName, maxTaskCount } = proxy
  const named = isOld(version) ? {} : { hostName }
  const vmware = {
    transportMode: lowerCamel('Auto', version),
    failoverToNetwork: true,
    hostToProxyEncryption: false,
    connectedDatastores: { autoSelectEnabled: true, datastores: [] },
  }
  const server = { hostId, ...named, ...(type === 'ViProxy' ? vmware : {}), maxTaskCount }
  return { server, type, id, name, description }
}

export function renderProxyState(proxy: BackupProxy): Json {
  const { maxTaskCount: _, ...state } = proxy
  return state
}
