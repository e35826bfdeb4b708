import { joinCatalogs, type PhraseCatalogs } from '@holdfast/contract'
import { ENGINE_PHRASES } from '../domain/phrases/engine-phrases.ts'
import { DRIVERS } from '../drivers/registry.ts'

/** What runs of every kind say, in every language: for the web interface and for mails. */
export const PHRASES: PhraseCatalogs = joinCatalogs({
  engine: ENGINE_PHRASES,
  ...Object.fromEntries(DRIVERS.flatMap(({ info }) => (info.phrases ? [[info.kind, info.phrases]] : []))),
})
