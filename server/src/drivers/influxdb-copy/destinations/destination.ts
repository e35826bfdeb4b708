import type { Finding, PlanItem } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { WindowOutcome } from '../copying/copy-window.ts'
import type { Write, WriteLane } from '../copying/lane.ts'
import type { Reading } from '../copying/window-reader.ts'
import type { DatabaseContents, Window } from '../planning/windows.ts'
import type { WindowRecord } from '../points/window-records.ts'

/** A server that is copied or restored to. What it cannot do is not there. */
export interface Destination extends AsyncDisposable {
  /**
   * Its databases, retention policies and shards can be looked at and made: they are prepared as at the source, and
   * windows that may be there are compared before they are copied. Only InfluxDB 1.x has that.
   */
  readonly databases?: InfluxServer
  /** Without databases of its own: whether it holds anything that bears the name of one. */
  readonly holds?: (database: string, signal: AbortSignal) => Promise<boolean>
  /** What was written is read back and compared. */
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
  readonly databases: readonly DatabaseContents[]
  /** Keys of tags by measurement, of a database and one of its retention policies. */
  readonly tagKeys: (database: string, policy: string) => Promise<ReadonlyMap<string, readonly string[]>>
  readonly config: Pick<InfluxdbCopyConfig, 'retentionPolicies' | 'measurements' | 'fields'>
  readonly now: Date
  readonly signal: AbortSignal
}

export type Times = Pick<Window, 'startNs' | 'endNs'>

/** A destination as it is for some databases. */
export interface View {
  copier(copying: Copying): WindowCopier
  restorer(restoring: Restoring): WindowRestorer
  /** How many windows are on their way besides those that are being read: reading back takes as long. */
  readonly moreWindows?: number
  /** What is compared with a window may belong to another one, or have been there before, for names are joined. */
  readonly mayHoldMore?: boolean
  /** Leaves out what it cannot keep. */
  readonly fit?: (contents: DatabaseContents) => DatabaseContents
  /** The part whose times it keeps, or null. */
  readonly within?: <Part extends Times>(part: Part, now: Date) => Part | null
  /** What differs there from the source, in words. Of a restore the types of the fields are not known beforehand. */
  readonly items?: (contents: DatabaseContents, way: 'copy' | 'restore') => PlanItem[]
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

export interface Restoring {
  /** Of the restore point. */
  readonly directory: string
  readonly lane: WriteLane
  readonly signal: AbortSignal
  /** The destination may hold windows of it already. */
  readonly compareFirst: boolean
  /** Gets the names of fields, `measurement.field`, of which values were left out. */
  readonly leftOut: Set<string>
}

/** Brings one window after the other out of the files of a restore point, and proves it where the destination lets it. */
export interface WindowRestorer {
  /** `window`: the part of what was recorded that is wanted. Throws `restore-point-damaged`. */
  restore(record: WindowRecord, window: Window): Promise<WindowOutcome>
}
