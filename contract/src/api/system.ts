import { z } from 'zod'
import { configDocument } from '../config/document.ts'
import { notificationLanguage } from '../config/notification.ts'
import { secretName } from '../config/secret.ts'
import { fileSystemUuid } from '../config/vault.ts'
import { bayDisk } from '../control/disk.ts'
import {
  auditEntry,
  configChange,
  configPlan,
  configProblem,
  delivery,
  jobKind,
  storedSecret,
} from '../control/objects.ts'
import { finding, lockStatus, reindexReport, status } from '../control/status.ts'
import { jsonValue } from '../json.ts'
import { pageOf, pageQuery } from '../page.ts'
import { phraseTemplate } from '../phrases/template.ts'
import { run } from '../run.ts'
import { instant } from '../units.ts'
import { userName } from './account.ts'
import type { Endpoints } from './endpoint.ts'
import { objectRef } from './objects.ts'

const lockName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/-]*$/, 'lower-case letters, digits and . _ / -')
  .max(200)
const prune = z.boolean().default(false).meta({ description: 'Delete what the document does not name' })
const configure = { tag: 'Configuration', permission: 'configure', limited: 'refused' } as const
const administer = { tag: 'System', permission: 'administer', limited: 'refused' } as const
const byName = z.strictObject({ name: secretName })
const document = z.record(z.string(), jsonValue)

/** Something changed: a hint to read again what is on screen. Ids are told to those who may see the job. */
export const changeEvent = z.object({
  event: z.literal('change'),
  data: z.object({
    topic: z.enum(['runs', 'objects', 'points', 'locks', 'workers']),
    runId: z.string().optional(),
    jobId: z.string().optional(),
  }),
})
export type ChangeEvent = z.infer<typeof changeEvent>['data']

export const systemEndpoints = {
  'GET /api/status': {
    tag: 'System',
    permission: 'read',
    limited: 'filtered',
    id: 'getStatus',
    summary: 'The whole at a glance',
    response: status,
  },
  'GET /api/events': {
    tag: 'System',
    permission: 'read',
    limited: 'filtered',
    id: 'followChanges',
    summary: 'Live hints of what changed (server-sent events)',
    response: changeEvent,
    stream: 'events',
  },
  'GET /api/schemas': {
    tag: 'Configuration',
    permission: 'read',
    limited: 'same',
    id: 'getSchemas',
    summary: 'JSON Schemas of all objects and job kinds, and what runs say, in one language',
    query: z.strictObject({ language: notificationLanguage.default('en') }),
    response: z.object({
      nodes: document,
      vaults: document,
      policies: document,
      notifications: document,
      jobs: document,
      kinds: z.array(jobKind),
      /** What runs say in that language, by the key of the phrase. */
      phrases: z.record(z.string(), phraseTemplate),
    }),
  },
  'GET /api/config': {
    ...configure,
    id: 'exportConfig',
    summary: 'The configuration in force',
    response: configDocument,
  },
  'POST /api/config/check': {
    ...configure,
    id: 'checkConfig',
    summary: 'Mistakes that a schema cannot see',
    body: z.strictObject({ document: configDocument }),
    response: z.array(configProblem),
    onlyAsks: true,
  },
  'POST /api/config/plan': {
    ...configure,
    id: 'planConfig',
    summary: 'Differences between a configuration and what is in force',
    body: z.strictObject({ document: configDocument, prune }),
    response: configPlan,
    onlyAsks: true,
  },
  'POST /api/config/apply': {
    ...configure,
    id: 'applyConfig',
    summary: 'Put a configuration in force, all of it or nothing',
    body: z.strictObject({
      document: configDocument,
      prune,
      fingerprint: z.string().max(100).nullable().default(null).meta({
        description:
          'Of the plan that is to be done: when something has changed since, it is a conflict and nothing is done. null: whatever differs by now',
      }),
    }),
    response: z.array(configChange),
  },
  'GET /api/secrets': {
    ...configure,
    id: 'listSecrets',
    summary: 'Names of the secrets kept; never their values',
    response: z.array(storedSecret),
  },
  'PUT /api/secrets/{name}': {
    ...configure,
    id: 'putSecret',
    summary: 'Keep a secret, encrypted',
    params: byName,
    body: z.strictObject({ value: z.string().min(1).max(65_536) }),
    response: null,
  },
  'DELETE /api/secrets/{name}': {
    ...configure,
    id: 'deleteSecret',
    summary: 'Forget a secret',
    params: byName,
    response: null,
  },
  'POST /api/notifications/{ref}/test': {
    ...configure,
    tag: 'Notifications',
    id: 'testNotification',
    summary: 'Send a test message now',
    params: objectRef,
    response: delivery,
  },
  'GET /api/deliveries': {
    ...configure,
    tag: 'Notifications',
    id: 'listDeliveries',
    summary: 'What was told to whom, newest first',
    query: z.strictObject({
      ...pageQuery,
      notification: z.string().max(150).optional(),
      state: delivery.shape.state.optional(),
      runId: z.string().max(40).optional(),
    }),
    response: pageOf(delivery),
  },
  'GET /api/bay': {
    tag: 'Disks',
    permission: 'configure',
    limited: 'refused',
    id: 'listBay',
    summary: 'Every file system that workers see in the bays of their machines',
    response: z.array(bayDisk),
  },
  'POST /api/disks/{uuid}/start': {
    tag: 'Disks',
    permission: 'operate',
    limited: 'refused',
    id: 'startByDisk',
    summary: 'Start the jobs of the disk set that a disk belongs to, as when it is plugged in',
    params: z.strictObject({ uuid: fileSystemUuid }),
    response: z.array(run),
    status: 202,
  },
  'GET /api/locks': {
    tag: 'Locks',
    permission: 'read',
    limited: 'refused',
    id: 'listLocks',
    summary: 'Every lock that is held, and by whom',
    response: z.array(lockStatus),
  },
  'POST /api/locks/acquire': {
    tag: 'Locks',
    permission: 'lock',
    limited: 'refused',
    id: 'acquireLock',
    summary: 'Take an outside lock, for scripts; waits as long as asked',
    body: z.strictObject({
      name: lockName,
      holder: z.string().min(1).max(200),
      leaseSeconds: z.int().min(1).max(604_800).default(28_800),
      waitSeconds: z.int().min(0).max(86_400).default(0),
      waitedSeconds: z
        .int()
        .min(0)
        .max(604_800)
        .default(0)
        .meta({ description: 'How long the script has waited for it already, in earlier requests' }),
      tellTimeout: z.boolean().optional().meta({
        description:
          'Whether notifications tell of it when the wait is in vain; without it when `waitSeconds` is not 0. A script that waits in several requests says `false` in all but the last',
      }),
    }),
    response: null,
  },
  'POST /api/locks/release': {
    tag: 'Locks',
    permission: 'lock',
    limited: 'refused',
    id: 'releaseLock',
    summary: 'Give an outside lock back',
    body: z.strictObject({ name: lockName, holder: z.string().min(1).max(200) }),
    response: z.object({ released: z.boolean() }),
  },
  'POST /api/reindex': {
    ...administer,
    id: 'reindex',
    summary: 'Rebuild the catalog from the manifests beside the data',
    body: z.strictObject({
      paths: z.array(z.string().startsWith('/').max(4096)).max(100).default([]),
      dryRun: z.boolean().default(false),
    }),
    response: reindexReport,
  },
  'GET /api/doctor': {
    ...administer,
    id: 'doctor',
    summary: 'Checks of everything',
    response: z.array(finding),
  },
  'GET /api/audit': {
    ...administer,
    id: 'listAudit',
    summary: 'Who did what when, newest first',
    query: z.strictObject({
      ...pageQuery,
      objectId: z.string().max(40).optional(),
      by: z.string().max(200).optional().meta({ description: 'Exactly as the entries say it: `user:anna`' }),
      user: userName.optional().meta({ description: 'A user, also with an API token' }),
      action: z.string().max(60).optional().meta({ description: 'Such as `job.start`' }),
      object: z.string().max(150).optional().meta({ description: 'Part of what the object was called' }),
      from: instant.optional().meta({ description: 'At this instant or later' }),
      to: instant.optional().meta({ description: 'Before this instant' }),
    }),
    response: pageOf(auditEntry),
  },
} as const satisfies Endpoints
