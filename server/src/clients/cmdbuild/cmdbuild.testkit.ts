import type { CmdbuildLab } from '../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { type CmdbuildAddress, CmdbuildServer } from './connect.ts'

/** Never fires. */
export const { signal } = new AbortController()

/** A session with a simulated CMDBuild, as the user that it knows. */
export async function openLab(
  lab: CmdbuildLab,
  more: Partial<CmdbuildAddress> & { timeoutMs?: number } = {},
): Promise<CmdbuildServer> {
  const { timeoutMs = 10_000, ...address } = more
  const { url, user, password, caFile } = lab
  const whole = { url, user, password, caFile, fingerprint: null, role: null, pageSize: 1000, ...address }
  return await CmdbuildServer.open(whole, { connections: 4, timeoutMs }, signal)
}

/** Of the requests that a lab saw: how often one of that method and path came. */
export function countOf(lab: CmdbuildLab, method: string, path: string | RegExp): number {
  const fits = (seen: string) => (typeof path === 'string' ? seen === path : path.test(seen))
  return lab.requests.filter((one) => one.method === method && fits(one.path)).length
}

/** What somebody who calls a function gets as an error, or undefined. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  )
}
