import type { Control, KindTexts, PhraseCatalogs } from '@holdfast/contract'
import type { z } from 'zod'
import type { Access } from '../access/access.ts'
import type { Logger } from '../kit/log.ts'
import type { Limits } from './guard/rate-limits.ts'
import type { ChangeSource, IdempotencyStore, MetricsSource, StartHooks } from './ports.ts'

/** A job kind as its routes need it: the collection and the schema of its settings. */
export interface ServedKind {
  kind: string
  collection: string
  config: z.ZodType
  /** Texts of its settings in the other languages. */
  texts?: KindTexts | undefined
}

/** Everything the HTTP server is given. It opens nothing itself, and listens only when told to. */
export interface ServerDeps {
  /** The control plane as somebody limited to these nodes sees it; null for all of it. `administers`: may configure. */
  controlFor(nodeIds: readonly string[] | null, administers: boolean): Control
  access: Access
  idempotency: IdempotencyStore
  changes: ChangeSource
  metrics: MetricsSource
  startHooks: StartHooks
  /** Whether the database answers and has its schema. */
  isReady(): Promise<boolean>
  kinds: readonly ServedKind[]
  /** What runs say, in every language; each key behind its namespace. */
  phrases: PhraseCatalogs
  /** Folder with the built web files; null serves the API alone. */
  webRoot: string | null
  /** Where people reach the server: scheme, host and port without a slash at the end. */
  publicUrl: string | null
  /** Where it listens: without a `publicUrl` the only name under which a browser may change anything, beside addresses. */
  listenHost: string
  /** Addresses or networks whose X-Forwarded headers are believed. */
  trustProxy: readonly string[]
  /** Certificate and key in PEM; null serves plain HTTP. */
  tls: { cert: string; key: string } | null
  limits?: Partial<Limits>
  log: Logger
  now(): Date
  version: string
}
