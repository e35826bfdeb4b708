import { StringDecoder } from 'node:string_decoder'

const MAX_TOKEN_LENGTH = 65_536

/**
 * Cuts a byte stream into tokens at CR and LF: programs that draw progress end an update with CR, not LF.
 * Empty tokens are left out; a token without end is handed on in pieces rather than kept in memory.
 */
export class TokenSplitter {
  #rest = ''
  readonly #decoder = new StringDecoder('utf8')
  readonly #onToken: (token: string) => void

  constructor(onToken: (token: string) => void) {
    this.#onToken = onToken
  }

  write(chunk: Buffer): void {
    const pieces = (this.#rest + this.#decoder.write(chunk)).split(/[\r\n]+/)
    this.#rest = pieces.pop() ?? ''
    for (const piece of pieces) if (piece !== '') this.#onToken(piece)
    if (this.#rest.length > MAX_TOKEN_LENGTH) {
      this.#onToken(this.#rest)
      this.#rest = ''
    }
  }

  end(): void {
    const last = this.#rest + this.#decoder.end()
    this.#rest = ''
    if (last !== '') this.#onToken(last)
  }
}
