import { execFile } from 'node:child_process'
import path from 'node:path'
import type { ErrorReport } from '@holdfast/contract'
import { ownEnvironment } from '../web/own-environment.ts'

/** The `holdfast` command as a user calls it, with its own data directory. */
export interface Holdfast {
  /** Runs a command with `--json`; throws with what it printed when it fails. */
  json<T>(...args: string[]): Promise<T>
}

export function openHoldfast(root: string, data: string): Holdfast {
  const env = { ...ownEnvironment(data), HOLDFAST_LOG_LEVEL: 'error' }
  return {
    json(...args) {
      const options = { env, maxBuffer: 64 * 1024 * 1024 }
      return new Promise((resolve, reject) => {
        execFile(path.join(root, 'holdfast'), [...args, '--json'], options, (error, stdout, stderr) => {
          const result = parse(stdout)
          if (result && 'error' in result) reject(new Error(`${result.error.message}\n${result.error.hint}`))
          else if (result) resolve(result as never)
          else reject(new Error(`holdfast ${args[0]}: ${stderr.trim() || error?.message}`))
        })
      })
    },
  }
}

/** Null for a command that died before it could say anything. */
function parse(stdout: string): object | { error: ErrorReport } | null {
  try {
    return JSON.parse(stdout)
  } catch {
    return null
  }
}
