import { Section } from '../../../kit/foreign-config/section.ts'
import type { Settings } from '../../../kit/foreign-config/settings.ts'
import type { Branch } from '../../../kit/foreign-config/yaml-tree.ts'
import { type CopyProcess, jobName, nodeName, readTimeout, secretName } from './process.ts'
import { readServer } from './server.ts'

const OWN_KEYS = ['source_server', 'destination_server', 'backup_config']
const LEAST_PAGE = 100
const LARGEST_PAGE = 1_000_000
const LOG = 'each run keeps its own log: `holdfast logs RUN` and the page of the run'

/** The processes of a file of the documented shape: each under its name, with two servers. None of another shape. */
export function documentedProcesses(settings: Settings, tree: Branch): (() => CopyProcess | null)[] {
  if (tree.kind !== 'map') return []
  return [...tree.keys].flatMap(([name, branch]) =>
    branch.kind === 'map' && OWN_KEYS.some((key) => branch.keys.has(key))
      ? [() => readProcess(new Section(settings, name, branch), jobName(name))]
      : [],
  )
}

function readProcess(place: Section, name: string): CopyProcess | null {
  const from = place.section('source_server', 'Name the server to copy from: url, database, user, password.')
  const to = place.section('destination_server', 'Name the server to copy to: url, database, user, password.')
  const source = from && readServer(from, nodeName(name, 'source'), secretName(name, 'source'))
  const destination = to && readServer(to, nodeName(name, 'destination'), secretName(name, 'destination'))
  const database = from && readDatabase(from, 'the database that is copied')
  const as = to && readDatabase(to, 'what it is called at the destination')
  const rest = readBackupConfig(place.section('backup_config'))
  tellLogging(place.section('logging'))
  if (!source || !destination || !database || !as) return null
  const { timeout, ...config } = rest
  return {
    ...{ name, place, source, destination, timeout, attempts: null, cron: null },
    config: { databases: [as === database ? { name: database } : { name: database, as }], ...config },
  }
}

function readDatabase(section: Section, remark: string): string | null {
  const name = section.required('database', 'Name the database.')
  if (name !== null) section.tell('database', 'taken', remark)
  return name
}

type BackupConfig = Pick<CopyProcess['config'], 'mode' | 'pageSize' | 'verify'> & Pick<CopyProcess, 'timeout'>

function readBackupConfig(section: Section | null): BackupConfig {
  if (!section) return { timeout: null }
  const mode = section.word('mode', ['full', 'incremental'])
  if (mode) section.tell('mode', 'taken', `\`mode: ${mode}\` of the job`)
  const pageSize = readPageSize(section)
  const verify = section.flag('validate_data')
  if (verify === true)
    section.tell(
      'validate_data',
      'taken',
      '`verify: true` of the job: every window that was copied is read back and compared, each field by count and checksum',
    )
  else if (verify === false)
    section.tell('validate_data', 'taken', '`verify: false` of the job: its runs prove nothing')
  const timeout = readTimeout(section, 'timeout')
  return {
    timeout,
    ...(mode && { mode }),
    ...(pageSize !== null && { pageSize }),
    ...(verify !== null && { verify }),
  }
}

function readPageSize(section: Section): number | null {
  const asked = section.number('page_size', 1)
  if (asked === null) return null
  const pageSize = Math.min(Math.max(Math.round(asked), LEAST_PAGE), LARGEST_PAGE)
  const remark = `\`pageSize: ${pageSize}\` of the job`
  if (pageSize === asked) section.tell('page_size', 'taken', remark)
  else section.tell('page_size', 'changed', `${remark}: it lies between ${LEAST_PAGE} and ${LARGEST_PAGE}`)
  return pageSize
}

function tellLogging(section: Section | null): void {
  if (!section) return
  const level = section.word('level', ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'])
  if (level) section.tell('level', 'unneeded', `${LOG}; \`--level\` chooses what is shown of it`)
  if (section.text('file') !== null)
    section.tell('file', 'unneeded', `${LOG}; HOLDFAST_LOG_FILE names a file for server and worker`)
}
