import { HoldfastError } from '@holdfast/contract'
import { createTransport, type NodemailerError } from 'nodemailer'
import { readCaFile } from './certificate.ts'
import { smtpFailure } from './smtp-failure.ts'

export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `starttls` and `tls` never fall back to plain text; `none` never encrypts, even where it is offered. */
  readonly tls: 'starttls' | 'tls' | 'none'
  /** PEM file of the authorities to trust instead of the public ones. */
  readonly caFile?: string | undefined
  /** With it the mail is sent only after a login, also when the server offers none. */
  readonly login?: { readonly user: string; readonly password: string } | undefined
}

export interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Sends one mail over a connection of its own. Resolves when the server has taken it for every recipient.
 * Throws `notification-unreachable` (the same mail may go through later), `notification-refused` (it would not), and
 * `config-unreadable` or `config-invalid` for the CA file. Where only some recipients are refused the others have got
 * the mail: the error says who. When `signal` fires the connection is cut and whatever follows is thrown.
 */
export async function sendMail(server: SmtpServer, mail: Mail, signal: AbortSignal): Promise<void> {
  const { host, port, tls, caFile, login } = server
  const name = `${host}:${port}`
  const transport = createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(caFile === undefined ? {} : { tls: { ca: await readCaFile(caFile) } }),
    // Without forceAuth a server that offers no login would get the mail anonymously.
    ...(login ? { auth: { user: login.user, pass: login.password }, forceAuth: true } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const { rejectedErrors = [], accepted } = await transport.sendMail({
      ...mail,
      to: [...mail.to],
      headers: { ...mail.headers },
      signal,
    })
    if (rejectedErrors.length > 0) throw partlyRefused(rejectedErrors, accepted.length, name)
  } catch (error) {
    throw error instanceof HoldfastError ? error : smtpFailure(error as NodemailerError, name)
  } finally {
    transport.close()
  }
}

/** One recipient refused for good decides, for a second try would write to the others again without reaching it. */
function partlyRefused(errors: NodemailerError[], acceptedCount: number, server: string): HoldfastError {
  const worst = errors.find((error) => error.permanent) ?? errors[0] ?? new Error('refused')
  const failure = smtpFailure(worst, server)
  const refused = errors.flatMap(({ recipient }) => recipient ?? [])
  return new HoldfastError(
    failure.code,
    `${failure.message}; refused for ${refused.join(', ')}, sent to ${acceptedCount} other recipients`,
    { hint: failure.hint, details: { ...failure.details, refused } },
  )
}
