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
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments?: readonly MailFile[]
}

export interface MailFile {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
}

/**
 * Sends one mail over a connection of its own. Resolves when the server has taken it for every recipient.
 * Throws `notification-unreachable` (the same mail may go through later), `notification-refused` (it would not), and
 * `config-unreadable` or `config-invalid` for the CA file. Where only some recipients are refused the others have got
 * the mail: `details` of the error say who is refused for good (`refused`) and who for now (`later`); as long as there is
 * one of those it is `notification-unreachable`. When `signal` fires the connection is cut and whatever follows is thrown.
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
      cc: [...(mail.cc ?? [])],
      attachments: [...(mail.attachments ?? [])],
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

function partlyRefused(errors: NodemailerError[], acceptedCount: number, server: string): HoldfastError {
  const [refused, later] = [errors.filter(isForGood), errors.filter((error) => !isForGood(error))]
  const worst = refused[0] ?? later[0] ?? new Error('refused')
  const failure = smtpFailure(worst, server)
  const names = addresses([...refused, ...later])
  return new HoldfastError(
    later.length > 0 ? 'notification-unreachable' : failure.code,
    `${failure.message}; refused for ${names.join(', ')}, sent to ${acceptedCount} other recipients`,
    {
      hint: failure.hint,
      details: { ...failure.details, refused: addresses(refused), later: addresses(later) },
    },
  )
}

function isForGood(error: NodemailerError): boolean {
  return error.permanent !== false
}

function addresses(errors: readonly NodemailerError[]): string[] {
  return errors.flatMap(({ recipient }) => recipient ?? [])
}
