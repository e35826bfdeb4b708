import { createHash } from 'node:crypto'
import { objectName } from '@holdfast/contract'
import type { z } from 'zod'
import type { Section } from '../../../kit/foreign-config/section.ts'
import type { influxdbCopyConfig } from '../config.ts'
import type { Server } from './server.ts'

/** One copy from a server to another, of either shape of the file. */
export interface CopyProcess {
  /** Of the job. */
  name: string
  /** Where mistakes are told that no single setting makes. */
  place: Section
  source: Server
  destination: Server
  timeout: string | null
  attempts: number | null
  cron: string | null
  config: Omit<z.input<typeof influxdbCopyConfig>, 'destination'> & {
    destination?: { prefix: string; suffix: string }
  }
}

/** Leaves room for what is added to it. */
const LONGEST_NAME = 80
/** Of a secret, without what is added to it. */
const LONGEST_SECRET = 40

/** The name of a job, from that of a process or a file: what no name may hold becomes a hyphen. */
export function jobName(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{N} ._+-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, LONGEST_NAME)
    .trimEnd()
  if (objectName.safeParse(name).success) return name
  return name === '' ? 'influxdb copy' : `copy ${name}`
}

export function nodeName(job: string, side: Side): string {
  return `${job} ${side}`
}

/** A name of its own for each job: where it cannot be the same text, a part of its hash keeps two apart. */
export function secretName(job: string, side: Side): string {
  const plain = job
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_SECRET)
  const hash = createHash('sha256').update(job).digest('hex').slice(0, 6)
  const own = plain === job ? plain : [plain, hash].filter((part) => part !== '').join('-')
  return `${own}-${side}-password`
}

export type Side = 'source' | 'destination'

/** Seconds as the toolkit wrote them. */
export function readTimeout(section: Section, key: string): string | null {
  const seconds = section.number(key, 1)
  if (seconds === null) return null
  const timeout = `${Math.min(Math.ceil(seconds), 9_999_999)}s`
  section.tell(key, 'taken', `\`timeout: ${timeout}\` of both nodes: how long a server may stay silent`)
  return timeout
}

/** Whether a copy would write what it reads. */
export function isOntoItself({ source, destination, config }: CopyProcess): string | null {
  if (new URL(source.url).href !== new URL(destination.url).href) return null
  const { prefix, suffix } = config.destination ?? { prefix: '', suffix: '' }
  const databases = config.databases ?? []
  const same = databases.find(({ name, as }) => (as ?? name) === name)
  if (same) return `the database "${same.name}" would be copied onto itself`
  return databases.length === 0 && prefix === '' && suffix === ''
    ? 'every database would be copied onto itself'
    : null
}
