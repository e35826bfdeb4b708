import { cronProblem } from '../../../domain/schedule/slots.ts'
import type { Section } from '../../../kit/foreign-config/section.ts'
import { tellLogs } from './logs.ts'
import { type CopyProcess, jobName, nodeName, readTimeout, secretName } from './process.ts'
import { readFields, readMeasurements } from './selection.ts'
import { readServer, tellTls } from './server.ts'
import { readRange } from './time-range.ts'

const MOST_ATTEMPTS = 20

/** The one process of a file of the shape that the code of the toolkit enforced; it bears the name of its file. */
export function readEnforced(place: Section, fileName: string): CopyProcess | null {
  const name = jobName(fileName.replace(/\.[^.]*$/, ''))
  place
    .section('global')
    ?.tell(
      'network',
      'unneeded',
      'Holdfast needs no network of Docker; the addresses of the servers must be reachable from its worker',
    )
  const from = place.section('source', 'Name the server to copy from: url, databases, user, password.')
  const to = place.section('destination', 'Name the server to copy to: url, user, password.')
  const source = from && readServer(from, nodeName(name, 'source'), secretName(name, 'source'))
  const destination = to && readServer(to, nodeName(name, 'destination'), secretName(name, 'destination'))
  if (from) tellTls(from, source)
  if (to) tellTls(to, destination)
  const databases = from && readDatabases(from)
  if (from?.text('group_by'))
    from.tell(
      'group_by',
      'open',
      'not taken over: every point is copied as it is; averages are made by a continuous query at the source',
    )
  const measurements = readMeasurements(place.section('measurements'))
  const fields = readFields(place.section('measurements'))
  const { config, ...options } = readOptions(place.section('options'))
  if (!source || !destination || !databases) return null
  const exclude = [...measurements.exclude, ...fields.without]
  return {
    ...{ name, place, source, destination },
    ...options,
    config: {
      ...databases,
      ...config,
      ...((measurements.include.length > 0 || exclude.length > 0) && {
        measurements: { include: measurements.include, exclude },
      }),
      ...(fields.filters.length > 0 && { fields: fields.filters }),
    },
  }
}

/** The toolkit put prefix and suffix around the name that was given as well. */
function readDatabases(source: Section): Pick<CopyProcess['config'], 'databases' | 'destination'> {
  const prefix = source.text('prefix') ?? ''
  const suffix = source.text('suffix') ?? ''
  const listed = source.sections('databases')
  const databases = listed.flatMap((entry) => {
    const name = entry.required('name', 'Name the database at the source.')
    const given = entry.text('destination')
    if (name === null) return []
    const as = `${prefix}${given ?? name}${suffix}`
    entry.tell('name', 'taken', 'a database that is copied')
    entry.tell('destination', as === given ? 'taken' : 'changed', `called "${as}" at the destination`)
    return [{ entry, name, as }]
  })
  for (const { entry, as } of databases) {
    if (databases.find((other) => other.as === as)?.entry === entry) continue
    entry.mistake(
      'destination',
      `a database before this one is copied to "${as}" as well`,
      'Give each a name of its own at the destination; the copy could not be compared otherwise.',
    )
  }
  for (const key of ['prefix', 'suffix'] as const) {
    if (source.text(key) === null) continue
    const remark =
      listed.length > 0 ? 'part of the names at the destination' : `\`${key}\` of the destination`
    source.tell(key, listed.length > 0 ? 'changed' : 'taken', remark)
  }
  if (databases.length === 0) {
    if (source.has('databases')) source.tell('databases', 'taken', 'all databases but _internal are copied')
    return prefix === '' && suffix === '' ? {} : { destination: { prefix, suffix } }
  }
  return { databases: databases.map(({ name, as }) => (as === name ? { name } : { name, as })) }
}

type Options = Pick<CopyProcess, 'timeout' | 'attempts' | 'cron' | 'config'>

function readOptions(options: Section | null): Options {
  if (!options) return { timeout: null, attempts: null, cron: null, config: {} }
  const mode = options.word('backup_mode', ['incremental', 'range'])
  const range = readRange(options, mode === 'range')
  const cron = readSchedule(options, mode === 'range')
  if (mode === 'range') options.tell('backup_mode', 'taken', '`mode: full` of the job, with its time range')
  else if (mode)
    options.tell(
      'backup_mode',
      'changed',
      '`mode: incremental` of the job: whatever the source has written to since the last run is copied, late points too; the toolkit went on after the newest point of the destination',
    )
  tellUnneeded(options)
  tellLogs(options)
  return {
    timeout: readTimeout(options, 'timeout_client'),
    attempts: readAttempts(options),
    cron,
    config: { ...(mode && { mode: mode === 'range' ? 'full' : mode }), ...(range && { range }) },
  }
}

function readSchedule(options: Section, isRange: boolean): string | null {
  const section = options.section('incremental')
  const cron = section?.text('schedule') ?? null
  if (!section || cron === null) return null
  if (isRange) {
    section.tell('schedule', 'unneeded', 'the toolkit read it in the mode incremental only')
    return null
  }
  const problem = cronProblem(cron)
  if (problem !== null) {
    section.mistake(
      'schedule',
      problem,
      'Five fields: minute hour day-of-month month day-of-week, such as `30 2 * * *`.',
    )
    return null
  }
  section.tell(
    'schedule',
    'changed',
    '`schedule` of the job: `holdfast serve` or a worker runs it then. `holdfast run` runs the job at once and ends, where the toolkit stayed',
  )
  return cron
}

function readAttempts(options: Section): number | null {
  const retries = options.number('retries', 0)
  if (retries === null) return null
  const attempts = Math.min(Math.floor(retries) + 1, MOST_ATTEMPTS)
  options.tell(
    'retries',
    'changed',
    `\`attempts: ${attempts}\` of the job: a run that could not reach a server is tried again, and goes on where it stopped`,
  )
  return attempts
}

function tellUnneeded(options: Section): void {
  const reasons = {
    retry_delay: 'the pause before the next attempt grows by itself',
    initial_connection_retry_delay:
      'a run that reaches no server is tried again as often as `attempts` says, and fails then; the toolkit waited forever',
    days_of_pagination: 'data is read by the shards of the source, and never held in memory as a whole',
  }
  for (const [key, why] of Object.entries(reasons))
    if (options.number(key, 0) !== null) options.tell(key, 'unneeded', why)
  if (options.text('field_obsolete_threshold') !== null)
    options.tell(
      'field_obsolete_threshold',
      'unneeded',
      'old fields cost nothing: what the source has not written to is not read again. The toolkit left out what such fields got later',
    )
}
