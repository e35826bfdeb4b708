import type { CoverageState } from '@holdfast/contract'
import { COVERAGE } from '../../status/status-map.ts'

export const TABS = ['summary', 'plan', 'runs', 'points', 'changes', 'edit'] as const
export type JobTab = (typeof TABS)[number]

export interface JobsSearch {
  q?: string
  kind?: string
  coverage?: CoverageState[]
  enabled?: 'true' | 'false'
  node?: string
  vault?: string
}

const NAMES = ['q', 'kind', 'node', 'vault'] as const

/** Filters of the list of jobs as the address has them; what does not fit is left out. */
export function validateJobs(search: Record<string, unknown>): JobsSearch {
  const found: JobsSearch = {}
  for (const name of NAMES) {
    const value = search[name]
    if (typeof value === 'string' && value !== '') found[name] = value
  }
  const asked = [search.coverage].flat()
  const coverage = (Object.keys(COVERAGE) as CoverageState[]).filter((state) => asked.includes(state))
  if (coverage.length > 0) found.coverage = coverage
  // A router reads `?enabled=true` as a boolean.
  const enabled = String(search.enabled)
  if (enabled === 'true' || enabled === 'false') found.enabled = enabled
  return found
}

export function validateTab(search: Record<string, unknown>): { tab?: JobTab } {
  const tab = TABS.find((one) => one === search.tab)
  return tab === undefined || tab === 'summary' ? {} : { tab }
}
