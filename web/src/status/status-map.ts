import type {
  CoverageState,
  Delivery,
  DiskHealth,
  DiskStatus,
  Finding,
  RunOutcome,
  RunStatus,
} from '@holdfast/contract'
import {
  IconAlertTriangle,
  IconBan,
  IconCalendarX,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconClockExclamation,
  IconHandStop,
  IconHelp,
  IconHourglass,
  IconLoader2,
  IconPlayerSkipForward,
  IconPlug,
  IconPlugOff,
  IconPlugX,
  IconRosetteDiscountCheck,
  IconShieldOff,
  type TablerIcon,
} from '@tabler/icons-react'
import type { en } from '../texts/en.ts'

export interface StatusLook {
  icon: TablerIcon
  /** Key of its word: `status.<word>`. */
  word: keyof (typeof en)['shell']['status']
  /** A colour of the theme. */
  color: 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'gray'
  /** The higher, the worse: what wins when many are told as one. */
  rank: number
  /** Stripes: something that should have happened by now has not. */
  hatched?: boolean
  /** The icon turns: something is going on. */
  moving?: boolean
}

/** Every state there is, in one place: adding one to the contract does not compile until it has a look. */
export const RUN_STATUS = {
  queued: { icon: IconHourglass, word: 'queued', color: 'gray', rank: 2 },
  planning: { icon: IconLoader2, word: 'planning', color: 'blue', rank: 3, moving: true },
  held: { icon: IconHandStop, word: 'held', color: 'orange', rank: 6 },
  running: { icon: IconLoader2, word: 'running', color: 'blue', rank: 3, moving: true },
  verifying: { icon: IconLoader2, word: 'verifying', color: 'blue', rank: 3, moving: true },
  pruning: { icon: IconLoader2, word: 'pruning', color: 'blue', rank: 3, moving: true },
  finished: { icon: IconCircleCheck, word: 'finished', color: 'gray', rank: 0 },
} as const satisfies Record<RunStatus, StatusLook>

export const RUN_OUTCOME = {
  success: { icon: IconCircleCheck, word: 'success', color: 'green', rank: 1 },
  warning: { icon: IconAlertTriangle, word: 'warning', color: 'yellow', rank: 5 },
  failed: { icon: IconCircleX, word: 'failed', color: 'red', rank: 9 },
  canceled: { icon: IconBan, word: 'canceled', color: 'gray', rank: 2 },
  skipped: { icon: IconPlayerSkipForward, word: 'skipped', color: 'gray', rank: 3 },
  missed: { icon: IconCalendarX, word: 'missed', color: 'yellow', rank: 6, hatched: true },
  lost: { icon: IconPlugX, word: 'lost', color: 'red', rank: 8 },
} as const satisfies Record<RunOutcome, StatusLook>

export const COVERAGE = {
  covered: { icon: IconCircleCheck, word: 'covered', color: 'green', rank: 1 },
  late: { icon: IconClock, word: 'late', color: 'yellow', rank: 5, hatched: true },
  missed: { icon: IconClockExclamation, word: 'overdue', color: 'red', rank: 9 },
  never: { icon: IconShieldOff, word: 'never', color: 'red', rank: 8 },
  'no-policy': { icon: IconCircleDashed, word: 'noPolicy', color: 'gray', rank: 2 },
  unknown: { icon: IconHelp, word: 'unknown', color: 'gray', rank: 4 },
} as const satisfies Record<CoverageState, StatusLook>

export const DELIVERY = {
  waiting: { icon: IconHourglass, word: 'waiting', color: 'gray', rank: 2 },
  sent: { icon: IconCircleCheck, word: 'sent', color: 'green', rank: 1 },
  failed: { icon: IconCircleX, word: 'notSent', color: 'red', rank: 9 },
} as const satisfies Record<Delivery['state'], StatusLook>

export const WORKER = {
  alive: { icon: IconCircleCheck, word: 'alive', color: 'green', rank: 1 },
  gone: { icon: IconPlugX, word: 'gone', color: 'red', rank: 9 },
} as const satisfies Record<'alive' | 'gone', StatusLook>

export const FINDING = {
  ok: { icon: IconCircleCheck, word: 'ok', color: 'green', rank: 1 },
  warning: { icon: IconAlertTriangle, word: 'warning', color: 'yellow', rank: 5 },
  error: { icon: IconCircleX, word: 'error', color: 'red', rank: 9 },
} as const satisfies Record<Finding['level'], StatusLook>

/** A disk of a disk set: where it is, and whether it may be unplugged. */
export const DISK = {
  absent: { icon: IconPlugOff, word: 'diskAbsent', color: 'gray', rank: 1 },
  present: { icon: IconPlug, word: 'diskPresent', color: 'blue', rank: 2 },
  safe: { icon: IconCircleCheck, word: 'diskSafe', color: 'green', rank: 3 },
  busy: { icon: IconHandStop, word: 'diskBusy', color: 'orange', rank: 4 },
} as const satisfies Record<DiskStatus['state'], StatusLook>

/** What a disk says about itself. */
export const DISK_HEALTH = {
  ok: { icon: IconCircleCheck, word: 'healthy', color: 'green', rank: 1 },
  failing: { icon: IconAlertTriangle, word: 'failing', color: 'red', rank: 9 },
  unknown: { icon: IconHelp, word: 'healthUnknown', color: 'gray', rank: 2 },
} as const satisfies Record<DiskHealth['status'], StatusLook>

/** Somebody has asked a run to stop, and it has not ended yet. */
export const STOPPING = {
  icon: IconLoader2,
  word: 'stopping',
  color: 'gray',
  rank: 3,
  moving: true,
} as const satisfies StatusLook

/** What is known of a restore point by reading it back. */
export const VERIFIED = {
  full: { icon: IconRosetteDiscountCheck, word: 'verified', color: 'green', rank: 1 },
  sample: { icon: IconCircleCheck, word: 'sampled', color: 'green', rank: 2 },
  never: { icon: IconCircleDashed, word: 'unverified', color: 'gray', rank: 4 },
  failed: { icon: IconCircleX, word: 'damaged', color: 'red', rank: 9 },
} as const satisfies Record<string, StatusLook>

export const SWITCH = {
  enabled: { icon: IconCircleCheck, word: 'enabled', color: 'green', rank: 1 },
  disabled: { icon: IconBan, word: 'disabled', color: 'gray', rank: 2 },
} as const satisfies Record<'enabled' | 'disabled', StatusLook>
