import { instantOf, textOf } from '../runs/filters/run-search.ts'

/** The filters of the list of restore points as they stand in the address of the page. */
export interface PointSearch {
  job?: string
  vault?: string
  /** Part of the name or key of the asset. */
  q?: string
  /** Instants. */
  from?: string
  to?: string
}

export function parsePointSearch(search: Record<string, unknown>): PointSearch {
  return {
    ...textOf('job', search.job),
    ...textOf('vault', search.vault),
    ...textOf('q', search.q),
    ...instantOf('from', search.from),
    ...instantOf('to', search.to),
  }
}

/** The folder that is looked at; the asset itself without it. */
export interface BrowseSearch {
  path?: string
}

export function parseBrowseSearch(search: Record<string, unknown>): BrowseSearch {
  return textOf('path', search.path)
}
