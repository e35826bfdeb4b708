import { isTest } from '../repository.ts'
import type { Violation } from '../violation.ts'
import type { CodeFile } from './parse-code.ts'

const REGISTRY = 'server/src/drivers/registry.ts'
const WHY =
  'a job kind costs its folder and one line in registry.ts: everything else learns of it from the driver’s info and schemas'

/** Every place that names a job kind besides its own folder, the registry and the tests. Comments do not count. */
export function driverCostViolations(files: readonly CodeFile[], kinds: readonly string[]): Violation[] {
  const violations: Violation[] = []
  for (const kind of kinds) {
    const mention = new RegExp(`(?<![a-z0-9])(${spellings(kind).join('|')})(?![a-z0-9])`)
    for (const file of files) {
      const isFree = file.path === REGISTRY || file.path.startsWith(`server/src/drivers/${kind}/`)
      if (isFree || isTest(file.path) || !/^(server|contract|web)\/src\//.test(file.path)) continue
      for (const [index, line] of file.withoutComments.split('\n').entries()) {
        const found = mention.exec(line)
        if (found)
          violations.push({ where: `${file.path}:${index + 1}`, what: `names ${found[1]}`, why: WHY })
      }
    }
  }
  return [...violations, ...registryLineViolations(files, kinds)]
}

/** `disk-copy` is also written `diskCopy`, `DiskCopy` and `disk_copy`. */
function spellings(kind: string): string[] {
  const pascal = kind.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())
  return [kind, `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`, pascal, kind.replaceAll('-', '_')]
}

function registryLineViolations(files: readonly CodeFile[], kinds: readonly string[]): Violation[] {
  const registry = files.find((file) => file.path === REGISTRY)
  const imported = registry?.imports.flatMap(
    ({ target }) => /^server\/src\/drivers\/([^/]+)\//.exec(target ?? '')?.[1] ?? [],
  )
  const folders = files
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path }) => /^server\/src\/drivers\/([^/]+)\//.exec(path)?.[1] ?? [])
  return [...new Set([...folders, ...(imported ?? []), ...kinds])].flatMap((kind) => [
    ...(folders.includes(kind) ? [] : [offence(kind, 'has no folder of its name')]),
    ...(imported?.includes(kind) ? [] : [offence(kind, 'is not imported by the registry')]),
    ...(kinds.includes(kind) ? [] : [offence(kind, 'is a folder, but no registered driver bears that kind')]),
  ])
}

function offence(kind: string, what: string): Violation {
  return { where: REGISTRY, what: `${kind} ${what}`, why: 'kind, folder and registry line are one name' }
}
