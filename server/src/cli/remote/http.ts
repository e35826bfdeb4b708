import http from 'node:http'
import https from 'node:https'

/** One request as it goes over the wire; the address has no user and no password in it. */
export interface HttpRequest {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | undefined
  /** 0: none. */
  timeoutMs: number
  signal: AbortSignal | undefined
}

export interface HttpAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/** Sends one request once. Throws the error of the system as it is, or that of the signal. */
export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>

/** An answer is never longer than this: what sends more is not the server. */
const MOST_BYTES = 256 * 1024 ** 2

/**
 * Requests over node:http and node:https, since `fetch` takes no certificate authority of its own. `ca` is PEM text that
 * is trusted instead of the authorities of the system.
 */
export function httpSender(ca: string | undefined): SendRequest {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca }) }),
  }
  return ({ url, method, headers, body, timeoutMs, signal }) => {
    const signals = [signal, timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : undefined]
    const options: https.RequestOptions = {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.any(signals.filter((each) => each !== undefined)),
    }
    return new Promise((resolve, reject) => {
      const onAnswer = (answer: http.IncomingMessage): void =>
        void readText(answer).then(
          (text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
          reject,
        )
      const request =
        url.protocol === 'https:'
          ? https.request(url, { ...options, agent: agents['https:'] }, onAnswer)
          : http.request(url, { ...options, agent: agents['http:'] }, onAnswer)
      request.on('error', (error) => reject(timedOut(error)))
      request.end(body)
    })
  }
}

/** The error of an aborted request hides why it was aborted. */
function timedOut(error: Error): unknown {
  const { cause } = error
  return cause instanceof Error && cause.name === 'TimeoutError' ? cause : error
}

async function readText(answer: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
