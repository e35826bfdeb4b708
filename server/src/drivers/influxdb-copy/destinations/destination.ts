import type { Finding, PlanItem } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { WindowOutcome } from '../copying/copy-window.ts'
import type { Write, WriteLane } from '../copying/lane.ts'
import type { Reading } from '../copying/window-reader.ts'
import type { DatabaseContents, Window } from '../planning/windows.ts'

/** A server that is copied to. What it cannot do is not there. */
export interface Destination extends AsyncDisposable {
  /**
   * Its databases, retention policies and shards can be looked at and made: they are prepared as at the source, and
   * windows that may be there are compared before they are copied. Only InfluxDB 1.x has that.
   */
  readonly databases?: InfluxServer
  /** What was copied is read back and compared with the source. */
  readonly isReadBack: boolean
  /**
   * When the server was started; null when it does not say. It is there for servers that lose what they took shortly before
   * they die: see `Settling`.
   */
  readonly startedAt?: (signal: AbortSignal) => Promise<string | null>
  /** Whether it answers, lets the user in, and can do what a copy needs. Throws what a request throws. */
  check(signal: AbortSignal): Promise<Finding[]>
  /** Sends the bytes that its copier makes. */
  readonly write: Write
  /** Looks at what it is to take. Changes nothing. Throws `points-refused` for what it never takes. */
  look(taking: Taking): Promise<View>
}

/** What a destination is to take. */
export interface Taking {
  readonly source: InfluxServer
  readonly databases: readonly DatabaseContents[]
  readonly config: InfluxdbCopyConfig
  readonly now: Date
  readonly signal: AbortSignal
}

export type Times = Pick<Window, 'startNs' | 'endNs'>

/** A destination as it is for some databases. */
export interface View {
  copier(copying: Copying): WindowCopier
  /** How many windows are on their way besides those that are being read: reading back takes as long. */
  readonly moreWindows?: number
  /** Leaves out what it cannot keep. */
  readonly fit?: (contents: DatabaseContents) => DatabaseContents
  /** The part whose times it keeps, or null. */
  readonly within?: <Part extends Times>(part: Part, now: Date) => Part | null
  /** What differs there from the source, in words. */
  readonly items?: (contents: DatabaseContents) => PlanItem[]
}

export interface Copying {
  /** How the source is read. */
  readonly reading: Reading
  readonly lane: WriteLane
  readonly signal: AbortSignal
  /** Read back what was written, and compare. */
  readonly verify: boolean
}

/** Copies one window after the other, in buffers of its own. */
export interface WindowCopier {
  /** `compare`: the destination may hold it already. */
  copy(window: Window, how: 'compare' | 'fill'): Promise<WindowOutcome>
}
