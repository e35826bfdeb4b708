import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

/**
 * For tests: compares text with a file that people can read and review. `UPDATE_GOLDEN=1` writes the file instead,
 * so that a change of behaviour shows up as a diff.
 */
export function expectGolden(file: URL, text: string): void {
  const path = fileURLToPath(file)
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return
  }
  expect(text).toBe(readFileSync(path, 'utf8'))
}
