import { z } from 'zod'
import { rowsOf } from './answer.ts'
import type { InfluxServer } from './connect.ts'
import { quoteName } from './statements.ts'

export interface ContinuousQuery {
  readonly name: string
  /** The whole statement that creates it, with database and retention policy before every measurement. */
  readonly statement: string
}

interface In {
  readonly db: string
  readonly signal: AbortSignal
}

const row = z.object({ name: z.string(), query: z.string() })

export async function continuousQueries(
  server: InfluxServer,
  { db, signal }: In,
): Promise<ContinuousQuery[]> {
  const answer = await server.query('SHOW CONTINUOUS QUERIES', { signal })
  return answer
    .filter(({ name }) => name === db)
    .flatMap((series) => rowsOf(server.at, series, row))
    .map(({ name, query }) => ({ name, statement: query }))
}

/** Creates in `db` what was read from the database `from`. Throws `node-refused` when another one has its name. */
export async function createContinuousQuery(
  server: InfluxServer,
  { from, db, query, signal }: In & { from: string; query: ContinuousQuery },
): Promise<void> {
  await server.query(forDatabase(query.statement, from, db), { signal })
}

const CLAUSES = new Set(['ON', 'BEGIN', 'SELECT', 'INTO', 'FROM', 'WHERE', 'GROUP', 'ORDER', 'RESAMPLE'])
const READING_OR_WRITING = new Set(['INTO', 'FROM'])
const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[\p{L}_][\p{L}\p{N}_]*|[\p{N}]+|\s+|./suy
const REGULAR_EXPRESSION = /\/(?:\\.|[^/\\])*\//sy

/**
 * The statement of a continuous query as the server shows it, for a database of another name. What it reads from or
 * writes to third databases stays.
 */
export function forDatabase(statement: string, from: string, to: string): string {
  const tokens = tokensOf(statement)
  let clause = ''
  return tokens
    .map((token, index) => {
      if (CLAUSES.has(token)) clause = token
      else if (nameIn(token) === from && tokens[index - 1] !== '.')
        if (clause === 'ON' || (READING_OR_WRITING.has(clause) && tokens[index + 1] === '.'))
          return quoteName(to)
      return token
    })
    .join('')
}

/** A stroke begins a regular expression unless something is divided by what follows. */
function tokensOf(statement: string): string[] {
  const tokens: string[] = []
  let before = ''
  for (let at = 0; at < statement.length; ) {
    const pattern = statement[at] === '/' && !isValue(before) ? REGULAR_EXPRESSION : TOKEN
    pattern.lastIndex = at
    const token = pattern.exec(statement)?.[0] ?? statement.slice(at, at + 1)
    tokens.push(token)
    at += token.length
    if (token.trim() !== '') before = token
  }
  return tokens
}

function isValue(token: string): boolean {
  if (CLAUSES.has(token) || ['AND', 'OR', 'BY'].includes(token)) return false
  return /^[\p{L}\p{N}_"')\]*]/u.test(token)
}

function nameIn(token: string): string | null {
  if (/^[\p{L}_]/u.test(token)) return token
  if (!token.startsWith('"')) return null
  return token.slice(1, -1).replace(/\\(.)/gs, (_, character) => (character === 'n' ? '\n' : character))
}
