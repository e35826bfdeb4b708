import type { Translated } from '@holdfast/contract'
import type { reconcileEn } from './en.ts'

export const reconcileFr: Translated<typeof reconcileEn> = {
  'match.sameKey': 'plusieurs fiches portent sa clé : {cards}',
  'match.sameCode': 'plusieurs fiches portent son identifiant comme Code : {cards}',
  'match.severalCards': 'ce peut être n’importe laquelle de plusieurs fiches : {cards}',
  'match.otherItem': 'sa fiche {cards} peut aussi bien être celle de {other}',
  'match.twin':
    'il porte le nom de {other}, qui a déjà sa fiche ({cards}) : ce peut être la même machine, enregistrée à nouveau ou dans un autre rôle',
  'match.shortName':
    'par son seul nom court, ce peut être la fiche {cards}, dont le nom d’hôte complet commence ainsi : le réglage des noms courts dit que faire',
  'match.unlisted':
    'sa fiche {cards} porte la clé de quelque chose qui ne manque peut-être que parce que la liste est incomplète',
  'match.twoClasses': {
    one: '{count} élément a une fiche dans {class} et une dans {other} : {class} est retenue ({names})',
    other: '{count} éléments ont une fiche dans {class} et une dans {other} : {class} est retenue ({names})',
  },

  'write.noClass': 'il manque à la CMDB la classe {class}, ou elle n’est pas active',
  'write.noKey':
    'il manque à la classe {class} l’attribut {attribute} pour la clé : ses fiches sont reconnues à nouveau à chaque exécution, et rien n’est fait de celles qui ont disparu',
  'write.noAttribute': 'non écrit : il manque à la classe {class} l’attribut {attribute}',
  'write.inactiveAttribute': 'non écrit : l’attribut {attribute} de la classe {class} n’est pas actif',
  'write.reservedAttribute': 'non écrit : l’attribut {attribute} de la classe {class} est réservé',
  'write.sharedAttribute':
    'l’attribut {attribute} de la classe {class} est associé deux fois : seul le premier est écrit',
  'write.readOnly':
    'non écrit, ou seulement sur les nouvelles fiches : aucun droit sur l’attribut {attribute} de la classe {class}',
  'write.noLookup': {
    one: 'non écrit sur {count} fiche : {lookup} n’a pas de valeur {value} pour {class}.{attribute} ({names})',
    other:
      'non écrit sur {count} fiches : {lookup} n’a pas de valeur {value} pour {class}.{attribute} ({names})',
  },
  'write.unfit': {
    one: 'non écrit sur {count} fiche : {class}.{attribute}, de type {type}, ne peut pas le contenir ({names})',
    other:
      'non écrit sur {count} fiches : {class}.{attribute}, de type {type}, ne peut pas le contenir ({names})',
  },
  'write.refused': {
    one: 'pas réécrit sur {count} fiche : la CMDB ne l’a pas accepté récemment ({names})',
    other: 'pas réécrit sur {count} fiches : la CMDB ne l’a pas accepté récemment ({names})',
  },
  'write.cut': {
    one: '{count} valeur est coupée aux {length} caractères que contient {class}.{attribute} ({names})',
    other: '{count} valeurs sont coupées aux {length} caractères que contient {class}.{attribute} ({names})',
  },
  'write.otherTarget': {
    one: 'non écrit sur {count} fiche : {class}.{attribute} ne renvoie qu’à des fiches de {target} ({names})',
    other:
      'non écrit sur {count} fiches : {class}.{attribute} ne renvoie qu’à des fiches de {target} ({names})',
  },

  'blocked.otherClass':
    'sa fiche {card} est de la classe {class}, qui n’est pas associée à ce genre d’élément',
  'blocked.mayNotUpdate':
    'les fiches de la classe {class} ne peuvent pas être modifiées : {attributes} le seraient',
  'blocked.noClass':
    'sa fiche ne peut pas être créée : il manque à la CMDB la classe {class}, ou elle n’est pas active',
  'blocked.prototype':
    'sa fiche ne peut pas être créée : {class} est une superclasse, qui n’a pas de fiches à elle',
  'blocked.mayNotCreate':
    'sa fiche ne peut pas être créée : aucun droit de créer des fiches de la classe {class}',
  'blocked.notFoundAgain':
    'sa fiche n’est pas créée, car elle ne serait pas retrouvée : dans la classe {class}, elle ne peut porter ni clé ni Code à elle',
  'blocked.mandatory':
    'sa fiche ne peut pas être créée : la classe {class} exige {attributes}, que rien ne remplit',
  'blocked.mayNotDelete': 'a disparu, et il manque le droit de supprimer des fiches de la classe {class}',
  'blocked.noGoneStatus':
    'a disparu, et aucun état de la classe {class} parmi ceux qui sont écrits ne peut dire {status}',
  'blocked.keepsKey': 'a disparu, et {attribute} de la classe {class} ne peut pas être vidé',

  'orphan.held': 'a disparu, mais sa fiche peut être celle d’autre chose, ce qui n’est pas clair',
  'orphan.waiting':
    'manque depuis le {since, date}, nombre d’exécutions : {runs} ; laissé tel quel jusqu’au {until, date} et à {most} exécutions',
  'brake.empty': 'la source n’en énumère aucun',
  'brake.list': 'empreinte de la liste : {list}',
  'brake.many': 'sans demander, au plus {most} sur {all}',
  'gone.infrastructure': {
    one: '{count} infrastructure n’est plus dans la source',
    other: '{count} infrastructures ne sont plus dans la source',
  },
  'gone.storage': {
    one: '{count} stockage n’est plus dans la source',
    other: '{count} stockages ne sont plus dans la source',
  },
  'gone.server': {
    one: '{count} serveur n’est plus dans la source',
    other: '{count} serveurs ne sont plus dans la source',
  },
  'gone.job': {
    one: '{count} job n’est plus dans la source',
    other: '{count} jobs ne sont plus dans la source',
  },
  'gone.machine': {
    one: '{count} machine n’est plus dans la source',
    other: '{count} machines ne sont plus dans la source',
  },
  'gone.database': {
    one: '{count} base de données n’est plus dans la source',
    other: '{count} bases de données ne sont plus dans la source',
  },
  'gone.folder': {
    one: '{count} dossier n’est plus dans la source',
    other: '{count} dossiers ne sont plus dans la source',
  },

  'relate.noDomain':
    'rien n’est mis en relation par {domain} : il manque à la CMDB le domaine, ou il n’est pas actif',
  'relate.mayNot': 'rien n’est mis en relation par {domain} : aucun droit d’en créer des relations',
  'relate.shutOut': {
    one: '{count} relation est laissée de côté : {domain} n’admet pas {from} avec {to} ({names})',
    other: '{count} relations sont laissées de côté : {domain} n’admet pas {from} avec {to} ({names})',
  },
  'relate.taken': {
    one: '{count} relation est laissée de côté : {domain} est {cardinality}, et la place est prise ({names})',
    other:
      '{count} relations sont laissées de côté : {domain} est {cardinality}, et les places sont prises ({names})',
  },
}
