import type {
  NotificationLanguage,
  NotifiedRunEvent,
  RunOperation,
  RunOutcome,
  VerifyLevel,
} from '@holdfast/contract'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'

/** Forms of a text by number; `{n}` stands for the number. */
export interface Plural {
  readonly one: string
  readonly other: string
}

/**
 * Every text of a message in one language. A language that lacks one does not compile. Names of commands, ids and error
 * codes are the same in all of them. What runs say is in the phrases of engine and drivers; errors and hints are English.
 */
export interface Catalog {
  /** BCP 47 tag for numbers, dates and plural forms. */
  readonly locale: string
  /** Between a label and its value; French puts a no-break space before the colon. */
  readonly colon: string
  /** B, KiB, MiB, GiB, TiB, PiB as the language writes them. */
  readonly byteUnits: readonly [string, string, string, string, string, string]
  /** What the job came to, behind its name in the subject. */
  readonly result: Readonly<Record<Exclude<NotifiedRunEvent, 'warning'>, string>> & {
    readonly warning: Plural
  }
  /** Behind the name of the job in the subject, unless it did its own work. */
  readonly operation: Readonly<Record<Exclude<RunOperation, 'job' | 'plan'>, string>>
  /** One sentence for what does not speak for itself. */
  readonly explanation: Readonly<Record<Exclude<NotifiedRunEvent, 'success' | 'warning' | 'failed'>, string>>
  /** What the end of a run means for the copies there are. `{at}` is when the last good one was made. */
  readonly consequence: Readonly<Record<'last' | 'lastOnDisk' | 'never' | 'neverOnDisk' | 'made', string>>
  readonly label: {
    readonly job: string
    readonly result: string
    readonly disk: string
    readonly expectedDisks: Plural
    readonly slot: string
    readonly started: string
    readonly duration: string
    readonly amount: string
    readonly checked: string
    readonly restorePoints: Plural
    readonly attempts: string
    readonly hint: string
    readonly code: string
    readonly lookUp: string
    readonly approve: string
    readonly refuse: string
  }
  /** `{amount}` in `{time}`. */
  readonly moved: string
  /** How the new restore points were checked. */
  readonly checked: Readonly<Record<VerifyLevel, string>>
  readonly disk: DiskTexts
  readonly overdue: OverdueTexts
  readonly lock: LockTexts
  readonly warnings: Plural
  readonly guards: Plural
  /** Ends a list that was cut. */
  readonly more: Plural
  readonly digest: DigestTexts
  readonly test: { readonly title: string; readonly text: string; readonly sent: string }
}

/** Words in braces stand for values; `{disk}` is the label of a disk. */
export interface DiskTexts {
  /** In the subject. */
  readonly named: string
  readonly free: string
  /** Whether it may be unplugged after a run, and why not. */
  readonly remove: string
  readonly keep: string
  /** Its worker died: nobody knows how it left the disk. */
  readonly keepLost: string
  readonly keepHeld: string
  readonly keepStarted: string
}

export interface OverdueTexts {
  /** In the subject, behind the name of the vault. */
  readonly title: string
  readonly text: string
  readonly due: string
  readonly lastCopy: string
  readonly never: string
  readonly carriedBy: string
}

export interface LockTexts {
  /** The subject. */
  readonly title: string
  readonly text: string
  readonly heldBy: string
  readonly startedBy: string
  readonly at: string
  /** What to do when nobody needs the lock any more. */
  readonly release: string
}

/** Words in braces stand for values. */
export interface DigestTexts {
  readonly title: string
  /** Behind the title in the subject. */
  readonly good: string
  readonly attention: Plural
  readonly label: {
    readonly period: string
    readonly runs: string
    readonly coverage: string
    readonly selfBackup: string
  }
  readonly span: string
  readonly none: string
  /** Before the number of runs that ended so. */
  readonly outcome: Readonly<Record<RunOutcome, string>>
  readonly covered: Plural
  readonly nothingToCover: string
  readonly problems: string
  readonly times: Plural
  readonly uncovered: string
  readonly never: string
  readonly age: string
  readonly held: string
  readonly since: string
  readonly overdue: string
  readonly overdueSince: string
  readonly overdueNever: string
  readonly vaults: string
  readonly full: string
  readonly fillsWithin: string
  readonly fillsBetween: string
  readonly fillsNotBefore: string
  readonly restores: string
}

export const CATALOGS: Readonly<Record<NotificationLanguage, Catalog>> = { en, it, de, fr, es }
