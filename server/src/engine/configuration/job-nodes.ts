import type { JobSpec } from '@holdfast/contract'
import type { AnyDriver } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { WriteOptions } from '../ports.ts'
import { firstSlot } from '../scheduler.ts'

/** What the store is told about every job that it writes. */
export function jobFacts({ drivers, now }: EngineDeps): Omit<WriteOptions, 'by'> {
  return {
    nextRunAt: (spec) => firstSlot(spec, now()),
    nodeNames: (spec) => nodeNamesOf(drivers, spec),
  }
}

/** Names of the nodes that the settings of a job refer to; none of settings that do not fit the kind (any more). */
export function nodeNamesOf(
  drivers: readonly AnyDriver[],
  { kind, config }: Pick<JobSpec, 'kind' | 'config'>,
): readonly string[] {
  const driver = drivers.find(({ info }) => info.kind === kind)
  const parsed = driver?.nodeNames && driver.config.safeParse(config)
  return parsed?.success ? (driver?.nodeNames?.(parsed.data) ?? []) : []
}

/**
 * Where the settings of a job refer to a node: at each string that bears its name and from which the driver would read the
 * other name if that stood there.
 */
export function placesOfNode(
  drivers: readonly AnyDriver[],
  { kind, config }: Pick<JobSpec, 'kind' | 'config'>,
  name: string,
  other = `${name.slice(0, 50)}.2`,
): Path[] {
  return placesOf(config, name).filter((path) =>
    nodeNamesOf(drivers, { kind, config: withText(config, path, other) }).includes(other),
  )
}

/** The job with the new name of a node wherever its settings refer to it. Null when a reference is left that is no string. */
export function withRenamedNode(
  drivers: readonly AnyDriver[],
  spec: JobSpec,
  before: string,
  after: string,
): JobSpec | null {
  const config = placesOfNode(drivers, spec, before, after).reduce(
    (changed, path) => withText(changed, path, after),
    spec.config,
  )
  if (nodeNamesOf(drivers, { ...spec, config }).includes(before)) return null
  return config === spec.config ? spec : { ...spec, config }
}

type Path = readonly (string | number)[]

/** Where a text stands in a value. */
function placesOf(value: unknown, text: string, path: Path = []): Path[] {
  if (value === text) return [path]
  if (Array.isArray(value)) return value.flatMap((item, index) => placesOf(item, text, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => placesOf(item, text, [...path, key]))
}

function withText(config: JobSpec['config'], path: Path, text: string): JobSpec['config'] {
  const copy = structuredClone(config)
  // Settings are JSON, and the path was found in them: each step but the last leads to an object or a list.
  let inner: Record<string | number, unknown> = copy
  for (const step of path.slice(0, -1)) inner = inner[step] as Record<string | number, unknown>
  inner[path.at(-1) ?? ''] = text
  return copy
}
