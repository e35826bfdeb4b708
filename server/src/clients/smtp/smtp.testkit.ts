import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SMTPServer, type SMTPServerError, type SMTPServerOptions } from 'smtp-server'

const run = promisify(execFile)

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** Path of the PEM file of the certificate, which is its own authority. */
  readonly certFile: string
}

/** For tests: a self-signed certificate for `localhost`, valid for a day. Needs openssl. */
export async function selfSigned(folder: string, name = 'localhost'): Promise<Certificate> {
  const keyFile = join(folder, `${name}.key`)
  const certFile = join(folder, `${name}.pem`)
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  await run('openssl', ['req', ...kind, ...subject, '-keyout', keyFile, '-out', certFile])
  return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8'), certFile }
}

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly user: string | undefined
  readonly isSecure: boolean
  /** The message as it came over the wire. */
  readonly source: string
}

export interface TestSmtp extends AsyncDisposable {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  readonly logins: readonly string[]
}

/** For tests: the answer of an SMTP server that refuses something. */
export function smtpRefusal(responseCode: number, text: string): SMTPServerError {
  return Object.assign(new Error(text), { responseCode })
}

/** For tests: a real SMTP server on loopback that keeps what it is sent and knows one user, `ops`. */
export async function startSmtp(password: string, options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth(auth, _session, done) {
      logins.push(auth.username ?? '')
      if (auth.username === 'ops' && auth.password === password) return done(null, { user: auth.username })
      // What a careless server does: it answers with what it was given.
      done(smtpRefusal(535, `5.7.8 not ${auth.password}`))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const source = Buffer.concat(chunks).toString('utf8')
        mails.push({ to, user: session.user, isSecure: session.secure, source })
        done()
      })
    },
    ...options,
  })
  // A client that goes away, or does not trust the certificate, is what some tests are about.
  server.on('error', () => undefined)
  const listener = server.listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  return {
    port: (listener.address() as AddressInfo).port,
    mails,
    logins,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
