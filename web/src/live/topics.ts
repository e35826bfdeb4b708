import type { ChangeEvent } from '@holdfast/contract'
import type { Query } from '@tanstack/react-query'
import type { GetKey } from '../api/types.ts'

/** What a change of each kind makes out of date. */
const READS: Record<ChangeEvent['topic'], readonly GetKey[]> = {
  runs: [
    'GET /api/runs',
    'GET /api/status',
    'GET /api/jobs',
    'GET /api/jobs/{ref}/status',
    'GET /api/deliveries',
    'GET /api/locks',
  ],
  objects: [
    'GET /api/jobs',
    'GET /api/jobs/{ref}',
    'GET /api/jobs/{ref}/status',
    'GET /api/jobs/{ref}/revisions',
    'GET /api/nodes',
    'GET /api/nodes/{ref}',
    'GET /api/nodes/{ref}/revisions',
    'GET /api/vaults',
    'GET /api/vaults/{ref}',
    'GET /api/vaults/{ref}/revisions',
    'GET /api/policies',
    'GET /api/policies/{ref}',
    'GET /api/policies/{ref}/revisions',
    'GET /api/notifications',
    'GET /api/notifications/{ref}',
    'GET /api/notifications/{ref}/revisions',
    'GET /api/secrets',
    'GET /api/config',
    'GET /api/status',
    'GET /api/bay',
  ],
  points: [
    'GET /api/restore-points',
    'GET /api/restore-points/{ref}',
    'GET /api/status',
    'GET /api/jobs',
    'GET /api/jobs/{ref}/status',
  ],
  locks: ['GET /api/locks'],
  // They tell what is plugged in, too.
  workers: ['GET /api/status', 'GET /api/bay'],
}
const OF_ONE_RUN: ReadonlySet<unknown> = new Set<GetKey>(['GET /api/runs/{ref}', 'GET /api/runs/{ref}/steps'])

/**
 * Whether a query is read again when nobody knows what was missed, or on request. Not what is being edited, which must not
 * change under the hands of its reader, and no preview, which is work for the server.
 */
export function isReadAgain({ queryKey }: Pick<Query, 'queryKey'>): boolean {
  return String(queryKey[0]).startsWith('GET ')
}

/** Whether any of the changes makes what a query has read out of date. */
export function isTouched(query: Pick<Query, 'queryKey'>, changes: readonly ChangeEvent[]): boolean {
  const [key, input] = query.queryKey as [GetKey, { params?: { ref?: string } } | undefined]
  if (OF_ONE_RUN.has(key))
    return changes.some(({ topic, runId }) => topic === 'runs' && (!runId || runId === input?.params?.ref))
  return changes.some(({ topic }) => READS[topic].includes(key))
}
