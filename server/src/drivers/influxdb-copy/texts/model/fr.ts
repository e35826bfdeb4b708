import type { Translated } from '@holdfast/contract'
import type { modelEn } from './en.ts'

export const modelFr: Translated<typeof modelEn> = {
  'plan.sendChanged': 'copie par HTTP les shards qui ont pu changer : {changed} sur {shards}',

  'model.metrics': 'chaque champ devient une métrique, par exemple {example}, avec l’étiquette db={target}',
  'model.numbers':
    'VictoriaMetrics garde les temps à la milliseconde (de plusieurs points dans une même, le dernier), les fractions avec 12 chiffres, les entiers jusqu’à 2^53, les booléens comme 0 et 1',
  'model.overwritten': 'un point remplacé à la source y garde les deux nombres, un point supprimé y reste',
  'model.adds':
    'VictoriaMetrics ne fait qu’ajouter des échantillons ; ceux qui y sont déjà ne sont pas renvoyés',
  'model.oneRetention': 'les retention policies et les continuous queries n’y sont pas créées',
  'model.retention':
    'VictoriaMetrics garde tout pendant {retention} : ce qui est plus ancien que {from} est laissé de côté',
  'model.retentionUnknown':
    'VictoriaMetrics ne dit pas combien de temps il garde les échantillons : il écarte ce qui est plus ancien, et la comparaison le montre',
  'model.strings': 'laissées de côté : les chaînes de {names}',
  'model.numbersOnly': 'VictoriaMetrics ne garde que des nombres',
  'model.policies': 'les points des retention policies {names} reçoivent l’étiquette rp',
  'model.policiesReason': 'ils se mêleraient à ceux de la policy par défaut',
  'model.sharedNames': 'plusieurs measurements partagent les métriques {names}',
  'model.sharedReason': 'les noms du measurement et du champ sont joints par un tiret bas',

  'model.notMade':
    'les bases, les retention policies et les continuous queries n’y sont pas créées : {names}',
  'model.bucketsOf2':
    'InfluxDB 2.x a besoin pour chacune d’un bucket et d’une correspondance (DBRP) qui lui donne ce nom',
  'model.databasesOf3': 'InfluxDB 3.x crée une base quand il en reçoit les premiers points',
  'model.notCompared': 'rien n’est comparé',
  'model.noReadingBack': 'ce qu’InfluxDB 2.x et 3.x ont reçu n’est pas relu',

  'run.cannotCompare':
    'Rien n’a été comparé : ce qu’InfluxDB 2.x et 3.x ont reçu n’est pas relu. Le serveur a confirmé chaque envoi.',
  'run.outside': {
    one: '{count} fenêtre est en tout ou en partie hors du temps que la destination garde : ce qui est en dehors a été laissé de côté.',
    other:
      '{count} fenêtres sont en tout ou en partie hors du temps que la destination garde : ce qui est en dehors a été laissé de côté.',
  },
  'run.surplusSamples': {
    one: 'VictoriaMetrics contient plus que la source dans {count} fenêtre : {names}. Il garde ce qui a été remplacé ou supprimé à la source, ou quelqu’un d’autre y écrit.',
    other:
      'VictoriaMetrics contient plus que la source dans {count} fenêtres : {names}. Il garde ce qui a été remplacé ou supprimé à la source, ou quelqu’un d’autre y écrit.',
  },

  'step.check-files': 'Contrôler les fichiers avant tout envoi',
  'step.wait-for-disk': 'Attendre que ce soit sur le disque de la destination',
  'restore.newLabel': 'VictoriaMetrics n’a encore rien avec l’étiquette db={target}',
  'restore.addNumbers':
    'VictoriaMetrics a des séries avec cette étiquette : seul ce qui manque est ajouté ; là où se trouve un autre nombre, il reste, et la restauration échoue',
  'restore.unseen':
    'on ne regarde pas si elle contient des données : les points de même série et de même instant sont écrasés',
  'restore.numbersCompared': 'chaque nombre est relu et comparé aux fichiers',
  'restore.numbersAdded':
    'VictoriaMetrics ne fait qu’ajouter des nombres ; ceux qui y sont déjà ne sont pas renvoyés',
  'restore.noStrings': 'laissées de côté : toutes les chaînes ; le rapport nomme leurs champs',
  'restore.outsideReason': '{policy} : la destination ne garde pas de points aussi anciens',
  'restore.stringsLeft':
    'Les chaînes de {names} ont été laissées de côté : VictoriaMetrics ne garde que des nombres.',
  'restore.summaryNumbers': '{windows} fenêtres, {points} nombres, restaurées et comparées dans {target}',
  'restore.summaryUnproved':
    '{windows} fenêtres, {points} points, restaurées dans {target} ; rien n’a été comparé',
}
