import {
  type JobKind,
  type KindTexts,
  type NotificationLanguage,
  OBJECT_SCHEMAS,
  type ObjectKind,
  type PhraseCatalog,
  type PhraseCatalogs,
  type SchemaTexts,
} from '@holdfast/contract'
import { z } from 'zod'
import { OBJECT_TEXTS } from './texts/object-texts.ts'
import { type SchemaDocument, type TranslationReport, translateSchema } from './translate.ts'

type Schemas = Record<ObjectKind, SchemaDocument> & { kinds: JobKind[]; phrases: PhraseCatalog }

/** Words of the job kinds, which come from their drivers. */
export interface KindWords {
  textsOf(kind: string): KindTexts | undefined
  /** What runs say, in every language. */
  phrases: PhraseCatalogs
}

/**
 * JSON Schemas of everything that can be configured, as forms and editors need them: what is sent, before defaults; with
 * titles and descriptions in one language; and what runs say in that language.
 */
export function getSchemas(
  kinds: readonly JobKind[],
  language: NotificationLanguage,
  { textsOf, phrases }: KindWords,
): Schemas {
  const texts = language === 'en' ? null : OBJECT_TEXTS[language]
  const document = (kind: ObjectKind) => objectDocument(kind, texts)
  return {
    nodes: document('nodes'),
    vaults: document('vaults'),
    policies: document('policies'),
    notifications: document('notifications'),
    jobs: document('jobs'),
    kinds: kinds.map((kind) => {
      return translateKind(kind, language === 'en' ? null : (textsOf(kind.kind)?.[language] ?? null))
    }),
    phrases: phrases[language],
  }
}

export function objectDocument(
  kind: ObjectKind,
  texts: SchemaTexts | null,
  report?: TranslationReport,
): SchemaDocument {
  const schema = z.toJSONSchema(OBJECT_SCHEMAS[kind], { io: 'input', unrepresentable: 'any' })
  return translateSchema(schema as SchemaDocument, [kind], texts, report)
}

export function translateKind(kind: JobKind, texts: SchemaTexts | null, report?: TranslationReport): JobKind {
  const own = texts?.['.']
  if (own) report?.used.add('.')
  return {
    ...kind,
    title: own?.title ?? kind.title,
    config: translateSchema(kind.config, [], texts, report),
    restore: kind.restore && translateSchema(kind.restore, ['restore'], texts, report),
  }
}
