import type { Readable } from 'node:stream'
import type { Control, Endpoint, Start } from '@holdfast/contract'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { z } from 'zod'
import type { Caller, Origin, SignedIn } from '../../access/access.ts'

/** Who may use a route. Every route bears one: the server does not start with a route that has none. */
export type Rule = Pick<Endpoint, 'id' | 'permission' | 'limited' | 'tokenToo' | 'ownToken'>

/** For pages that everybody may see, signed in or not, before and after the first user was made. */
export const OPEN_PAGE: Rule = { id: 'page', permission: 'public', limited: 'same' }

declare module 'fastify' {
  interface FastifyContextConfig {
    rule?: Rule
    /** Also answered before the first user was made. */
    beforeSetup?: boolean
    /** Neither counted nor stopped: long-lived streams and probes. */
    unlimited?: boolean
  }
  interface FastifyInstance {
    /** Every route there is. */
    routeTable: RouteOptions[]
    /** Whoever bears this from now on is not stopped by the bad guesses of others. */
    credentialGivenOut(value: string): void
  }
  interface FastifyRequest {
    /** Null on a public route, even for somebody who is signed in. */
    caller: Caller | null
    /** Text of the JSON body as it came; empty without one. */
    rawBody: string
  }
}

type Parsed<E, Part extends 'params' | 'query' | 'body'> = E extends {
  [K in Part]: infer S extends z.ZodType
}
  ? z.output<S>
  : undefined

/** One request to an endpoint: what was sent, checked, and who sent it. */
export interface Call<E extends Endpoint = Endpoint> {
  params: Parsed<E, 'params'>
  query: Parsed<E, 'query'>
  body: Parsed<E, 'body'>
  caller: E['permission'] extends 'public' ? null : Caller
  /** As far as the caller may see it. */
  control: Control
  /** For the records: by whom, and whether by hand or by a script. */
  start: Required<Pick<Start, 'by'>> & { trigger: 'manual' | 'api' }
  /** What If-Match asks for: the revision, or null for any. Null too where the endpoint does not want it. */
  revision: number | null
  origin: Origin
  /** Aborted when the client goes away or the server closes. */
  signal: AbortSignal
  /** Gives the browser the cookie of a session. */
  signIn(session: Pick<SignedIn, 'cookie' | 'cookieUntil'>): void
  /** Says that somebody was given this credential just now. */
  givenOut(credential: string): void
  /** Takes the cookie away. */
  signOut(): void
  request: FastifyRequest
  reply: FastifyReply
}

/** What a handler hands back: data that the response schema describes, or a stream. Undefined for a 204. */
export type Answer<E extends Endpoint> = E extends { stream: 'events' | 'text' | 'file' }
  ? // biome-ignore lint/suspicious/noConfusingVoidType: a handler that took the reply over returns nothing
    Readable | FastifyReply | void
  : E['response'] extends z.ZodType
    ? z.output<E['response']>
    : // biome-ignore lint/suspicious/noConfusingVoidType: an empty answer comes from a handler that returns nothing
      void

export type Handler<E extends Endpoint = Endpoint> = (call: Call<E>) => Promise<Answer<E>>

/** One handler for each endpoint: a missing one and one too many are type errors. */
export type Handlers<All extends Record<string, Endpoint>> = { [K in keyof All]: Handler<All[K]> }
