import type { ServerFacts, VictoriaMetrics } from '../../../../clients/victoria-metrics/connect.ts'
import type { DatabaseContents } from '../../planning/windows.ts'
import type { Taking, Times, View } from '../destination.ts'
import { SampleCopier } from './copier.ts'
import { type Limits, lossesOf, sharesMetrics } from './losses.ts'
import { isNumeric } from './numeric.ts'
import { fromFile, fromServer } from './origins.ts'
import type { Schema } from './schema.ts'

const NS_PER_MS = 1_000_000n
/** What is later than two days from now it drops; its clock may be another one. */
const MOST_AHEAD_MS = 2 * 86_400_000
const SLACK_MS = 15 * 60_000

export async function lookAtServer(server: VictoriaMetrics, taking: Taking): Promise<View> {
  const { tagKeys, databases, config, now, signal } = taking
  const facts = await server.facts(signal)
  const schema: Schema = { databases: new Map(), ownLabels: new Map() }
  for (const contents of databases) {
    schema.databases.set(contents.name, contents)
    const [first] = contents.policies
    // Tags are of the database as a whole, whatever retention policy is named.
    const tags = first ? await tagKeys(contents.name, first.policy.name) : new Map()
    schema.ownLabels.set(contents.name, tags)
  }
  return {
    copier: ({ reading, lane, signal: stop, verify }) => {
      const ofSomeSeries = reading.tags.length > 0
      const sending = { lane, signal: stop, verify, ofSomeSeries, leavesOthers: false }
      const copier = new SampleCopier(server, schema, sending)
      const origin = fromServer(reading)
      return { copy: (window) => copier.copy(window, origin) }
    },
    restorer: (restoring) => {
      const { lane, signal: stop } = restoring
      const sending = { lane, signal: stop, verify: true, ofSomeSeries: false, leavesOthers: true }
      const copier = new SampleCopier(server, schema, sending)
      return { restore: (record, window) => copier.copy(window, fromFile(restoring, record)) }
    },
    moreWindows: 1,
    mayHoldMore: hasOwnLabels(schema) || databases.some((contents) => sharesMetrics(contents, config)),
    fit: withoutStrings,
    within: (part, at) => clip(part, limitsAt(at, facts)),
    items: (contents, way) => lossesOf(contents, { config, limits: limitsAt(now, facts), way }),
  }
}

/** Series that bear labels of their own are found beside those of whoever writes such series too. */
function hasOwnLabels({ ownLabels }: Schema): boolean {
  return [...ownLabels.values()].some((tags) => [...tags.values()].some((keys) => keys.includes('db')))
}

function limitsAt(now: Date, facts: ServerFacts | null): Limits {
  const oldestMs = facts?.retentionMs ? now.getTime() - facts.retentionMs + SLACK_MS : 0
  return {
    startMs: Math.max(0, Math.ceil(oldestMs)),
    endMs: now.getTime() + MOST_AHEAD_MS - SLACK_MS,
    retention: facts?.retention ?? null,
  }
}

function withoutStrings(contents: DatabaseContents): DatabaseContents {
  const policies = contents.policies.map(({ measurements, ...others }) => {
    const fitting = [...measurements].flatMap(([measurement, fields]) => {
      const numeric = new Map([...fields].filter(([, types]) => isNumeric(types)))
      return numeric.size === 0 ? [] : [[measurement, numeric] as const]
    })
    return { ...others, measurements: new Map(fitting) }
  })
  return { ...contents, policies }
}

/** Whole ms: a point in the middle of the first one may be older than what is kept. */
function clip<Part extends Times>(part: Part, { startMs, endMs }: Limits): Part | null {
  const [from, to] = [BigInt(startMs) * NS_PER_MS, BigInt(endMs) * NS_PER_MS]
  const aligned = (part.startNs / NS_PER_MS) * NS_PER_MS
  const startNs = aligned > from ? aligned : from
  const endNs = part.endNs < to ? part.endNs : to
  if (startNs >= endNs) return null
  return startNs === part.startNs && endNs === part.endNs ? part : { ...part, startNs, endNs }
}
