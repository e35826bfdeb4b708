import type { BackupObject, VeeamServer } from '../../../../clients/veeam/connect.ts'
import type { Inventory } from '../../model/inventory.ts'
import { type Identified, identify } from '../veeam-machines/identity.ts'
import { joinRestorePoints, type Newest } from '../veeam-machines/newest-points.ts'
import { isRefused, readEstate } from './estate.ts'
import { veeamInventory } from './veeam-inventory.ts'

/** How many objects are asked for their newest restore point one by one: it costs a request each. */
const MOST_ASKED = 8

export interface VeeamReadOptions {
  /** Identity of the site in the CMDB, and of the installation where the user may not read its own; always an alias. */
  readonly infrastructureCode: string
  /** Under which identities earlier runs knew the installation, the newest last: it is still the same one. */
  readonly knownAs?: readonly string[]
  /** How far back restore points are read, in ms: what is older is not known, and left as it is. */
  readonly backupsOfLastMs: number
  /** Reads the settings of the jobs too, for links of machines to the proxies that their jobs name. */
  readonly withProxiesOfJobs?: boolean
  readonly signal: AbortSignal
  readonly now: Date
}

/**
 * Reads the inventory. Requests grow with pages, never with machines, but for {@link MOST_ASKED} and one for each chain
 * on revisions before 1.3-rev2. Throws what {@link VeeamServer} throws, except where the server refuses a single list:
 * then what it feeds is incomplete.
 */
export async function readVeeam(server: VeeamServer, options: VeeamReadOptions): Promise<Inventory> {
  const { infrastructureCode, knownAs = [], backupsOfLastMs } = options
  const { withProxiesOfJobs = false, signal, now } = options
  const restorePointsAfter = new Date(now.getTime() - backupsOfLastMs)
  const estate = await readEstate(server, { restorePointsAfter, withProxiesOfJobs, signal })
  const objects = estate.backupObjects.items
  const identified = identify(objects)
  const { newest, unsure: anyUnsure } = joinRestorePoints(objects, estate.restorePoints.items)
  const unsure = unsureFirst(identified, anyUnsure, newest)
  const asked = unsure.slice(0, MOST_ASKED)
  // All have ended before the first failure is thrown: nothing goes on while the session is given back.
  const answers = await Promise.allSettled(asked.map(({ id }) => server.newestRestorePoint(id, signal)))
  let unanswered = 0
  for (const [index, answer] of answers.entries()) {
    const { id = '' } = asked[index] ?? {}
    if (answer.status === 'fulfilled') {
      if (answer.value) newest.set(id, answer.value)
    } else if (isRefused(answer.reason)) unanswered += 1
    else throw answer.reason
  }
  const found = { identified, newest, unsure: unsure.length - asked.length + unanswered }
  return veeamInventory(estate, found, { infrastructureCode, knownAs, calls: server.calls })
}

/** Of machines alone, and first those of which no other chain tells anything. */
function unsureFirst(
  { machines }: Identified,
  unsure: readonly BackupObject[],
  newest: ReadonlyMap<string, Newest>,
): BackupObject[] {
  if (unsure.length === 0) return []
  const known = new Map<string, boolean>()
  for (const { objects } of machines) {
    const isKnown = objects.some(({ id }) => newest.has(id))
    for (const { id } of objects) known.set(id, isKnown)
  }
  return unsure
    .filter(({ id }) => known.has(id))
    .sort((a, b) => Number(known.get(a.id)) - Number(known.get(b.id)) || (a.id < b.id ? -1 : 1))
}
