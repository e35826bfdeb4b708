import { rm } from 'node:fs/promises'

/** Takes away a folder of a test, in which something that was just killed may still write for a moment. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
