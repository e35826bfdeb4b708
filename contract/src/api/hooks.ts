import { z } from 'zod'
import { startHookName } from '../config/start-hook.ts'
import { idOf } from '../ids.ts'
import type { Endpoint, Endpoints } from './endpoint.ts'

const start = {
  tag: 'Jobs',
  permission: 'public',
  limited: 'same',
  ownToken: true,
  query: z.strictObject({
    token: z.string().max(200).optional().meta({
      description:
        'The token, for callers that cannot send `Authorization: Bearer`; proxies write addresses to their logs',
    }),
  }),
  response: z.object({
    runId: idOf('run'),
    /** Page of the run in the web interface; without scheme and host when the server was not told its own address. */
    page: z.string(),
  }),
  status: 202,
} as const satisfies Partial<Endpoint>

export const hookEndpoints = {
  'POST /api/hooks/{name}': {
    ...start,
    id: 'startByHook',
    summary: 'Start the job of a start address, for whoever knows its token',
    params: z.strictObject({ name: startHookName }),
  },
  'POST /copy': {
    ...start,
    id: 'startCopy',
    summary: 'The same as POST /api/hooks/copy',
  },
  'GET /copy': {
    ...start,
    id: 'startCopyByGet',
    summary: 'The same for what can only open an address; the one GET that starts something',
  },
} as const satisfies Endpoints
