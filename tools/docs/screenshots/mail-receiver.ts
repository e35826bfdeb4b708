import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A mail server of the firm that takes everything and keeps nothing: enough of SMTP (RFC 5321) for that. */
export class MailReceiver implements AsyncDisposable {
  readonly #server: Server
  /** How many mails were taken. */
  count = 0

  private constructor() {
    this.#server = createServer((socket) => this.#talk(socket))
  }

  static async open(port: number): Promise<MailReceiver> {
    const receiver = new MailReceiver()
    receiver.#server.listen(port, '127.0.0.1')
    await once(receiver.#server, 'listening')
    return receiver
  }

  #talk(socket: Socket): void {
    let pending = ''
    let isContent = false
    const answer = (line: string): string => {
      if (isContent) {
        if (line !== '.') return ''
        isContent = false
        this.count++
        return '250 taken'
      }
      if (/^DATA$/i.test(line)) isContent = true
      if (/^QUIT$/i.test(line)) socket.end()
      return isContent ? '354 go on' : '250 smtp.officine-brenner.example'
    }
    socket.setEncoding('utf8').on('error', () => socket.destroy())
    socket.on('data', (text) => {
      const lines = (pending + text).split('\r\n')
      pending = lines.pop() ?? ''
      for (const reply of lines.map(answer)) if (reply !== '' && socket.writable) socket.write(`${reply}\r\n`)
    })
    socket.write('220 smtp.officine-brenner.example\r\n')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
  }
}
