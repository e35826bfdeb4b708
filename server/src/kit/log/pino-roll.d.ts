/** The package brings no types: as much of it as the log file needs. */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events'

  interface RollOptions {
    file: string
    /** `20480k`: rotate when the file has reached this size. */
    size: string
    limit: { count: number; removeOtherLogFiles: boolean }
    mkdir: boolean
    mode: number
    /** Most characters that may wait to be written; what comes on top is dropped. */
    maxLength: number
  }

  /** A stream of the package sonic-boom. */
  export interface RollingFile extends EventEmitter {
    write(data: string): boolean
    flushSync(): void
    end(): void
    destroy(): void
  }

  // biome-ignore lint/style/noDefaultExport: that is what the package exports
  export default function roll(options: RollOptions): Promise<RollingFile>
}
