import { HoldfastError } from '@holdfast/contract'
import type { JsonAnswer, JsonServer } from '../http/json-server.ts'
import { refusal } from './errors.ts'

/** Revisions of the interface that are spoken, the newest first. */
export const VEEAM_VERSIONS = ['1.3-rev2', '1.3-rev1', '1.2-rev1'] as const
export type VeeamVersion = (typeof VEEAM_VERSIONS)[number]

const SERVER_TIME = '/api/v1/serverTime'

/** Both spellings are seen: `1.3-rev1` and `v1.3-rev1`. */
const REVISION = /\bv?(\d+\.\d+-rev\d+)\b/g
const REFUSED = /unsupported rest ?api version|following versions are supported/i

export interface Negotiated {
  readonly version: VeeamVersion
  /** What the server answered about its time, when it was asked for the version that was agreed on. */
  readonly serverTime: unknown
}

/**
 * Finds the newest revision that both sides speak. No server tells them when asked: each is tried on the one request
 * that needs no user, and a server that refuses one names those it has. (Its descriptions could be asked for too, but
 * are megabytes, and many sites lock them.) A server that gives no hint is taken at its first word when signing in.
 */
export async function negotiate(
  http: JsonServer,
  configured: VeeamVersion | 'auto',
  signal: AbortSignal,
): Promise<Negotiated> {
  const candidates = configured === 'auto' ? VEEAM_VERSIONS : [configured]
  for (const version of candidates) {
    const answer = await askTime(http, version, signal)
    if (answer.status === 200) return { version, serverTime: answer.json }
    const offered = offeredIn(answer.text)
    if (offered === null) {
      const error = refusal(http.at, answer, SERVER_TIME)
      if (error.code === 'node-unreachable') throw error
      continue
    }
    const agreed = chooseVersion(http.at, configured, offered)
    return { version: agreed, serverTime: (await askTime(http, agreed, signal)).json }
  }
  return { version: candidates[0] ?? VEEAM_VERSIONS[0], serverTime: undefined }
}

/** The newest of those offered; throws `node-refused` when it is none of ours, or not the one that is configured. */
export function chooseVersion(
  at: string,
  configured: VeeamVersion | 'auto',
  offered: readonly string[],
): VeeamVersion {
  const chosen = VEEAM_VERSIONS.find(
    (version) => offered.includes(version) && (configured === 'auto' || version === configured),
  )
  if (chosen) return chosen
  const ours = VEEAM_VERSIONS.filter((version) => offered.includes(version))
  throw new HoldfastError(
    'node-refused',
    `${at} does not speak version ${configured === 'auto' ? VEEAM_VERSIONS.join(' or ') : configured} of its interface; it offers ${offered.join(', ')}`,
    {
      hint:
        ours.length > 0
          ? `Enter \`auto\` or ${ours.join(' or ')} as the version of the interface in the node.`
          : 'Holdfast reads Veeam Backup & Replication 12.3.1 and newer: upgrade the server.',
      details: { address: at, offered: [...offered] },
    },
  )
}

/** The revisions that a server names when it refuses one; null when it says something else. */
export function offeredIn(said: string): string[] | null {
  const offered = REFUSED.test(said) ? [...said.matchAll(REVISION)].map(([, revision]) => revision ?? '') : []
  return offered.length > 0 ? offered : null
}

async function askTime(http: JsonServer, version: VeeamVersion, signal: AbortSignal): Promise<JsonAnswer> {
  return await http.send({ method: 'GET', path: SERVER_TIME, headers: { 'x-api-version': version }, signal })
}
