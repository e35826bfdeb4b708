import { backupOf, hoursBefore, idOf, machineOf, objectOf, pointsOf } from './build.ts'
import type { Backup, BackupObject, Job, RestorePoint } from './estate.ts'
import { DEFAULT_REPOSITORY, OFFSITE } from './office-infrastructure.ts'

interface Chains {
  backups: Backup[]
  backupObjects: BackupObject[]
  restorePoints: RestorePoint[]
}

const VCENTER_1 = 'vcenter01.office.example'
const VCENTER_2 = 'vcenter02.office.example'

export function officeBackups(jobs: readonly Job[], now: Date): Chains {
  const jobAt = (number: number) => jobs.find(({ id }) => id === idOf('job', number)) ?? null
  const parts = [machines(jobAt, now), others(jobAt, now), leftovers(now)]
  return {
    backups: parts.flatMap(({ backups }) => backups),
    backupObjects: parts.flatMap(({ backupObjects }) => backupObjects),
    restorePoints: parts.flatMap(({ restorePoints }) => restorePoints),
  }
}

/** Virtual machines of the two vCenters. */
function machines(jobAt: (number: number) => Job | null, now: Date): Chains {
  const servers = backupOf(1, jobAt(1), now)
  const databases = backupOf(2, jobAt(2), now)
  const old = backupOf(3, jobAt(3), now)
  // The same job wrote into another repository before.
  const before = backupOf(4, jobAt(1), now, { ...DEFAULT_REPOSITORY, name: 'Servers nightly_1' })
  const web = { name: 'web01', objectId: 'vm-101', vcenter: VCENTER_1 }
  const object = [
    machineOf(1, servers, web),
    // The same machine in a second job, with newer points, and in an older chain of the first one.
    machineOf(2, databases, web),
    machineOf(3, before, web),
    // Two machines of one name.
    machineOf(4, servers, { name: 'app01', objectId: 'vm-102', vcenter: VCENTER_1 }),
    machineOf(5, servers, { name: 'app01', objectId: 'vm-102', vcenter: VCENTER_2, folder: 'Branch' }),
    // Renamed since its last point: no name of a point begins like it.
    machineOf(6, servers, { name: 'erp01', objectId: 'vm-103', vcenter: VCENTER_1 }, { lastRunFailed: true }),
    // Points are called by its address.
    machineOf(7, databases, { name: 'ip-192-0-2-65', objectId: 'vm-104', vcenter: VCENTER_1 }),
    machineOf(8, old, { name: 'win10_pro', objectId: 'vm-105', vcenter: VCENTER_1 }, { type: 'Template' }),
    // Last saved forty days ago.
    machineOf(9, old, { name: 'legacy01.office.example', objectId: 'vm-106', vcenter: VCENTER_1 }),
    // Not saved yet.
    machineOf(10, databases, { name: 'new01', objectId: 'vm-107', vcenter: VCENTER_2 }),
  ] as const
  const [web1, web2, web3, app1, app2, erp, byAddress, template, legacy] = object
  const restorePoints = [
    ...pointsOf(web1, now, [11, 35, 59], { firstId: 100, guestOsFamily: 'Linux' }),
    ...pointsOf(web2, now, [1, 25], { firstId: 200, guestOsFamily: 'Linux' }),
    ...pointsOf(web3, now, [24 * 60], { firstId: 300 }),
    ...pointsOf(app1, now, [11, 35], { firstId: 400, guestOsFamily: 'Windows' }),
    ...pointsOf(app2, now, [12], { firstId: 500, guestOsFamily: 'Windows' }),
    ...pointsOf(erp, now, [13], { firstId: 600, name: 'navision-old' }),
    ...pointsOf(byAddress, now, [2], { firstId: 700, name: '192.0.2.65' }),
    ...pointsOf(template, now, [24 * 40], { firstId: 800 }),
    ...pointsOf(legacy, now, [24 * 40, 24 * 41], { firstId: 900 }),
  ]
  return { backups: [servers, databases, old, before], backupObjects: [...object], restorePoints }
}

/** Hyper-V, agents and file shares. */
function others(jobAt: (number: number) => Job | null, now: Date): Chains {
  const hyper = backupOf(5, jobAt(5), now, { platformName: 'HyperV' })
  const alone = backupOf(6, jobAt(6), now, { platformName: 'LinuxPhysical', name: 'Agents - db-phys01' })
  const fleet = backupOf(7, jobAt(6), now, { platformName: 'WindowsPhysical', name: 'Agents - fleet' })
  const copy = backupOf(8, jobAt(7), now, { ...OFFSITE })
  const shares = backupOf(9, jobAt(8), now, { platformName: 'UnstructuredData' })
  const agent = (serial: string) => ({ type: 'Server', biosUuid: serial, computerId: serial })
  const guest = objectOf(20, hyper, 'hvguest01', {
    objectId: '8a689010-0000-4000-8000-000000000020',
    hvType: 'VirtualMachine',
    path: 'hv01.office.example\\hvguest01',
  })
  const physical = objectOf(
    21,
    alone,
    'db-phys01.office.example',
    agent('564d0000-0000-4000-8000-000000000021'),
  )
  const first = objectOf(22, fleet, 'PC-1', agent('564d0000-0000-4000-8000-000000000022'))
  const second = objectOf(23, fleet, 'PC-11', agent('564d0000-0000-4000-8000-000000000023'))
  // A copy of the copy job of web01.
  const copied = machineOf(24, copy, { name: 'web01', objectId: 'vm-101', vcenter: VCENTER_1 })
  const share = objectOf(25, shares, 'files01:/export', { type: 'Directory', hostId: idOf('host', 1) })
  const restorePoints = [
    ...pointsOf(guest, now, [10], { firstId: 2000, guestOsFamily: 'Windows' }),
    ...pointsOf(physical, now, [9, 33], { firstId: 2100, name: 'db-phys01 Agents', guestOsFamily: 'Linux' }),
    ...pointsOf(first, now, [8], { firstId: 2200, name: 'PC-1 Agents' }),
    ...pointsOf(second, now, [7], { firstId: 2300, name: 'PC-11 Agents' }),
    ...pointsOf(copied, now, [6], { firstId: 2400 }),
    ...pointsOf(share, now, [5], { firstId: 2500, name: 'files01:/export Id: 0' }),
  ]
  return {
    backups: [hyper, alone, fleet, copy, shares],
    backupObjects: [guest, physical, first, second, copied, share],
    restorePoints,
  }
}

/** Chains whose job is not there, or whose platform nobody may look into. */
function leftovers(now: Date): Chains {
  const imported = backupOf(10, null, now, { ...DEFAULT_REPOSITORY, name: 'Imported' })
  const orphaned = backupOf(11, null, now, {
    ...DEFAULT_REPOSITORY,
    name: 'Deleted job',
    jobId: idOf('job', 77),
  })
  const plugin = backupOf(12, null, now, {
    ...OFFSITE,
    name: 'Oracle plug-in',
    jobType: 'BackupCopy',
    platformName: 'CustomPlatform',
    platformId: 'c8098b32-0000-4000-8000-00000000000c',
    creationTime: hoursBefore(now, 24 * 30, 0),
  })
  const kept = machineOf(30, imported, { name: 'imported01', objectId: 'vm-201', vcenter: '192.0.2.92' })
  const lone = machineOf(31, orphaned, { name: 'orphan01', objectId: 'vm-202', vcenter: VCENTER_1 })
  const restorePoints = [
    ...pointsOf(kept, now, [20], { firstId: 3000 }),
    ...pointsOf(lone, now, [30], { firstId: 3100 }),
  ]
  return { backups: [imported, orphaned, plugin], backupObjects: [kept, lone], restorePoints }
}
