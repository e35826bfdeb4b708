import type { JsonValue, RestorePoint } from '@holdfast/contract'
import { ApiProblem } from '../../../api/problem.ts'

export interface RestoreDraft {
  /** An absolute path, or a node and a database as {@link nodeTarget} writes them. */
  target: string
  isNode: boolean
  isWhole: boolean
  /** One path on each line. */
  paths: string
  /** Chosen in the browser of files, and taken instead: a name may hold the end of a line. */
  chosen: readonly string[]
}

/** What is sent; `options` is what the form of the job kind holds, null when the kind has none. */
export function requestOf(draft: RestoreDraft, options: Record<string, JsonValue> | null) {
  return {
    // The name of a database may end in a space.
    target: draft.isNode ? draft.target : draft.target.trim(),
    ...(draft.isWhole ? {} : { paths: pathsIn(draft) }),
    ...(options === null || Object.keys(options).length === 0 ? {} : { options }),
  }
}

/** No name of a node holds a slash; the name of a database may. */
export function nodeTarget(node: string, database: string): string {
  return `${node}/${database}`
}

export function splitTarget(target: string): { node: string; database: string } {
  const [node = '', ...rest] = target.split('/')
  return { node, database: rest.join('/') }
}

/** Whether it says where to restore to. */
export function isTarget({ target, isNode }: Pick<RestoreDraft, 'target' | 'isNode'>): boolean {
  const { node, database } = splitTarget(target)
  return isNode ? node !== '' && database !== '' : target.trim().startsWith('/')
}

/** What is to be restored of it. */
export function pathsIn({ paths, chosen }: Pick<RestoreDraft, 'paths' | 'chosen'>): string[] {
  return chosen.length > 0 ? [...chosen] : pathsOf(paths)
}

/** The paths of a text, one on each line. A name may begin or end with a space, but no path is only that. */
export function pathsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  return [...new Set(lines.filter((line) => line.trim() !== ''))]
}

/** A folder beside the original, named after the day: never what is in use. Empty for what is no folder. */
export function proposedTarget({ asset, takenAt }: Pick<RestorePoint, 'asset' | 'takenAt'>): string {
  if (!asset.key.startsWith('/') || asset.key === '/') return ''
  return `${asset.key.replace(/\/+$/, '')}-restored-${takenAt.slice(0, 10)}`
}

/** The part of a problem that is about the settings of the job kind, with places as the form of them knows them. */
export function optionsProblem(problem: ApiProblem | null): ApiProblem | null {
  if (problem === null) return null
  const problems = problem.problems
    .filter(({ path }) => path[0] === 'options')
    .map(({ path, message }) => ({ path: path.slice(1), message }))
  const { status, code, detail, hint } = problem
  return problems.length === 0 ? null : new ApiProblem({ status, code, detail, hint, problems })
}
