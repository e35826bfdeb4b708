import { HoldfastError, problem } from '@holdfast/contract'
import type { z } from 'zod'
import type { HttpAnswer } from './http.ts'

/** The value that an answer bears, checked; throws the error that the server told, or says that it is none of ours. */
export function readAnswer(answer: HttpAnswer, schema: z.ZodType | null, origin: string): unknown {
  if (answer.status < 200 || answer.status > 299) throw errorOf(answer, origin)
  if (schema === null) return undefined
  const parsed = schema.safeParse(parseJson(answer, origin))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw foreign(origin, `its answer does not fit: ${issue?.path.join('.') || 'all of it'}: ${issue?.message}`)
}

function errorOf(answer: HttpAnswer, origin: string): HoldfastError {
  const { location } = answer.headers
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    return new HoldfastError('server-answer-invalid', `${origin} sends on to ${location}`, {
      hint: 'Use the address that it sends on to.',
    })
  }
  const parsed = problem.safeParse(parseJson(answer, origin))
  if (!parsed.success) return foreign(origin, `it answers ${answer.status} in a form that is not known here`)
  const { code, detail, hint, details, problems } = parsed.data
  const all = { ...details, ...(problems === undefined ? {} : { problems: structuredClone(problems) }) }
  return new HoldfastError(code, detail, {
    hint: code === 'not-signed-in' ? `Sign in again: holdfast login ${origin}` : hint,
    ...(Object.keys(all).length > 0 ? { details: JSON.parse(JSON.stringify(all)) } : {}),
  })
}

function parseJson(answer: HttpAnswer, origin: string): unknown {
  const type = answer.headers['content-type'] ?? 'no type'
  if (!/^application\/(problem\+)?json\b/.test(type)) {
    throw foreign(origin, `it answers ${answer.status} with ${type} where JSON was asked for`)
  }
  try {
    return JSON.parse(answer.text)
  } catch (cause) {
    throw foreign(origin, `it answers ${answer.status} with JSON that is broken`, cause)
  }
}

function foreign(origin: string, fact: string, cause?: unknown): HoldfastError {
  return new HoldfastError('server-answer-invalid', `${origin}: ${fact}`, { cause })
}
