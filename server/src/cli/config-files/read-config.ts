import {
  type ConfigDocument,
  type ConfigProblem,
  configDocument,
  type JsonValue,
  OBJECT_KINDS,
  OBJECT_SCHEMAS,
  type ObjectKind,
} from '@holdfast/contract'
import { schemaProblems } from '../../kit/schema-problems.ts'
import { suggestion } from '../../kit/text/nearest-word.ts'
import { findConfigFiles, readConfigText } from './find-files.ts'
import { type Foreign, type ImportedFile, importText } from './foreign.ts'
import { configInvalid, dottedPath, type FileProblem, inFileOrder } from './problem.ts'
import { parseYaml, type YamlFile } from './yaml-file.ts'

/** Where the objects of a document came from. */
export interface Sources {
  readonly files: readonly string[]
  /** Turns a problem of the merged document into one at its place in a file. */
  place(problem: ConfigProblem): FileProblem
}

export interface LoadedConfig {
  /** The objects without a mistake of their own. */
  document: ConfigDocument
  sources: Sources
  /** In the order of the files. */
  problems: FileProblem[]
  /** Names of the objects left out of `document`: referring to them is no second mistake. */
  brokenNames: Partial<Record<ObjectKind, string[]>>
  /** The files of other programs among them, in the order of the files. */
  imports: readonly ImportedFile[]
}

/** Tells a mistake of one object at its place; the path begins at the object. */
type Origin = (path: ConfigProblem['path'], message: string, hint?: string) => FileProblem

/**
 * Reads files and folders as one configuration, with `foreign` those of other programs too. Throws `config-unreadable` for a path that cannot be read, and
 * `config-invalid` with every problem of every file in `details.problems`.
 */
export async function readConfig(
  paths: readonly string[],
  foreign?: Foreign,
): Promise<Pick<LoadedConfig, 'document' | 'sources' | 'imports'>> {
  const { document, sources, problems, imports } = await loadConfig(paths, foreign)
  if (problems.length > 0) throw configInvalid(problems)
  return { document, sources, imports }
}

/** As {@link readConfig}, but hands mistakes back together with everything that could be read in spite of them. */
export async function loadConfig(paths: readonly string[], foreign?: Foreign): Promise<LoadedConfig> {
  const files = await findConfigFiles(paths)
  const collector = new Collector(files)
  for (const file of files) {
    const read = await readConfigText(file)
    if (!('text' in read)) {
      collector.unusable(file, read.mistake, read.hint)
      continue
    }
    const found = foreign ? await importText(file, read.text, foreign) : null
    if (found === null) collector.add(parseYaml(file, read.text))
    else if ('problems' in found) collector.complain(found.problems)
    else collector.take(found)
  }
  return collector.result()
}

class Collector {
  private readonly files: readonly string[]
  private readonly document: ConfigDocument = configDocument.parse({})
  private readonly problems: FileProblem[] = []
  private readonly brokenNames: Partial<Record<ObjectKind, string[]>> = {}
  private readonly origins: Record<ObjectKind, Origin[]> = {
    nodes: [],
    vaults: [],
    policies: [],
    notifications: [],
    jobs: [],
  }
  private readonly imports: ImportedFile[] = []
  private readonly firstOfName = new Map<string, FileProblem>()

  constructor(files: readonly string[]) {
    this.files = files
  }

  unusable(file: string, message: string, hint: string): void {
    this.problems.push({ file, line: 1, column: 1, path: '', message, hint })
  }

  complain(problems: readonly FileProblem[]): void {
    this.problems.push(...problems)
  }

  /** What another program's file became has no lines of its own: its mistakes are told at the file as a whole. */
  take(found: ImportedFile): void {
    this.imports.push(found)
    const { file, imported } = found
    for (const kind of OBJECT_KINDS) {
      for (const [position, object] of imported.document[kind].entries()) {
        this.addObject(kind, object as JsonValue, (path, message, hint) => ({
          ...{ file, line: 1, column: 1, path: dottedPath([kind, position, ...path]), message },
          ...(hint !== undefined && { hint }),
        }))
      }
    }
  }

  add(yaml: YamlFile): void {
    this.problems.push(...yaml.problems)
    if (yaml.problems.length > 0 || yaml.value === null) return
    if (!isGroup(yaml.value)) {
      this.problems.push(
        yaml.problemAt([], `a configuration file is a group of keys: ${OBJECT_KINDS.join(', ')}`),
      )
      return
    }
    for (const [key, list] of Object.entries(yaml.value)) {
      const kind = OBJECT_KINDS.find((candidate) => candidate === key)
      if (!kind) {
        this.problems.push(
          yaml.problemAt([key], `unknown key "${key}"`, suggestion(key, OBJECT_KINDS) ?? undefined),
        )
      } else if (!Array.isArray(list)) {
        this.problems.push(
          yaml.problemAt([kind], `"${kind}" must be a list`, 'Begin each entry with "- name: ...".'),
        )
      } else {
        for (const [position, object] of list.entries()) {
          this.addObject(kind, object, (path, message, hint) =>
            yaml.problemAt([kind, position, ...path], message, hint),
          )
        }
      }
    }
  }

  private addObject(kind: ObjectKind, object: JsonValue, origin: Origin): void {
    const repeated = this.repeatedName(kind, object, origin)
    const problems = schemaProblems(OBJECT_SCHEMAS[kind], object)
    for (const problem of problems) {
      this.problems.push(origin(problem.path, problem.message, problem.hint))
    }
    if (repeated) {
      this.problems.push(repeated)
    } else if (problems.length === 0) {
      const list: unknown[] = this.document[kind]
      list.push(OBJECT_SCHEMAS[kind].parse(object))
      this.origins[kind].push(origin)
    } else {
      const name = nameOf(object)
      if (name !== null) this.brokenNames[kind] = [...(this.brokenNames[kind] ?? []), name]
    }
  }

  private repeatedName(kind: ObjectKind, object: JsonValue, origin: Origin): FileProblem | null {
    const name = nameOf(object)
    if (name === null) return null
    const here = origin(['name'], `the name "${name}" is used twice in ${kind}`)
    const first = this.firstOfName.get(`${kind}/${name}`)
    if (!first) {
      this.firstOfName.set(`${kind}/${name}`, here)
      return null
    }
    const message = `${here.message}, first at ${first.file}:${first.line}:${first.column}`
    return { ...here, message, hint: 'Rename or remove one of the two.' }
  }

  result(): LoadedConfig {
    const { document, origins, brokenNames, files, imports } = this
    const place = (problem: ConfigProblem): FileProblem => {
      const origin = origins[problem.kind][problem.index]
      if (!origin)
        return { file: files[0] ?? '', line: 1, column: 1, path: problem.kind, message: problem.message }
      return origin(problem.path, problem.message, problem.hint)
    }
    const problems = inFileOrder(this.problems)
    return { document, sources: { files, place }, problems, brokenNames, imports }
  }
}

function isGroup(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameOf(object: JsonValue): string | null {
  return isGroup(object) && typeof object.name === 'string' ? object.name : null
}
