import { ERROR_CODES } from '@holdfast/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { OpenApiDocument } from '../openapi/document.ts'

export interface ReceivedAnswer {
  status: number
  contentType: string
  body: string
}

/** Says what of an answer is not as the description of the API has it; null when all is. */
export type AnswerCheck = (method: string, url: string, answer: ReceivedAnswer) => string | null

/** Holds answers against the description, by a judge that shares no code with the server. */
export function answerCheck(document: OpenApiDocument): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allowUnionTypes: true })
  ajv.addSchema({ ...document, $id: 'api' })
  const misfit = (pointer: string[], body: string): string | null => {
    const path = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    const key = `api#/${path.join('/')}`
    const validate = ajv.getSchema(key) ?? ajv.compile({ $ref: key })
    if (validate(JSON.parse(body))) return null
    return `does not fit its schema: ${ajv.errorsText(validate.errors).slice(0, 300)}`
  }
  return (method, url, { status, contentType, body }) => {
    if (status >= 400) return method === 'HEAD' ? null : problemCheck(status, contentType, body)
    const path = pathOf(document, url)
    const operation = path === null ? undefined : document.paths[path]?.[method.toLowerCase()]
    if (path === null || !operation || status === 304) return null
    const declared = (operation.responses as Record<string, { content?: Record<string, unknown> }>)[status]
    if (!declared) return `the status ${status} is not declared`
    const types = Object.keys(declared.content ?? {})
    if (types.length === 0) return body === '' ? null : 'a body that is not declared'
    const type = contentType.split(';', 1)[0] ?? ''
    if (!types.includes(type)) return `the type ${contentType} is not declared`
    if (type !== 'application/json') return null
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status)]
    return misfit([...place, 'content', type, 'schema'], body)
  }

  function problemCheck(status: number, contentType: string, body: string): string | null {
    if (!contentType.startsWith('application/problem+json')) return `a problem sent as ${contentType}`
    const problem = JSON.parse(body) as { status: number; code: string; kind: string }
    if (!Object.hasOwn(ERROR_CODES, problem.code)) return `the code ${problem.code} is unknown`
    if (problem.status !== status) return `a problem that tells the status ${problem.status}`
    return misfit(['components', 'schemas', 'Problem'], body)
  }
}

/** The path of the description that an address is one of; null for an address it does not name. */
function pathOf(document: OpenApiDocument, url: string): string | null {
  const segments = (url.split(/[?#]/, 1)[0] ?? '').split('/')
  const fitting = Object.keys(document.paths).filter((path) => {
    const own = path.split('/')
    return (
      own.length === segments.length &&
      own.every((part, index) => part.startsWith('{') || part === segments[index])
    )
  })
  const parameters = (path: string) => path.split('{').length
  return fitting.toSorted((a, b) => parameters(a) - parameters(b))[0] ?? null
}
