import { z } from 'zod'
import { type RelationAnswer, relationAnswer } from './answers.ts'
import { type CmdbuildServer, part } from './connect.ts'
import { reasonOfRefusal } from './errors.ts'
import { readPages } from './pages.ts'

export type { RelationAnswer } from './answers.ts'

/** So many relations take no more room in an answer than one card. */
const RELATIONS_PER_CARD = 3

export interface RelationEnd {
  readonly className: string
  readonly id: number
}

export interface NewRelation {
  readonly domain: string
  readonly source: RelationEnd
  readonly destination: RelationEnd
}

/** All relations of a domain, whatever cards they join; see {@link readPages} for `keep`. */
export async function readRelations<Kept>(
  server: CmdbuildServer,
  { domain, signal }: { domain: string; signal: AbortSignal },
  keep: (relation: RelationAnswer) => Kept | null,
): Promise<Kept[]> {
  const what = `read the relations of ${domain}`
  const pageSize = server.pageSize * RELATIONS_PER_CARD
  const request = { path: relationsOf(domain), what, signal, pageSize }
  return await readPages(server, request, relationAnswer, keep)
}

export async function createRelation(
  server: CmdbuildServer,
  { domain, source, destination }: NewRelation,
  signal: AbortSignal,
): Promise<void> {
  const json = {
    _type: domain,
    _sourceType: source.className,
    _sourceId: source.id,
    _destinationType: destination.className,
    _destinationId: destination.id,
    _is_direct: true,
  }
  const what = `relate the card ${source.id} to ${destination.id} by ${domain}`
  await server.done({ method: 'POST', path: relationsOf(domain), json, what, signal })
}

/** Looks among the relations of the source alone. */
export async function isRelated(
  server: CmdbuildServer,
  { domain, source, destination }: NewRelation,
  signal: AbortSignal,
): Promise<boolean> {
  // Not by pages: version 3.3 knows no order for this list.
  const path = `/classes/${part(source.className)}/cards/${source.id}/relations`
  const what = `read the relations of the card ${source.id}`
  const found = await server.one({ method: 'GET', path, what, signal }, z.array(relationAnswer))
  return found.some(
    (one) => one.domain === domain && one.sourceId === source.id && one.destinationId === destination.id,
  )
}

/** A relation that is not there is deleted. */
export async function deleteRelation(
  server: CmdbuildServer,
  { domain, id, signal }: { domain: string; id: number; signal: AbortSignal },
): Promise<void> {
  const what = `take the relation ${id} of ${domain} away`
  try {
    await server.done({ method: 'DELETE', path: `${relationsOf(domain)}/${id}`, what, signal })
  } catch (error) {
    if (reasonOfRefusal(error) !== 'absent') throw error
  }
}

function relationsOf(domain: string): string {
  return `/domains/${part(domain)}/relations`
}
