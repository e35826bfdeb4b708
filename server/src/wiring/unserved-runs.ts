import type { Run } from '@holdfast/contract'
import type { ControlPlane } from './control-plane.ts'

/** Of these runs, those whose site no worker serves. The job of a run, of a restore for instance, may be deleted. */
export async function unservedRuns({ deps, controlFor }: ControlPlane, runs: readonly Run[]): Promise<Run[]> {
  const { workers } = await controlFor(null, true).status()
  const served = new Set(workers.filter((worker) => worker.alive).map((worker) => worker.site))
  const sites = await Promise.all(runs.map(async ({ id }) => (await deps.store.runs.get(id))?.site))
  return runs.filter((_, index) => !served.has(sites[index] ?? ''))
}
