import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const fr: Translated<typeof en> = {
  'step.plan': 'Planifier',
  'step.verify': 'Vérifier le point de restauration',
  'step.prune': 'Retirer ce que la conservation ne garde pas',
  'count.removedPoints': 'points de restauration retirés',
  'count.good': 'intacts',
  'count.damaged': 'endommagés',
  'count.checkedItems': 'éléments vérifiés',
  'count.checkedBytes': 'octets vérifiés',

  'check.summary': {
    one: '{good} point de restauration sur {count} est conforme à son manifeste',
    other: '{good} points de restauration sur {count} sont conformes à leurs manifestes',
  },
  'warning.pointGone': 'Le point de restauration {point} du {takenAt, date} n’est plus dans le coffre',

  'waiting.window': 'sa plage horaire, qui s’ouvre le {opensAt, date}',
  'waiting.workerStopped': 'un worker, car le précédent a été arrêté ; l’exécution est replanifiée',
  'waiting.attempt': 'tentative {next} sur {attempts} dans {pause, duration} : {error}',
  'waiting.lock': '{lock} : détenu par {holder}',
  'waiting.lockOfRun': '{lock} : détenu par {run} du job {job}',
  'waiting.lockFull': '{lock} : {held} exécutions sur {limit}, {holders}',
  'waiting.lockQueue': '{lock} : {run} attend depuis plus longtemps',

  'retention.noRules': 'aucune règle de conservation : rien n’est retiré',
  'retention.noneGood': 'il n’existe aucun bon point de restauration : rien n’est retiré',
  'retention.newestGood': 'le bon point de restauration le plus récent reste toujours',
  'retention.newestComplete': 'le point de restauration complet le plus récent reste toujours',
  'retention.newestDamaged': 'endommagé, mais il n’existe pas de bon point de restauration plus récent',
  'retention.protected': 'protégé',
  'retention.inUse': 'utilisé par une restauration ou une vérification',
  'retention.besideByHand': 'une règle le conserverait sans les exécutions lancées à la main',
  'retention.ahead': 'daté dans le futur : l’horloge était fausse lors de sa création',
  'retention.unwanted': 'aucune règle ne le demande',
  'retention.damaged': 'vérification échouée, et il existe un bon point de restauration plus récent',
  'retention.last': 'dernier {place} sur {count}',
  'retention.hourly': 'le plus récent de {period} (horaire {place} sur {count})',
  'retention.daily': 'le plus récent de {period} (quotidien {place} sur {count})',
  'retention.weekly': 'le plus récent de {period} (hebdomadaire {place} sur {count})',
  'retention.monthly': 'le plus récent de {period} (mensuel {place} sur {count})',
  'retention.yearly': 'le plus récent de {period} (annuel {place} sur {count})',
}
