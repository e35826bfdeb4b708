import { type KindTexts, type PhraseCatalogs, phrasesOf } from '@holdfast/contract'
import { de, dePhrases } from './de.ts'
import { en } from './en.ts'
import { es, esPhrases } from './es.ts'
import { fr, frPhrases } from './fr.ts'
import { it, itPhrases } from './it.ts'
import { modelDe } from './model/de.ts'
import { modelEn } from './model/en.ts'
import { modelEs } from './model/es.ts'
import { modelFr } from './model/fr.ts'
import { modelIt } from './model/it.ts'
import { restoreDe, vaultDe } from './vault/de.ts'
import { vaultEn } from './vault/en.ts'
import { restoreEs, vaultEs } from './vault/es.ts'
import { restoreFr, vaultFr } from './vault/fr.ts'
import { restoreIt, vaultIt } from './vault/it.ts'

export const influxdbCopyTexts: KindTexts = {
  de: { ...de, ...restoreDe },
  it: { ...it, ...restoreIt },
  fr: { ...fr, ...restoreFr },
  es: { ...es, ...restoreEs },
}

export const influxdbCopyPhrases: PhraseCatalogs = {
  en: { ...en, ...vaultEn, ...modelEn },
  de: { ...dePhrases, ...vaultDe, ...modelDe },
  it: { ...itPhrases, ...vaultIt, ...modelIt },
  fr: { ...frPhrases, ...vaultFr, ...modelFr },
  es: { ...esPhrases, ...vaultEs, ...modelEs },
}

export const say = phrasesOf('influxdb-copy', { ...en, ...vaultEn, ...modelEn })
