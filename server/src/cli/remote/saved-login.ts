import { mkdir, open, rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'

/** What `holdfast login` leaves for the commands that follow. */
const savedLogin = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().min(1),
  /** Id of the token where the login made it itself; null for one that a person brought. */
  tokenId: z.string().nullable(),
  user: z.string(),
  /** Absolute path. */
  caFile: z.string().nullable(),
})
export type SavedLogin = z.infer<typeof savedLogin>

type Env = Readonly<Record<string, string | undefined>>

export function savedLoginFile(env: Env): string {
  const base = env.XDG_CONFIG_HOME || path.join(env.HOME || os.homedir(), '.config')
  return path.join(base, 'holdfast', 'remote.json')
}

/** Null when nobody has signed in. Throws `secret-unavailable` for a file that others can read or that is damaged. */
export async function readSavedLogin(env: Env): Promise<SavedLogin | null> {
  const file = savedLoginFile(env)
  const text = await readPrivate(file)
  if (text === null) return null
  const parsed = savedLogin.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new HoldfastError('secret-unavailable', `${file} is not what holdfast login writes`, {
    hint: 'Sign in again with `holdfast login URL`, or remove the file.',
  })
}

async function readPrivate(file: string): Promise<string | null> {
  try {
    // One opened file: what is checked is what is read.
    await using handle = await open(file, 'r')
    if (((await handle.stat()).mode & 0o077) !== 0) {
      throw new HoldfastError('secret-unavailable', `the file ${file} can be read by other users`, {
        hint: `Run: chmod 600 ${file}; if others can sign in here, revoke the token in it.`,
      })
    }
    return await handle.readFile('utf8')
  } catch (thrown) {
    if (thrown instanceof HoldfastError) throw thrown
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new HoldfastError('secret-unavailable', `the file ${file} cannot be read (${code})`, {
      cause: thrown,
    })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Replaces what was saved before; nobody but its owner can read it at any moment. */
export async function writeSavedLogin(env: Env, login: SavedLogin): Promise<string> {
  const file = savedLoginFile(env)
  const partial = `${file}.${process.pid}.partial`
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    {
      await using handle = await open(partial, 'wx', 0o600)
      await handle.writeFile(`${JSON.stringify(login, null, 2)}\n`)
      await handle.sync()
    }
    await rename(partial, file)
    return file
  } catch (thrown) {
    await rm(partial, { force: true })
    const { code } = thrown as NodeJS.ErrnoException
    throw new HoldfastError('write-failed', `cannot write ${file} (${code})`, { cause: thrown })
  }
}

export async function removeSavedLogin(env: Env): Promise<void> {
  await rm(savedLoginFile(env), { force: true })
}
