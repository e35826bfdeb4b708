import type { JobStatus } from '@holdfast/contract'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, send } from '../../api/client.ts'

/** Enables or disables a job: read with its ETag and written back, so that no other edit is lost. */
export async function setEnabled(id: string, enabled: boolean) {
  const { data, etag } = await send('GET /api/jobs/{ref}', { params: { ref: id } })
  return api('PUT /api/jobs/{ref}', { params: { ref: id }, body: { ...data.spec, enabled }, ifMatch: etag })
}

export function startRun({ id }: Pick<JobStatus, 'id'>) {
  return api('POST /api/jobs/{ref}/run', { params: { ref: id } })
}

/** Whether a run of the job is going on, waits or is held. */
export function isRunning({ lastRun }: Pick<JobStatus, 'lastRun'>): boolean {
  return lastRun !== null && lastRun.status !== 'finished'
}

/** What has to be read again after a job was started or changed. */
export function useRefreshJobs(): () => void {
  const queryClient = useQueryClient()
  return useCallback(() => refreshJobs(queryClient), [queryClient])
}

function refreshJobs(queryClient: QueryClient): void {
  for (const key of ['GET /api/jobs', 'GET /api/jobs/{ref}/status', 'GET /api/jobs/{ref}/revisions'])
    void queryClient.invalidateQueries({ queryKey: [key] })
  void queryClient.invalidateQueries({ queryKey: ['edit', 'GET /api/jobs/{ref}'] })
}
