import { constants, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'

const MAX_FILE_BYTES = 5 * 1024 * 1024

/** The files that paths stand for: a file stands for itself, a folder for its *.yaml and *.yml, sorted, not deeper. */
export async function findConfigFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const isFolder = await readable(path, async () => (await stat(path)).isDirectory())
    if (!isFolder) {
      found.push(path)
      continue
    }
    const entries = await readable(path, () => readdir(path, { withFileTypes: true }))
    const names = entries.filter(
      (entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name) && !entry.name.startsWith('.'),
    )
    if (names.length === 0) {
      throw new HoldfastError('config-unreadable', `${path} holds no *.yaml or *.yml file`, {
        hint: 'Name a folder that holds configuration files, or a file.',
      })
    }
    found.push(...names.map((entry) => join(path, entry.name)).sort())
  }
  return [...new Set(found)]
}

/** The text of a file, or why it cannot be one of ours. */
export type ConfigText = { text: string } | { mistake: string; hint: string }

/** Reading stops at the limit of size. Only regular files are read: a pipe or a device might never come to its end. */
export async function readConfigText(file: string): Promise<ConfigText> {
  return readable(file, async () => {
    // Without this flag the opening of a pipe waits for somebody who writes.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await handle.stat()
    if (!stats.isFile() && !stats.isDirectory()) {
      throw new HoldfastError('config-unreadable', `${file} is not a regular file`, {
        hint: 'Name a file or a folder of files; a pipe or a device is never read.',
      })
    }
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of handle.createReadStream({ autoClose: false, end: MAX_FILE_BYTES })) {
      const bytes = chunk as Buffer
      size += bytes.length
      chunks.push(bytes)
    }
    return size > MAX_FILE_BYTES ? TOO_LARGE : decode(Buffer.concat(chunks))
  })
}

const TOO_LARGE = {
  mistake: `the file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`,
  hint: 'Split it into several files.',
}

function decode(bytes: Buffer): ConfigText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { mistake: 'the file is not UTF-8 text', hint: 'Save it in the encoding UTF-8.' }
  }
}

async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    const why = REASONS[code] ?? `the system says ${code}`
    throw new HoldfastError('config-unreadable', `cannot read ${path}: ${why}`, { cause })
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of the path is not a folder',
}
