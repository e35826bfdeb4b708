import { type Endpoint, HoldfastError } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'

export function etagOf(revision: number): string {
  return `"${revision}"`
}

/** A revision nothing ever has: what a well-formed but foreign If-Match asks for. */
const NO_REVISION = -1

/**
 * Which revision an edit is meant for; null for any (`*`, or an endpoint that does not ask).
 * Throws `edit-unconditional` without If-Match.
 */
export function revisionOf(endpoint: Endpoint, request: FastifyRequest): number | null {
  if (endpoint.etag !== 'write') return null
  const wanted = request.headers['if-match']?.trim()
  if (wanted === undefined || wanted === '') {
    throw new HoldfastError('edit-unconditional', 'the request has no If-Match')
  }
  if (wanted === '*') return null
  const revision = /^"(\d{1,9})"$/.exec(wanted)?.[1]
  return revision === undefined ? NO_REVISION : Number(revision)
}

/** Whether the client has this state already (If-None-Match of a GET). */
export function isKnown(request: FastifyRequest, etag: string): boolean {
  const known = request.headers['if-none-match']
  if (request.method !== 'GET' || known === undefined) return false
  return known.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()))
}
