import { isTest } from '../repository.ts'
import type { Violation } from '../violation.ts'
import { LAYERS, type Layer, PACKAGE_RULES } from './import-table.ts'
import type { CodeFile, ImportEdge } from './parse-code.ts'

/**
 * Walks every import and reports the edges that the import table forbids.
 *
 * A test may import any part of contract, server and tools, since it wires what it tests; it still keeps out of the
 * web application, and the web application's tests out of the server. Nothing that runs in production may import a test.
 */
export function importViolations(files: readonly CodeFile[]): Violation[] {
  const violations: Violation[] = []
  for (const file of files) {
    for (const edge of file.imports) {
      const why = edge.target === null ? packageRefusal(file.path, edge) : refusal(file.path, edge)
      if (why) violations.push({ where: `${file.path}:${edge.line}`, what: `imports ${edge.specifier}`, why })
    }
  }
  return violations
}

function packageRefusal(from: string, edge: ImportEdge): string | null {
  const rules = isTest(from) ? PACKAGE_RULES.filter((rule) => rule.isForTests) : PACKAGE_RULES
  const broken = rules.find((rule) => rule.packages.test(edge.specifier) && !rule.onlyIn.test(from))
  return broken?.why ?? null
}

function refusal(from: string, edge: ImportEdge): string | null {
  const to = edge.target ?? ''
  const target = layerOf(to)
  const source = layerOf(from)
  if (isTest(from)) return crossesIntoWeb(from, to) ? 'web and server meet in the contract only' : null
  if (!source) return 'no layer of tools/repo/code/import-table.ts holds this file'
  if (!target)
    return /^(contract|server|web)\/src\//.test(to) ? 'the imported file belongs to no layer' : null
  if (isTest(to)) return isBench(from) ? null : 'what runs in production does not depend on tests'
  if (source === target) return isOtherDriver(from, to) ? 'a driver never imports another driver' : null
  if (target.name === 'drivers' && source.name === 'registry.ts')
    return /^[^/]+\/src\/drivers\/[^/]+\/index\.ts$/.test(to)
      ? null
      : 'the registry takes a driver from its index.ts'
  if (!source.mayImport.includes(target.name)) return source.why
  if (source.typesOnly?.includes(target.name) && !edge.isTypeOnly)
    return `${source.name} may take types of ${target.name} only: ${source.why}`
  return null
}

/** A bench measures with what the tests are made of. */
function isBench(path: string): boolean {
  return path.startsWith('tools/bench/')
}

function layerOf(path: string): Layer | undefined {
  return LAYERS.find((layer) => layer.files.test(path))
}

function isOtherDriver(from: string, to: string): boolean {
  const folder = (path: string) => /^server\/src\/drivers\/([^/]+)\//.exec(path)?.[1]
  return folder(from) !== folder(to)
}

function crossesIntoWeb(from: string, to: string): boolean {
  return from.startsWith('web/') !== to.startsWith('web/') && !to.startsWith('contract/')
}
