import { expect, it } from 'vitest'
import { mayReload } from './server-back.ts'

it('loads the page anew once for what is missing, and again only after a while', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  expect(mayReload(storage, 'jobs.js', 1000)).toBe(true)
  expect(mayReload(storage, 'jobs.js', 2000)).toBe(false)
  expect(mayReload(storage, 'runs.js', 2000)).toBe(true)
  expect(mayReload(storage, 'jobs.js', 62_000)).toBe(true)
})
