import { type KindTexts, type PhraseCatalogs, phrasesOf } from '@holdfast/contract'
import { configDe } from './config/de.ts'
import { configEs } from './config/es.ts'
import { configFr } from './config/fr.ts'
import { configIt } from './config/it.ts'
import { jobDe } from './job/de.ts'
import { jobEn } from './job/en.ts'
import { jobEs } from './job/es.ts'
import { jobFr } from './job/fr.ts'
import { jobIt } from './job/it.ts'
import { reconcileDe } from './reconcile/de.ts'
import { reconcileEn } from './reconcile/en.ts'
import { reconcileEs } from './reconcile/es.ts'
import { reconcileFr } from './reconcile/fr.ts'
import { reconcileIt } from './reconcile/it.ts'
import { targetDe } from './target/de.ts'
import { targetEn } from './target/en.ts'
import { targetEs } from './target/es.ts'
import { targetFr } from './target/fr.ts'
import { targetIt } from './target/it.ts'
import { veeamDe } from './veeam/de.ts'
import { veeamEn } from './veeam/en.ts'
import { veeamEs } from './veeam/es.ts'
import { veeamFr } from './veeam/fr.ts'
import { veeamIt } from './veeam/it.ts'

export const cmdbSyncTexts: KindTexts = { de: configDe, it: configIt, fr: configFr, es: configEs }

const en = { ...jobEn, ...reconcileEn, ...targetEn, ...veeamEn }

export const cmdbSyncPhrases: PhraseCatalogs = {
  en,
  de: { ...jobDe, ...reconcileDe, ...targetDe, ...veeamDe },
  it: { ...jobIt, ...reconcileIt, ...targetIt, ...veeamIt },
  fr: { ...jobFr, ...reconcileFr, ...targetFr, ...veeamFr },
  es: { ...jobEs, ...reconcileEs, ...targetEs, ...veeamEs },
}

export const say = phrasesOf('cmdb-sync', en)
