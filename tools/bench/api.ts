import { httpCases } from './api/http-cases.ts'
import { runListCases } from './api/runs-list.ts'

/** How fast a large installation answers: its API, and the database below it. */
export const bench = async () => [...(await httpCases()), ...(await runListCases())]
