import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const fr: Translated<typeof en> = {
  'step.wait-for-others': 'Attendre les autres programmes',
  'step.plan': 'Planifier',
  'step.find-disk': 'Chercher le disque',
  'step.check-disk': 'Demander au disque son état',
  'step.check-disk-again': 'Demander encore une fois au disque son état',
  'step.mount-disk': 'Monter le disque',
  'step.unlock-and-mount': 'Déverrouiller et monter le disque chiffré',
  'step.flush-disk': 'Tout écrire sur le disque',
  'step.unmount-disk': 'Démonter le disque',
  'step.mount-read-only': 'Monter le disque en lecture seule pour le vérifier',
  'step.mount-again': 'Remonter le disque',
  'step.read-back': 'Relire ce qui a été écrit en dernier',
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
  'warning.staleLock':
    'un fichier de verrou restait sur le disque « {disk} » : une exécution précédente a été interrompue. Sa copie inachevée est vérifiée et poursuivie',
  'warning.lockGone':
    'le fichier de verrou du disque « {disk} » a été supprimé par quelqu’un d’autre pendant l’exécution',
  'warning.diskFailing': 'le disque « {disk} » annonce sa panne prochaine (SMART) : remplacez-le bientôt',
  'warning.diskWorse':
    'le disque « {disk} » a abandonné {count} secteurs de plus pendant cette exécution : il s’use, remplacez-le bientôt',
  'warning.littleSpace':
    'il ne reste que {free, bytes} dans le coffre, moins que les {wanted, bytes} voulus : la prochaine copie pourrait ne pas tenir',
  'warning.pointGone': 'Le point de restauration {point} du {takenAt, date} n’est plus dans le coffre',
  'warning.lockFileIgnored':
    'le fichier de verrou {file} d’un autre programme a {age, duration} : il a été pris pour un reste et ignoré',
  'warning.lockFileRemoved':
    'le fichier de verrou {file} d’un autre programme avait {age, duration} : il a été pris pour un reste et supprimé',
  'warning.lockFileStays': 'le fichier de verrou resté là, {file}, n’a pas pu être supprimé : {reason}',
  'warning.ownLockFileLeft':
    'le propre fichier de verrou {file} a été laissé par l’exécution {run} sur {host}, qui ne s’est pas terminée comme il faut ; il a été repris',
  'warning.ownLockFileEmpty':
    'le propre fichier de verrou {file} était déjà là, mais vide : la dernière exécution ne s’est sans doute pas terminée comme il faut ; il a été repris',
  'warning.ownLockFileGone':
    'le propre fichier de verrou {file} n’était plus là à la fin : quelqu’un d’autre l’a supprimé ou remplacé, et un autre programme a pu travailler entre-temps',
  'warning.ownLockFileStuck':
    'le propre fichier de verrou {file} n’a pas pu être supprimé : {reason}. Les autres programmes continuent de l’attendre ; un nouvel essai suivra',

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
