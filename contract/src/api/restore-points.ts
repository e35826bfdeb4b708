import { z } from 'zod'
import { jsonValue } from '../json.ts'
import { pageOf, pageQuery } from '../page.ts'
import { storedPlan } from '../plan.ts'
import { pointEntry, restorePoint, verifyLevel } from '../restore-point.ts'
import { run } from '../run.ts'
import { instant } from '../units.ts'
import type { Endpoints } from './endpoint.ts'

const pointRef = z.strictObject({
  ref: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'Id, or JOB@latest for the newest good one of a job, or JOB@TIME' }),
})
const operate = { tag: 'Restore points', permission: 'operate', limited: 'filtered' } as const

export const restoreBody = z.strictObject({
  target: z.string().min(1).max(4096).meta({
    description:
      'Where to restore to: an absolute path, or NODE/DATABASE for job kinds that restore to a node',
  }),
  paths: z
    .array(z.string().min(1).max(4096))
    .max(10_000)
    .optional()
    .meta({ description: 'What to restore, relative to the asset; everything without it' }),
  options: z
    .record(z.string(), jsonValue)
    .optional()
    .meta({ description: 'What is particular to this kind of job' }),
})

export const pointEndpoints = {
  'GET /api/restore-points': {
    ...operate,
    permission: 'read',
    id: 'listRestorePoints',
    summary: 'Restore points of the catalog, newest first',
    query: z.strictObject({
      ...pageQuery,
      job: z.string().max(150).optional(),
      vault: z.string().max(150).optional(),
      q: z.string().max(200).optional().meta({ description: 'Part of the name or key of the asset' }),
      from: instant.optional(),
      to: instant.optional(),
    }),
    response: pageOf(restorePoint),
  },
  'GET /api/restore-points/{ref}': {
    ...operate,
    permission: 'read',
    id: 'getRestorePoint',
    summary: 'One restore point',
    params: pointRef,
    response: restorePoint,
  },
  'GET /api/restore-points/{ref}/entries': {
    ...operate,
    id: 'listRestorePointEntries',
    summary: 'What is in one folder of a restore point, folders first; read by a worker from the vault',
    params: pointRef,
    query: z.strictObject({
      ...pageQuery,
      path: z
        .string()
        .max(4096)
        .default('')
        .meta({ description: 'The folder, relative to the asset; the asset itself without it' }),
    }),
    response: pageOf(pointEntry),
  },
  'PUT /api/restore-points/{ref}/protected': {
    ...operate,
    id: 'protectRestorePoint',
    summary: 'Keep it from retention, or leave it to retention again',
    params: pointRef,
    body: z.strictObject({ protected: z.boolean() }),
    response: restorePoint,
  },
  'POST /api/restore-points/verify': {
    ...operate,
    id: 'verifyRestorePoints',
    summary: 'Check restore points; one run for each job',
    body: z.strictObject({
      points: z.array(z.string().min(1).max(200)).min(1).max(1000),
      level: verifyLevel.default('sample'),
    }),
    response: z.array(run),
    status: 202,
  },
  'POST /api/restore-points/{ref}/restore': {
    ...operate,
    id: 'restore',
    summary: 'Restore it to a place, and prove that what lies there equals the restore point',
    params: pointRef,
    body: restoreBody,
    response: run,
    status: 202,
  },
  'POST /api/restore-points/{ref}/restore/plan': {
    ...operate,
    id: 'planRestore',
    summary: 'What a restore would do and overwrite; changes nothing',
    params: pointRef,
    body: restoreBody,
    response: storedPlan,
    onlyAsks: true,
  },
} as const satisfies Endpoints
