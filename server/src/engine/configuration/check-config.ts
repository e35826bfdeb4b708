import { posix } from 'node:path'
import {
  type ConfigDocument,
  type ConfigProblem,
  type JobSpec,
  OBJECT_KINDS,
  type SetDisk,
  timeZone,
} from '@holdfast/contract'
import type { AnyDriver } from '../../drivers/driver.ts'
import { schemaProblems } from '../../kit/schema-problems.ts'
import { driverProblems } from './problems/job-kind.ts'
import { type ExistingNames, knownNames, type Names, type Place, unknownName } from './problems/names.ts'
import { secretVariableProblems, variableProblem } from './problems/secret-variables.ts'

export interface CheckOptions {
  /** Why a cron expression cannot be used, or null when it can: `cronProblem` of domain/schedule/slots.ts. */
  cronProblem: (cron: string) => string | null
  existing?: ExistingNames
}

/**
 * Mistakes that the schema of a single object cannot see: names given twice or referring to nothing, job kinds nobody
 * knows, settings a driver refuses, vaults and nodes that do not suit the job kind, cron expressions, vaults that share a directory.
 * Pure: reads nothing but its arguments. The path of each problem starts at the object itself.
 */
export function checkConfig(
  document: ConfigDocument,
  drivers: readonly AnyDriver[],
  options: CheckOptions,
): ConfigProblem[] {
  const names = knownNames(document, options.existing ?? {})
  return [
    ...repeatedNames(document),
    ...sharedDirectories(document),
    ...sharedDisks(document),
    ...policyProblems(document),
    ...document.notifications.flatMap((notification, index) =>
      (notification.jobs ?? []).flatMap((job, position) =>
        unknownName({ kind: 'notifications', index, path: ['jobs', position] }, 'jobs', job, names),
      ),
    ),
    ...secretVariableProblems(document),
    ...startHookProblems(document),
    ...document.jobs.flatMap((job, index) => [
      ...referenceProblems(job, index, names),
      ...driverProblems(job, index, { document, drivers, names }),
      ...scheduleProblems(job, index, options.cronProblem),
    ]),
  ]
}

function repeatedNames(document: ConfigDocument): ConfigProblem[] {
  return OBJECT_KINDS.flatMap((kind) => {
    const seen = new Set<string>()
    return document[kind].flatMap((object, index): ConfigProblem[] => {
      const repeated = seen.has(object.name)
      seen.add(object.name)
      return repeated
        ? [{ kind, index, path: ['name'], message: `the name "${object.name}" is used twice in ${kind}` }]
        : []
    })
  })
}

/** A start address leads to one job, and its token comes from where secrets are. */
function startHookProblems({ jobs }: ConfigDocument): ConfigProblem[] {
  const owners = new Map<string, string>()
  return jobs.flatMap((job, index) =>
    (job.startHooks ?? []).flatMap(({ name, token }, position): ConfigProblem[] => {
      const owner = owners.get(name)
      owners.set(name, owner ?? job.name)
      const at = (...path: string[]): Place => ({
        kind: 'jobs',
        index,
        path: ['startHooks', position, ...path],
      })
      const message = `the start address "${name}" is that of job "${owner}" already`
      const hint = 'Give each start address a name of its own.'
      const variable = 'env' in token ? variableProblem(token.env) : null
      return [
        ...(owner === undefined ? [] : [{ ...at('name'), message, hint }]),
        ...(variable ? [{ ...at('token', 'env'), ...variable }] : []),
      ]
    }),
  )
}

function referenceProblems(job: JobSpec, index: number, names: Names): ConfigProblem[] {
  const references = [
    ['node', 'nodes'],
    ['vault', 'vaults'],
    ['policy', 'policies'],
  ] as const
  return references.flatMap(([field, wanted]) => {
    const name = job[field]
    return name === undefined ? [] : unknownName({ kind: 'jobs', index, path: [field] }, wanted, name, names)
  })
}

function scheduleProblems(
  job: JobSpec,
  index: number,
  cronProblem: CheckOptions['cronProblem'],
): ConfigProblem[] {
  const problem = job.schedule ? cronProblem(job.schedule.cron) : null
  if (problem === null) return []
  const hint = 'Five fields: minute hour day-of-month month day-of-week, such as `30 2 * * *`.'
  return [{ kind: 'jobs', index, path: ['schedule', 'cron'], message: problem, hint }]
}

function policyProblems(document: ConfigDocument): ConfigProblem[] {
  return document.policies.flatMap((policy, index) => {
    const zone = policy.retention?.timeZone
    if (zone === undefined) return []
    const place: Place = { kind: 'policies', index, path: ['retention', 'timeZone'] }
    return schemaProblems(timeZone, zone).map((problem) => ({ ...place, message: problem.message }))
  })
}

/** Two vaults in one directory, or one inside the other, would each take the other's restore points for their own. */
function sharedDirectories(document: ConfigDocument): ConfigProblem[] {
  const directories = document.vaults.flatMap((vault, index) =>
    vault.kind === 'directory' ? [{ vault, index, path: posix.normalize(`${vault.path}/`) }] : [],
  )
  return directories.flatMap(({ vault, index, path: mine }, position) => {
    const rival = directories
      .slice(0, position)
      .find(({ path }) => path.startsWith(mine) || mine.startsWith(path))
    if (!rival || rival.vault.name === vault.name) return []
    const relation = rival.path === mine ? 'is the directory' : 'overlaps the directory'
    const message = `${vault.path} ${relation} of vault "${rival.vault.name}" (${rival.vault.path})`
    return [
      { kind: 'vaults', index, path: ['path'], message, hint: 'Give every vault a directory of its own.' },
    ]
  })
}

/** A disk bears one vault: which of two sets it belongs to could not be told when it is plugged in. */
function sharedDisks(document: ConfigDocument): ConfigProblem[] {
  const ownerOf = new Map<string, string>()
  return document.vaults.flatMap((vault, index) =>
    vault.kind === 'disk-set'
      ? vault.disks.flatMap((disk, at) => sharedDisk(vault.name, index, disk, at))
      : [],
  )

  function sharedDisk(vault: string, index: number, { uuid, label }: SetDisk, at: number): ConfigProblem[] {
    const owner = ownerOf.get(uuid.toLowerCase())
    if (owner === undefined) ownerOf.set(uuid.toLowerCase(), vault)
    if (owner === undefined || owner === vault) return []
    const message = `disk "${label}" (${uuid}) belongs to the disk set "${owner}" already`
    const hint = 'Name each disk in one disk set only; several jobs may write to one disk set.'
    return [{ kind: 'vaults', index, path: ['disks', at, 'uuid'], message, hint }]
  }
}
