import { runListCases } from './api/runs-list.ts'

/** How fast the lists of a large installation answer. */
export const bench = () => runListCases()
