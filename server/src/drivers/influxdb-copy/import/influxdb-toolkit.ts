import {
  configDocument,
  type ImportedConfig,
  type ImportedSecret,
  type Importer,
  type ImportProblem,
} from '@holdfast/contract'
import { Section } from '../../../kit/foreign-config/section.ts'
import { Settings } from '../../../kit/foreign-config/settings.ts'
import { type Branch, parseTree } from '../../../kit/foreign-config/yaml-tree.ts'
import { schemaProblems } from '../../../kit/schema-problems.ts'
import { influxdbCopyConfig } from '../config.ts'
import { documentedProcesses } from './documented.ts'
import { readEnforced } from './enforced.ts'
import { type CopyProcess, isOntoItself, nodeName, type Side, secretName } from './process.ts'
import type { Server } from './server.ts'

/** Keys that nothing else bears: those of a process anywhere, the groups of the other shape at the margin. */
const OWN_KEYS =
  /^(?:[ \t]*|.*[{,][ \t]*)["']?(source_server|destination_server)["']?\s*:|^["']?(source|destination|measurements)["']?\s*:/m

/** The YAML files of the InfluxDB Backup Toolkit: the shape of its documentation and the one that its code enforced. */
export const influxdbToolkit: Importer = {
  title: 'YAML of the InfluxDB Backup Toolkit',
  recognise: (text) => OWN_KEYS.test(text),

  async read({ text, fileName, timeZone }) {
    const { tree, problems } = parseTree(text)
    if (!tree) return { problems: problems.length > 0 ? problems : [EMPTY] }
    const settings = new Settings(tree)
    const processes = readProcesses(settings, tree, fileName)
    requireUsable(settings, processes)
    if (settings.problems.length > 0) return { problems: settings.problems }
    const document = {
      nodes: processes.flatMap((copy) => [nodeOf(copy, 'source'), nodeOf(copy, 'destination')]),
      jobs: processes.map((copy) => jobOf(copy, timeZone)),
    }
    const refused = [
      ...schemaProblems(configDocument, document),
      ...document.jobs.flatMap((job, at) =>
        schemaProblems(influxdbCopyConfig, job.config).map(({ path, ...problem }) => ({
          ...problem,
          path: ['jobs', at, 'config', ...path],
        })),
      ),
    ]
    if (refused.length > 0) return { problems: refused.map((problem) => placed(problem, processes)) }
    return {
      document: configDocument.parse(document),
      lines: settings.report(),
      secrets: processes.flatMap((copy) => [...secretOf(copy, 'source'), ...secretOf(copy, 'destination')]),
      advice: [...(processes.some(({ cron }) => cron !== null) ? [zoneAdvice(timeZone)] : []), ...ADVICE],
    } satisfies ImportedConfig
  },
}

const REFUSED = 'Correct the value that it comes from; the path is that of what the file becomes.'
const EMPTY: ImportProblem = {
  line: 1,
  column: 1,
  path: '',
  message: 'the file holds no settings',
  hint: 'Name a process with source_server and destination_server in it.',
}

/** What the toolkit did beside its settings, and what is otherwise now. */
const ADVICE = [
  'A database that is at the destination already is copied into, as the toolkit did (`existing: merge` of the destination).',
  'Continuous queries are not created at the destination, as the toolkit created none (`continuousQueries: false` of the job).',
  'All retention policies are copied with their durations; the toolkit read the default one alone. Choose some with `retentionPolicies` of the job.',
  'What arrived is read back and compared with the source (`verify` of the job); a difference fails the run and names measurement, window and field.',
  'Copies that the toolkit made hold integers as floats and strings as tags: copy into a new database, or the destination refuses such fields.',
]

function zoneAdvice(timeZone: string): string {
  return `Schedules count in the time zone ${timeZone}, that of this machine; a container of the toolkit counted in UTC unless it was told otherwise.`
}

function readProcesses(settings: Settings, tree: Branch, fileName: string): CopyProcess[] {
  const documented = documentedProcesses(settings, tree)
  const readers =
    documented.length > 0 ? documented : [() => readEnforced(new Section(settings, '', tree), fileName)]
  return readers.flatMap((read) => read() ?? [])
}

function requireUsable(settings: Settings, processes: readonly CopyProcess[]): void {
  for (const [at, copy] of processes.entries()) {
    const { name, place } = copy
    const itself = isOntoItself(copy)
    if (itself !== null)
      settings.mistake(
        place.branch,
        place.path,
        itself,
        'Name another database or another server at the destination.',
      )
    if (processes.findIndex((other) => other.name === name) < at)
      settings.mistake(
        place.branch,
        place.path,
        `a process before this one becomes the job "${name}" as well`,
        'Rename one of the two: names hold letters, digits, spaces and . _ + -',
      )
  }
}

function nodeOf({ name, timeout, ...servers }: CopyProcess, side: Side) {
  const { url, login }: Server = servers[side]
  return {
    ...{ name: nodeName(name, side), kind: 'influxdb', product: 'influxdb-1', url },
    ...(login && { user: login.user, password: { secret: secretName(name, side) } }),
    ...(timeout !== null && { timeout }),
  }
}

function jobOf({ name, cron, attempts, config }: CopyProcess, timeZone: string) {
  return {
    ...{ name, kind: 'influxdb-copy', node: nodeName(name, 'source') },
    ...(cron !== null && { schedule: { cron, timeZone } }),
    ...(attempts !== null && { attempts }),
    config: {
      ...config,
      // The toolkit copied points alone; queries would begin to write at the destination.
      continuousQueries: false,
      // As the toolkit did: whoever runs its files from cron has its copies there, and is not asked about them.
      destination: { ...config.destination, node: nodeName(name, 'destination'), existing: 'merge' },
    },
  }
}

function secretOf({ name, ...servers }: CopyProcess, side: Side): ImportedSecret[] {
  const { url, login } = servers[side]
  if (!login) return []
  const purpose = `the password of ${login.user} at ${new URL(url).host}`
  return [{ name: secretName(name, side), purpose, value: login.password }]
}

/** What only the schemas of Holdfast refuse, at the process that it comes from. */
function placed(
  { path, message, hint }: { path: (string | number)[]; message: string; hint?: string },
  processes: readonly CopyProcess[],
): ImportProblem {
  const [kind, at] = path
  const index = typeof at === 'number' ? (kind === 'nodes' ? Math.floor(at / 2) : at) : 0
  const { line, column } = processes[index]?.place.branch ?? { line: 1, column: 1 }
  return { line, column, path: path.join('.'), message, hint: hint ?? REFUSED }
}
