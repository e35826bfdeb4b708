import type { NotificationSpec } from '@holdfast/contract'

/** In which language and zone a message is written. */
export type MessageStyle = Pick<NotificationSpec, 'language' | 'timeZone'>

/** A part of a message, still without markup. */
export type Block =
  | { readonly kind: 'sentence'; readonly text: string }
  /** `label` includes its colon. */
  | { readonly kind: 'fields'; readonly rows: readonly Row[] }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }

export interface Row {
  label: string
  value: string
  isCommand?: true
  isLink?: true
}

export interface Message {
  /** One line: the job, what it came to, and the error code if there is one. */
  readonly headline: string
  readonly blocks: readonly Block[]
  /** Where the web interface shows it; null while its address is not known. */
  readonly url: string | null
}
