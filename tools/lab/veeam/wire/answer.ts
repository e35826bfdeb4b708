/** What the simulator sends, or what a fault makes of it. */
export interface LabAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Undefined is an empty body. */
  readonly json?: unknown
}

export type ErrorCode =
  | 'AccessDenied'
  | 'ExpiredToken'
  | 'InvalidToken'
  | 'MethodNotAllowed'
  | 'NotFound'
  | 'NotImplemented'
  | 'ServiceUnavailable'
  | 'UnexpectedContent'

/** The request ends here, with this answer. */
export class Refused extends Error {
  readonly answer: LabAnswer

  constructor(status: number, errorCode: ErrorCode, message: string, more: { resourceId?: string } = {}) {
    super(message)
    this.answer = { status, json: { errorCode, message, ...more } }
  }
}

export function unexpected(): Refused {
  return new Refused(400, 'UnexpectedContent', 'One or more request parameters are not valid.')
}

export function absent(resourceId?: string): Refused {
  return new Refused(
    404,
    'NotFound',
    'Resource does not exist',
    resourceId === undefined ? {} : { resourceId },
  )
}

export function unauthorised(): Refused {
  return new Refused(401, 'AccessDenied', 'Unauthorized. Get bearer JWT token at /api/login')
}

export function forbidden(): Refused {
  return new Refused(403, 'AccessDenied', 'Forbidden')
}

const FAILURES: Readonly<Record<number, string>> = {
  401: 'Unauthorized. Get bearer JWT token at /api/login',
  403: 'Forbidden',
  429: 'Too many requests',
  500: 'The request has been received but could not be completed because of an internal error at the server side.',
}

/** What is answered for a status that nobody here meant. */
export function failure(status: number, isEmpty: boolean): LabAnswer {
  if (isEmpty) return { status }
  const errorCode = status < 500 ? 'AccessDenied' : 'ServiceUnavailable'
  return { status, json: { errorCode, message: FAILURES[status] ?? 'Service is unavailable' } }
}
