import {
  configDocument,
  type ImportedConfig,
  type Importer,
  type ImportProblem,
  objectName,
} from '@holdfast/contract'
import { Section } from '../../../kit/foreign-config/section.ts'
import { Settings } from '../../../kit/foreign-config/settings.ts'
import { parseTree } from '../../../kit/foreign-config/yaml-tree.ts'
import { schemaProblems } from '../../../kit/schema-problems.ts'
import { cmdbSyncConfig } from '../config.ts'
import { tellLogging } from './logging.ts'
import { type CmdbLogin, readCmdbLogin, readVeeamLogin, SECRETS, type VeeamLogin } from './logins.ts'
import { readSync, type SyncSettings } from './sync.ts'

const NODES = { veeam: 'veeam', cmdb: 'cmdb' } as const

/** The `config.json` of the Veeam connector for CMDBuild; JSON is read as the YAML that it also is. */
export const connectorConfig: Importer = {
  title: 'config.json of the Veeam connector for CMDBuild',
  recognise: (text) => /^\s*\{/.test(text) && /"cmdbuild"\s*:/.test(text) && /"veeam"\s*:/.test(text),

  async read({ text, timeZone }) {
    const { tree, problems } = parseTree(text)
    if (!tree) return { problems: problems.length > 0 ? problems : [EMPTY] }
    const settings = new Settings(tree)
    const root = new Section(settings, '', tree)
    const code = readCode(root)
    const veeam = readVeeamLogin(root)
    const cmdb = readCmdbLogin(root, veeam?.attempts ?? null)
    const sync = readSync(root)
    tellLogging(root)
    if (settings.problems.length > 0 || !veeam || !cmdb) return { problems: settings.problems }
    const document = documentOf({ code, veeam, cmdb, sync, timeZone })
    const refused = [
      ...schemaProblems(configDocument, document),
      ...schemaProblems(cmdbSyncConfig, document.jobs[0]?.config),
    ]
    if (refused.length > 0) return { problems: refused.map(placed) }
    return {
      document: configDocument.parse(document),
      lines: settings.report(),
      secrets: [
        { name: SECRETS.veeam, purpose: `the password of ${veeam.user} at Veeam`, value: veeam.password },
        { name: SECRETS.cmdb, purpose: `the password of ${cmdb.user} at CMDBuild`, value: cmdb.password },
      ],
      advice: adviceFor(sync, timeZone),
    } satisfies ImportedConfig
  },
}

const EMPTY: ImportProblem = {
  line: 1,
  column: 1,
  path: '',
  message: 'the file holds no settings',
  hint: 'Name the two servers in "veeam" and "cmdbuild".',
}

function adviceFor({ cron }: SyncSettings, timeZone: string): string[] {
  return [
    cron === null
      ? 'The connector was started by crontab: give the job a schedule, such as `0 2 * * *`, and take it out of the crontab.'
      : `The schedule counts in the time zone ${timeZone}, that of this machine.`,
    'Look with `holdfast doctor` whether both servers answer, and with `holdfast cmdb schema plan` at what the CMDB lacks.',
    'Look at the plan of the job before its first run: it shows every card and value that would be written.',
    'Servers of Veeam that the connector created anew in each run stay in the CMDB: delete such doubles by hand.',
  ]
}

function readCode(root: Section): string | null {
  const code = root.text('infrastructure_code')
  if (code !== null) root.tell('infrastructure_code', 'taken', 'the code of the infrastructure in the job')
  return code
}

interface Read {
  readonly code: string | null
  readonly veeam: VeeamLogin
  readonly cmdb: CmdbLogin
  readonly sync: SyncSettings
  readonly timeZone: string
}

function documentOf({ code, veeam, cmdb, sync, timeZone }: Read) {
  const { pageSize, cron, timeLimit } = sync
  const paged = pageSize === null ? {} : { pageSize }
  const { attempts } = cmdb
  return {
    nodes: [
      {
        ...{ name: NODES.veeam, kind: 'veeam', url: veeam.url, user: veeam.user },
        ...{ password: { secret: SECRETS.veeam }, ...paged },
      },
      {
        ...{ name: NODES.cmdb, kind: 'cmdbuild', url: cmdb.url, user: cmdb.user },
        ...{ password: { secret: SECRETS.cmdb }, ...paged },
      },
    ],
    jobs: [
      {
        ...{ name: nameOf(code), kind: 'cmdb-sync', node: NODES.cmdb },
        ...(cron === null ? {} : { schedule: { cron, timeZone } }),
        ...(timeLimit === null ? {} : { timeLimit }),
        ...(attempts === null ? {} : { attempts }),
        config: {
          source: { system: 'veeam', node: NODES.veeam },
          ...(code === null ? {} : { infrastructure: { code } }),
        },
      },
    ],
  }
}

function nameOf(code: string | null): string {
  const name = `cmdb ${code ?? 'veeam'}`
  return objectName.safeParse(name).success ? name : 'cmdb veeam'
}

/** What only the schemas of Holdfast refuse. */
function placed({ path, message }: { path: (string | number)[]; message: string }): ImportProblem {
  const hint = 'Correct the value that it comes from; the path is that of what the file becomes.'
  return { line: 1, column: 1, path: path.join('.'), message, hint }
}
