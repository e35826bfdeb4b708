import type { BackupObject, RestorePoint } from '../../../../clients/veeam/connect.ts'

/** Of a restore point, what is used of it. */
export type Newest = Pick<RestorePoint, 'createdAt' | 'guestOs'>

export interface Joined {
  /** The newest restore point of each object that has one, by the id of the object. */
  readonly newest: Map<string, Newest>
  /**
   * Objects that may have newer points than are known here: some in their chain bear names that are nobody's, or
   * several objects'. To be asked for one by one.
   */
  readonly unsure: readonly BackupObject[]
}

/**
 * Restore points do not say whose they are: only their chain, and a name that is that of the object or begins like it
 * (`web01 AgentJob`, `share Id: 0`). In a chain of one object there is nothing to tell apart.
 */
export function joinRestorePoints(objects: readonly BackupObject[], points: readonly RestorePoint[]): Joined {
  const newest = new Map<string, Newest>()
  const unsure: BackupObject[] = []
  const chains = Map.groupBy(objects, ({ backupId }) => backupId ?? '')
  chains.delete('')
  const pointsOf = Map.groupBy(points, ({ backupId }) => backupId)
  for (const [backupId, inChain] of chains)
    for (const object of matchChain(inChain, pointsOf.get(backupId) ?? [], newest)) unsure.push(object)
  return { newest, unsure }
}

/** Adds the newest points of the objects of one chain, and gives those that may have newer ones. */
function matchChain(
  objects: readonly BackupObject[],
  points: readonly RestorePoint[],
  newest: Map<string, Newest>,
): BackupObject[] {
  const [single] = objects
  if (single && objects.length === 1) {
    for (const point of points) keepNewest(newest, single.id, point)
    return []
  }
  const find = finderOf(objects)
  const alike = new Set<BackupObject>()
  let hasStrays = false
  for (const point of points) {
    const [owner, ...others] = find(point.name)
    if (!owner) hasStrays = true
    else if (others.length === 0) keepNewest(newest, owner.id, point)
    else for (const one of [owner, ...others]) alike.add(one)
  }
  const isUnsure = (object: BackupObject) =>
    object.restorePointsCount !== 0 && (alike.has(object) || (hasStrays && !newest.has(object.id)))
  return objects.filter(isUnsure)
}

/** Finds the objects that a name of a point can mean: the longest name that it begins with, else short names of machines. */
function finderOf(objects: readonly BackupObject[]): (name: string) => readonly BackupObject[] {
  const full = Map.groupBy(objects, ({ name }) => name.toLowerCase())
  const short = Map.groupBy(objects, ({ name }) => shortName(name))
  return (name) => {
    const words = name.toLowerCase().split(' ')
    const beginnings = words.map((_, cut) => words.slice(0, words.length - cut).join(' '))
    for (const beginning of beginnings) {
      const found = full.get(beginning)
      if (found) return found
    }
    return short.get(words[0] ?? '') ?? []
  }
}

/** Only of a name with letters: the first number of an address names nothing. */
function shortName(name: string): string {
  return /^[\d.]+$/.test(name) ? name : (name.toLowerCase().split('.')[0] ?? '')
}

function keepNewest(newest: Map<string, Newest>, id: string, point: RestorePoint): void {
  const known = newest.get(id)
  if (!known || point.createdAt > known.createdAt) newest.set(id, point)
}
