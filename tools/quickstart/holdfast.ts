import { execFile } from 'node:child_process'
import path from 'node:path'

/** The `holdfast` command as a user calls it, with its own data directory. */
export interface Holdfast {
  /** Runs a command with `--json`; throws with what it printed when it fails. */
  json<T>(...args: string[]): Promise<T>
}

export function openHoldfast(root: string, data: string): Holdfast {
  const env = { ...process.env, HOLDFAST_DATA: data, HOLDFAST_LOG_LEVEL: 'error' }
  return {
    json(...args) {
      const options = { env, maxBuffer: 64 * 1024 * 1024 }
      return new Promise((resolve, reject) => {
        execFile(path.join(root, 'holdfast'), [...args, '--json'], options, (error, stdout, stderr) => {
          if (error && stdout.trim() === '') reject(new Error(`holdfast ${args[0]}: ${stderr.trim()}`))
          else resolve(JSON.parse(stdout))
        })
      })
    },
  }
}
