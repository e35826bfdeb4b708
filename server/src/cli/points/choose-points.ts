import { type Control, HoldfastError, ID_PREFIXES, type RestorePoint } from '@holdfast/contract'
import { eachItem } from '../paging.ts'
import { findJob } from '../runs/job-ref.ts'

/**
 * The restore point that `POINT`, `JOB`, `JOB@latest` or `JOB@TIME` stands for; TIME means the newest one taken at or
 * before it. One whose last check failed is only meant by its own id. Throws `name-unknown` when there is none.
 */
export async function choosePoint(control: Control, text: string): Promise<RestorePoint> {
  if (isPointId(text)) return control.getPoint(text)
  const { jobRef, before } = parse(text)
  let damaged = 0
  let oldest: RestorePoint | undefined
  for await (const point of pointsOf(control, jobRef)) {
    oldest = point
    if (Date.parse(point.takenAt) > before) continue
    if (point.verifiedOk !== false) return point
    damaged += 1
  }
  if (damaged > 0) {
    throw new HoldfastError('name-unknown', `every restore point that "${text}" could mean is damaged`, {
      hint: 'List them with `holdfast points`; name one by its id to use it all the same.',
    })
  }
  const message = oldest
    ? `the oldest restore point of "${jobRef}" was taken later, at ${oldest.takenAt}`
    : `"${jobRef}" has no restore point`
  throw new HoldfastError('name-unknown', message, { hint: 'List what there is with `holdfast points`.' })
}

/** As {@link choosePoint}, but a job alone stands for all of its restore points, newest first. */
export async function choosePoints(control: Control, text: string): Promise<RestorePoint[]> {
  if (isPointId(text) || text.includes('@')) return [await choosePoint(control, text)]
  const points: RestorePoint[] = []
  for await (const point of pointsOf(control, text)) points.push(point)
  if (points.length > 0) return points
  throw new HoldfastError('name-unknown', `"${text}" has no restore point`)
}

function isPointId(text: string): boolean {
  return text.startsWith(`${ID_PREFIXES.restorePoint}_`)
}

/** Newest first. */
async function* pointsOf(control: Control, jobRef: string): AsyncGenerator<RestorePoint> {
  const job = await findJob(control, jobRef)
  yield* eachItem((request) => control.listPoints({ ...request, job: job.id }))
}

function parse(text: string): { jobRef: string; before: number } {
  const at = text.lastIndexOf('@')
  if (at < 0) return { jobRef: text, before: Number.POSITIVE_INFINITY }
  const jobRef = text.slice(0, at)
  const when = text.slice(at + 1)
  if (when === 'latest') return { jobRef, before: Number.POSITIVE_INFINITY }
  // A day alone means its end: everything taken on that day counts. Without a zone it is the zone of this machine.
  const before = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(when) ? `${when}T23:59:59.999` : when)
  if (!Number.isNaN(before) && /^\d{4}-\d{2}-\d{2}/.test(when)) return { jobRef, before }
  throw new HoldfastError('config-invalid', `"${when}" is not a time`, {
    hint: 'Write JOB@latest, JOB@2026-08-20 or JOB@2026-08-20T02:30:00Z.',
  })
}
