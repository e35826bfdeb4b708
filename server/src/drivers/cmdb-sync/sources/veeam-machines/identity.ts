import { createHash } from 'node:crypto'
import type { BackupObject } from '../../../../clients/veeam/connect.ts'

/** A machine, and all that chains hold of it. */
export interface Machine {
  readonly id: string
  readonly objects: readonly BackupObject[]
}

export interface Identified {
  readonly machines: readonly Machine[]
  /** Objects that are no machines, by their types. */
  readonly others: readonly BackupObject[]
  /** Objects that could belong to several machines of the same name. */
  readonly ambiguous: readonly BackupObject[]
}

const AGENTS = /^(Windows|Linux|Mac|Unix)Physical/i
/** Shares, tapes, directories of users: nothing there is a machine, whatever its type is called. */
const NO_MACHINES = /^(UnstructuredData|Tape|EntraID|MongoDb|Iris|ApplicationBackupRepository|Test)$/i
const MACHINE = /^(vm|virtual ?machine|computer|machine|instance|server|workstation)$/i
/** Such an id is unique in the world, not only at its host. */
const WORLDWIDE = /^urn:|^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

const LONGEST_ID = 90
const KEPT_OF_LONG = 70

export function isAgent({ platformName }: BackupObject): boolean {
  return AGENTS.test(platformName)
}

/**
 * Puts together what is of one machine. Ids of objects are of their chain: the same machine in three chains is three.
 * It is known by its platform, the host that manages it and its id there, else by platform and name.
 */
export function identify(objects: readonly BackupObject[]): Identified {
  const [machines, others] = partition(objects, isMachine)
  const byId = new Map<string, BackupObject[]>()
  const nameless: BackupObject[] = []
  for (const object of machines) {
    const id = exactId(object)
    if (id === null) nameless.push(object)
    else addTo(byId, id, object)
  }
  const wanted = new Set(nameless.map(nameId))
  const named = new Map<string, Set<string>>()
  if (wanted.size > 0)
    for (const [id, all] of byId)
      for (const name of all.map(nameId))
        if (wanted.has(name)) named.set(name, (named.get(name) ?? new Set()).add(id))
  const ambiguous: BackupObject[] = []
  for (const object of nameless) {
    const name = nameId(object)
    const [id = name, ...more] = named.get(name) ?? []
    if (more.length > 0) ambiguous.push(object)
    else addTo(byId, id, object)
  }
  const found: Machine[] = []
  for (const [id, all] of byId) found.push({ id: bounded(id), objects: all })
  return { machines: found, others, ambiguous }
}

function addTo(byId: Map<string, BackupObject[]>, id: string, object: BackupObject): void {
  const others = byId.get(id)
  if (others === undefined) byId.set(id, [object])
  else others.push(object)
}

/** As a machine that is known by its name alone. */
export function idByName(object: BackupObject): string {
  return bounded(nameId(object))
}

/** Machines of one name at one host are hardly two. */
export function homeOf({ platformName, path }: BackupObject): string | null {
  const host = path?.split(/[\\/]/).find((part) => part !== '') ?? ''
  return host === '' ? null : `${platformName}:${host}`.toLowerCase()
}

function isMachine(object: BackupObject): boolean {
  const { type, platformName, name } = object
  if (name === '' || NO_MACHINES.test(platformName)) return false
  if (type === null) return true
  return MACHINE.test(type)
}

/** Null when the object is known by its name alone. */
function exactId({ platformName, objectId, path }: BackupObject): string | null {
  const host = path?.split(/[\\/]/).find((part) => part !== '') ?? ''
  if (objectId === null || (host === '' && !WORLDWIDE.test(objectId))) return null
  return [platformName, host, objectId]
    .filter((part) => part !== '')
    .join(':')
    .toLowerCase()
}

function nameId({ platformName, name }: BackupObject): string {
  return `${platformName}:${name}`.toLowerCase()
}

/** Codes of a CMDB are short: a long id keeps its beginning, and a hash of the whole. */
function bounded(id: string): string {
  if (id.length <= LONGEST_ID) return id.trim()
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return `${id.slice(0, KEPT_OF_LONG).trim()}~${hash}`
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []]
  for (const one of all) (test(one) ? yes : no).push(one)
  return [yes, no]
}
