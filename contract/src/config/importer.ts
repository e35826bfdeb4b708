import type { ConfigDocument } from './document.ts'

/** The configuration of another program as it lies on the disk. */
export interface ForeignConfig {
  /** Of the file, without its folder: other programs name their work by it. */
  fileName: string
  text: string
  /** Text of a file in the same folder, such as a list of exclusions; null when there is none. Throws when it cannot be read. */
  beside(name: string): Promise<string | null>
  /** Zone of the IANA list of the machine that the other program ran on. */
  timeZone: string
}

/** What became of one setting of the other program. */
export interface ImportLine {
  /** Where it stands, as its reader knows it: `Mail.port`. */
  setting: string
  /** From 1; null for what stands in a file of its own. */
  line: number | null
  /** As it stands there, except for passwords. */
  value: string
  /** `taken`: it means the same here. `changed`: it was taken over with a difference. `unneeded`: Holdfast does without. `open`: a person must see to it. */
  outcome: 'taken' | 'changed' | 'unneeded' | 'open'
  /** What it became, or why nothing. */
  remark: string
}

/** A secret that the imported configuration refers to by its name. */
export interface ImportedSecret {
  name: string
  /** What it opens: `the mail server mail.example.org`. */
  purpose: string
  /** Null for one that the other program did not have and that is made up anew. */
  value: string | null
}

/** What makes an import impossible until somebody corrects it. Lines and columns count from 1. */
export interface ImportProblem {
  line: number
  column: number
  /** `Mail.port`; empty for the file as a whole. */
  path: string
  message: string
  hint?: string
}

export interface ImportedConfig {
  document: ConfigDocument
  /** Every setting of the other program, none left out, in the order of its file. */
  lines: ImportLine[]
  secrets: ImportedSecret[]
  /** What to do beside, one sentence each. */
  advice: string[]
}

/** Reads the configuration of one other program. */
export interface Importer {
  /** What it reads, for people: `config.ini of the Backup-Copy-Script`. */
  readonly title: string
  /** Whether the text looks like it; says nothing about whether it is without mistakes. */
  recognise(text: string): boolean
  /** Never throws for what stands in the text. */
  read(config: ForeignConfig): Promise<ImportedConfig | { problems: ImportProblem[] }>
}
