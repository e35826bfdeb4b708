import { readFileSync } from 'node:fs'
import { OBJECT_KINDS, OBJECT_SCHEMAS, type ObjectKind } from '@holdfast/contract'
import type { AnyDriver } from '../../server/src/drivers/driver.ts'
import { fieldTable } from './field-table.ts'
import { inputSchema, variants } from './json-schema.ts'
import { page } from './page.ts'

const ABOUT: Record<ObjectKind, string> = {
  nodes: 'A node is a managed system that Holdfast logs in to.',
  vaults: 'A vault is a place that holds restore points.',
  policies:
    'A policy says how many restore points stay, how old the newest may be, and how they are checked.',
  notifications: 'A notification says who is told how a run ended.',
  jobs: 'A job says what to do, from where, to where, with which driver, when, and under which policy.',
}

export function configurationPage(): string {
  const sections = OBJECT_KINDS.flatMap((kind) => {
    const kinds = variants(inputSchema(OBJECT_SCHEMAS[kind]))
    return [
      `## ${kind}`,
      ABOUT[kind],
      ...kinds.flatMap((variant) => {
        const word = variant.properties?.kind?.const
        const table = fieldTable(variant)
        return kinds.length > 1 && word !== undefined ? [`### kind: ${String(word)}`, table] : [table]
      }),
    ]
  })
  return page('Configuration', [
    'A configuration is one YAML file or a folder of them: all `*.yaml` and `*.yml` of the folder, in the order of their names, are read as if they were one. `holdfast validate` checks it, `holdfast plan` shows what it would change, `holdfast apply` puts it in force, `holdfast export` writes what is in force.',
    'Editors that understand the YAML language server complete and check the files with `config.schema.json` beside this page; the first line of a file names it: `# yaml-language-server: $schema=PATH/config.schema.json`.',
    'The settings under `config` of a job depend on its kind: see [job kinds](job-kinds.md).',
    'A duration is a whole number and a unit: `90s`, `15m`, `26h`, `30d`, `2w`. A size is a whole number and a unit: `500MiB`, `20GiB`, `2TiB`.',
    '## Example',
    yaml(example('first-job/holdfast.yaml')),
    ...sections,
  ])
}

export function jobKindsPage(drivers: readonly AnyDriver[]): string {
  const sections = drivers.flatMap((driver) => {
    const { kind, title, protects, vaultKinds, vaultOptional, nodeKinds = ['host'] } = driver.info
    const facts = [
      `- Protects: ${protects.join(', ') || 'nothing'}`,
      `- Works on nodes of kind: ${listOf(nodeKinds)}`,
      `- Writes to vaults of kind: ${listOf(vaultKinds) || 'none'}${vaultOptional ? ', or works without a vault' : ''}`,
      `- Keeps restore points: ${driver.points ? 'yes' : 'no'}. Restores: ${driver.restore ? 'yes' : 'no'}.`,
    ]
    const restore = driver.restore
      ? ['### Restore options', fieldTable(inputSchema(driver.restore.options))]
      : []
    return [
      `## ${kind}`,
      title,
      facts.join('\n'),
      '### Settings',
      fieldTable(inputSchema(driver.config)),
      ...restore,
    ]
  })
  return page('Job kinds', [
    'What each kind of job does and the settings it takes under `config`.',
    ...sections,
  ])
}

function listOf(kinds: readonly string[]): string {
  return kinds.map((each) => `\`${each}\``).join(', ')
}

function example(name: string): string {
  return readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8').trimEnd()
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text}\n\`\`\``
}
