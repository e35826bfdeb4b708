import type { RunLog } from '../drivers/driver.ts'
import type { Logger } from '../kit/log.ts'

/** The server's own log in the shape drivers write to, for work that belongs to no live run. */
export function serverLog(log: Logger): RunLog {
  return {
    write: (level, message, fields) => log[level === 'warning' ? 'warn' : level](fields ?? {}, message),
    debug: (message, fields) => log.debug(fields ?? {}, message),
    info: (message, fields) => log.info(fields ?? {}, message),
    warn: (message, fields) => log.warn(fields ?? {}, message),
    error: (message, fields) => log.error(fields ?? {}, message),
  }
}

/** For previews and checks, which leave no trace. */
export const SILENT_LOG: RunLog = { write() {}, debug() {}, info() {}, warn() {}, error() {} }
