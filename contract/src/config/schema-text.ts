import type { NotificationLanguage } from './notification.ts'

/** English stands in the schemas themselves; these languages are told by tables. */
export type TranslatedLanguage = Exclude<NotificationLanguage, 'en'>

/** What a form says about one property, or about one branch of a choice. */
export interface SchemaText {
  readonly title: string
  readonly description: string
  /** Titles of the values it can have. */
  readonly values?: Readonly<Record<string, string>>
}

/**
 * Texts by dotted path: `jobs.schedule.cron`, `vaults.directory.path`. A branch of a choice is a part of the path: its
 * `kind`, its only property, or its type. The end of a path is enough where all that end alike mean the same: `name`.
 */
export type SchemaTexts = Readonly<Record<string, SchemaText>>

/** Texts of a job kind: `source` for its settings, `restore.existing` for those of its restore, `.` for the kind itself. */
export type KindTexts = Readonly<Record<TranslatedLanguage, SchemaTexts>>
