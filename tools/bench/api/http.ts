import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))
const ADMIN = { name: 'bench', password: 'measured again and again' }

/** `holdfast serve` as users have it, with a token that may do everything. */
export interface ServedPlane extends AsyncDisposable {
  readonly address: string
  readonly headers: Record<string, string>
  /** Makes one more user and says what its requests bear. */
  newViewer(name: string): Promise<Record<string, string>>
  residentBytes(): Promise<number>
}

export async function servePlane(data: string, options: { worker: boolean }): Promise<ServedPlane> {
  const args = ['--local', 'serve', '--listen', '127.0.0.1:0', ...(options.worker ? [] : ['--no-worker'])]
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, HOLDFAST_DATA: data, HOLDFAST_BACKUP_CRON: 'off', HOLDFAST_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { address, token } = await greeting(child)
  const post = async (route: string, body: object, headers: Record<string, string>) => {
    const answer = await fetch(`${address}${route}`, {
      method: 'POST',
      headers: { origin: address, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  /** A token for whoever the answer signs in. */
  const bearer = async (session: Response) => {
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const made = await post('/api/auth/tokens', { name: 'bench', permissions: ['read'] }, { cookie })
    const { value } = (await made.json()) as { value: string }
    return { cookie, headers: { authorization: `Bearer ${value}` } }
  }
  const { cookie, headers } = await bearer(await post('/api/setup', { token, ...ADMIN }, {}))
  return {
    address,
    headers,
    async newViewer(name) {
      const user = { name, password: ADMIN.password }
      await post('/api/users', { ...user, role: 'viewer' }, { cookie })
      return (await bearer(await post('/api/auth/login', user, {}))).headers
    },
    residentBytes: () => residentBytes(child.pid ?? 0),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function greeting(child: ChildProcess): Promise<{ address: string; token: string }> {
  let text = ''
  for await (const part of child.stdout ?? []) {
    text += part
    const [, address, token] = /served at (\S+)\n.*#token=(\S+)\n/.exec(text) ?? []
    if (address && token) {
      child.stdout?.resume()
      return { address, token }
    }
  }
  throw new Error(`the server did not start: ${text}`)
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(path.join('/proc', String(pid), 'status'), 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}
