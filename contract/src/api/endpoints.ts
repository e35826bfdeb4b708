import { accountEndpoints } from './account.ts'
import { hookEndpoints } from './hooks.ts'
import { jobEndpoints } from './jobs.ts'
import { objectRoutes } from './objects.ts'
import { pointEndpoints } from './restore-points.ts'
import { runEndpoints } from './runs.ts'
import { systemEndpoints } from './system.ts'
import { userEndpoints } from './users.ts'

/** Every route of the API but those of single job kinds, which come from the drivers (`jobKindEndpoints`). */
export const ENDPOINTS = {
  ...accountEndpoints,
  ...userEndpoints,
  ...jobEndpoints,
  ...hookEndpoints,
  ...runEndpoints,
  ...pointEndpoints,
  ...objectRoutes,
  ...systemEndpoints,
} as const
