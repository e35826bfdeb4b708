import { fileURLToPath } from 'node:url'
import { type ConfigDocument, OBJECT_KINDS, OBJECT_SCHEMAS, type ObjectKind } from '@holdfast/contract'
import { Document } from 'yaml'

/** Where the JSON Schema of configuration files lies in an installation; editors read it from the first line. */
export const CONFIG_SCHEMA_FILE = fileURLToPath(
  new URL('../../../../docs/reference/config.schema.json', import.meta.url),
)

const HEADINGS: Record<ObjectKind, string> = {
  nodes: 'Systems that Holdfast logs in to.',
  vaults: 'Places that hold restore points.',
  policies: 'How many restore points stay, how old the newest may be, how they are checked.',
  notifications: 'Who is told how a run ended.',
  jobs: 'What to do, from where, to where, when, under which policy.',
}

/**
 * YAML text of a document, reading back to the same document. Keys stand in the order of the schema, objects in the
 * order of their names. `by` is the command that writes it. Defaults are written out, so that the text means the same to a later version of Holdfast.
 */
export function writeConfig(
  document: ConfigDocument,
  by: string,
  kinds: readonly ObjectKind[] = OBJECT_KINDS,
): string {
  const lines = [`# yaml-language-server: $schema=${CONFIG_SCHEMA_FILE}`, `# Written by \`${by}\`.`]
  for (const kind of kinds) {
    if (document[kind].length === 0) continue
    const objects = document[kind]
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map((object) => OBJECT_SCHEMAS[kind].parse(object))
    const yaml = new Document({ [kind]: objects }, { aliasDuplicateObjects: false })
    lines.push('', `# ${HEADINGS[kind]}`, yaml.toString({ lineWidth: 110 }).trimEnd())
  }
  return `${lines.join('\n')}\n`
}

/** The files of an exported folder: one for each kind of object that there is. */
export function writeConfigFiles(document: ConfigDocument, by: string): { name: string; text: string }[] {
  return OBJECT_KINDS.filter((kind) => document[kind].length > 0).map((kind) => ({
    name: `${kind}.yaml`,
    text: writeConfig(document, by, [kind]),
  }))
}
