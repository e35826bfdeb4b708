/** What the server answers instead of data: the rules of the store and the routes throw it. */
export class LabError extends Error {
  readonly status: number
  /** Code of the product, which both versions show along with the text. */
  readonly code: string | null
  /** Whether also a version that hides what Java said shows the text. */
  readonly isPlain: boolean

  constructor(status: number, message: string, options: { code?: string; isPlain?: boolean } = {}) {
    super(message)
    this.status = status
    this.code = options.code ?? null
    this.isPlain = options.isPlain === true || options.code !== undefined
  }
}

/** IllegalArgumentException. */
export function badArgument(message: string): LabError {
  return new LabError(400, `java.lang.IllegalArgumentException: ${message}`)
}

/** Its text holds "not found", whatever the exception is. */
export function notFound(message: string): LabError {
  return new LabError(404, `java.lang.NullPointerException: ${message}`)
}

/** Anything else. */
export function daoError(message: string, code?: string): LabError {
  return new LabError(500, `org.cmdbuild.dao.DaoException: ${message}`, code === undefined ? {} : { code })
}

/** A unique constraint of the database, as PostgreSQL words it. */
export function duplicateKey(what: string, constraint: string, detail: string): LabError {
  const said = `ERROR: duplicate key value violates unique constraint "${constraint}"\n  Detail: ${detail} already exists.`
  return daoError(
    `error executing insert for entry = ${what}, caused by: org.springframework.dao.DuplicateKeyException: StatementCallback; ${said}`,
  )
}
