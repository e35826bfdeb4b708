import { idOf } from '@holdfast/contract'

/**
 * What lies where on a vault, readable without Holdfast:
 *
 *     <vault>/holdfast-vault.json            whose vault this is, and README.txt: both made by the engine
 *     <vault>/<job id>/<UTC stamp>/          one restore point: data/ restore-point.json marks.json and what its kind adds
 *     <vault>/<job id>/.partial/             what is being made
 *     <vault>/<job id>/.removing-<stamp>/    a restore point that is being removed
 *     <vault>/<job id>/.lock
 *
 * A restore point is finished if and only if its directory bears its final name and holds a readable restore-point.json.
 */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?$/
const JOB_ID = idOf('job')

/** `2026-11-21T01-20-00Z`: sorts by time, and is a legal file name everywhere. */
export function stampOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}

export function isStamp(name: string): boolean {
  return STAMP.test(name)
}

export function isJobId(name: string): boolean {
  return JOB_ID.safeParse(name).success
}

/** Takes a location `<job id>/<stamp>` apart; null for anything else, above all for a path that leads elsewhere. */
export function parseLocation(location: string): { jobId: string; stamp: string } | null {
  const [jobId, stamp, ...rest] = location.split('/')
  if (!jobId || !stamp || rest.length > 0 || !isJobId(jobId) || !isStamp(stamp)) return null
  return { jobId, stamp }
}
