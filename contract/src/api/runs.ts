import { z } from 'zod'
import { listOf, pageOf, pageQuery } from '../page.ts'
import {
  run,
  runLogLine,
  runOperation,
  runOutcome,
  runReport,
  runStatus,
  runStep,
  runSummary,
} from '../run.ts'
import { instant } from '../units.ts'
import type { Endpoints } from './endpoint.ts'

const runRef = z.strictObject({ ref: z.string().min(1).max(100).meta({ description: 'Id of the run' }) })
const read = { tag: 'Runs', permission: 'read', limited: 'filtered' } as const
const decide = { tag: 'Runs', permission: 'operate', limited: 'filtered', params: runRef } as const

/**
 * What follows a run live. `run` and `steps` come whole, whenever something about them changed; `log` brings new lines;
 * `end` is the last. The id of each event is the position of the last log line sent.
 */
export const runEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('run'), data: run }),
  z.object({ event: z.literal('steps'), data: z.array(runStep) }),
  z.object({ event: z.literal('log'), data: z.array(runLogLine) }),
  z.object({ event: z.literal('end'), data: z.object({}) }),
])
export type RunEventMessage = z.infer<typeof runEvent>

export const runEndpoints = {
  'GET /api/runs': {
    ...read,
    id: 'listRuns',
    summary: 'Runs, newest first',
    query: z.strictObject({
      ...pageQuery,
      job: z.string().max(150).optional().meta({ description: 'Name or id of the job' }),
      kind: z.string().max(100).optional().meta({ description: 'The job kind' }),
      status: listOf(runStatus).optional(),
      outcome: listOf(runOutcome).optional(),
      operation: runOperation.optional(),
      from: instant.optional().meta({ description: 'Created at this instant or later' }),
      to: instant.optional().meta({ description: 'Created before this instant' }),
    }),
    response: pageOf(runSummary),
  },
  'GET /api/runs/{ref}': {
    ...read,
    id: 'getRun',
    summary: 'One run',
    params: runRef,
    query: z.strictObject({
      plan: z.enum(['told', 'whole']).default('told').meta({
        description: 'The whole plan, with what only the job kind reads, or what everybody does',
      }),
    }),
    response: run,
  },
  'GET /api/runs/{ref}/report': {
    ...read,
    id: 'downloadReport',
    summary: 'Its report as a file: all of it as JSON, or its table as CSV',
    params: runRef,
    query: z.strictObject({
      format: z.enum(['json', 'csv']).default('json').meta({
        description: 'CSV begins with a byte order mark, and no text in it is taken for a formula',
      }),
    }),
    response: runReport,
    stream: 'file',
    textTypes: ['text/csv'],
  },
  'GET /api/runs/{ref}/steps': {
    ...read,
    id: 'listSteps',
    summary: 'Its steps, in order',
    params: runRef,
    response: z.array(runStep),
  },
  'GET /api/runs/{ref}/log': {
    ...read,
    id: 'readLog',
    summary: 'Its log lines after a position, oldest first',
    params: runRef,
    query: z.strictObject({
      after: z.coerce.number().int().min(-1).max(1e12).default(-1),
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
    }),
    response: z.array(runLogLine),
  },
  'GET /api/runs/{ref}/log.txt': {
    ...read,
    id: 'downloadLog',
    summary: 'Its whole log as text',
    params: runRef,
    response: z.string(),
    stream: 'text',
  },
  'GET /api/runs/{ref}/events': {
    ...read,
    id: 'followRun',
    summary: 'Follow it live (server-sent events); goes on where Last-Event-ID or `after` says',
    params: runRef,
    query: z.strictObject({
      after: z.coerce.number().int().min(-1).max(1e12).default(-1),
      changes: z.enum(['true', 'false']).default('false').meta({
        description: 'Also tells what `GET /api/events` does, and then stays open after the end of the run',
      }),
    }),
    response: runEvent,
    stream: 'events',
  },
  'POST /api/runs/{ref}/cancel': {
    ...decide,
    id: 'cancelRun',
    summary: 'Cancel it',
    response: run,
    status: 202,
  },
  'POST /api/runs/{ref}/approve': {
    ...decide,
    id: 'approveRun',
    summary: 'Let a held run do what its stored plan says',
    response: run,
  },
  'POST /api/runs/{ref}/refuse': { ...decide, id: 'refuseRun', summary: 'End a held run', response: run },
} as const satisfies Endpoints
