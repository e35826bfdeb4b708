import type { Translated } from '@holdfast/contract'
import type { targetEn } from './en.ts'

export const targetFr: Translated<typeof targetEn> = {
  'lacking.class': 'La classe {class} manque.',
  'lacking.lookupType': 'Le type de lookup {type} manque.',
  'lacking.lookupValue': 'Il manque la valeur {code} au type de lookup {type}.',
  'lacking.domain': 'Le domaine {domain} manque.',
  'lacking.attribute': 'Il manque l’attribut {attribute} à la classe {class}.',
  'lacking.rightCreate': 'L’utilisateur n’a pas le droit de créer des fiches de {class}.',
  'lacking.rightUpdate': 'L’utilisateur n’a pas le droit de modifier les fiches de {class}.',
  'lacking.rightDelete': 'L’utilisateur n’a pas le droit de supprimer les fiches de {class}.',
  'lacking.attributeRead': 'L’utilisateur n’a pas le droit de lire l’attribut {attribute} de {class}.',
  'lacking.attributeCreate':
    'L’utilisateur n’a pas le droit d’écrire l’attribut {attribute} des nouvelles fiches de {class}.',
  'lacking.attributeUpdate': 'L’utilisateur n’a pas le droit de modifier l’attribut {attribute} de {class}.',
  'lacking.domainRight': 'L’utilisateur n’a pas le droit de créer des relations du domaine {domain}.',
  'lacking.inactiveClass': 'La classe {class} est désactivée dans la CMDB.',
  'lacking.inactiveAttribute': 'L’attribut {attribute} de {class} est désactivé dans la CMDB.',
  'lacking.inactiveDomain': 'Le domaine {domain} est désactivé dans la CMDB.',
  'lacking.domainSource': 'Les relations du domaine {domain} ne peuvent pas partir de fiches de {class}.',
  'lacking.domainDestination':
    'Les relations du domaine {domain} ne peuvent pas mener à des fiches de {class}.',
  'make.class': 'créer la classe {class} sous {parent}',
  'make.lookupType': 'créer le type de lookup {type}',
  'make.lookupValue': 'ajouter la valeur {code} au type de lookup {type}',
  'make.domain': 'créer le domaine {domain} de {source} vers {destination} ({cardinality})',
  'make.attribute': 'ajouter l’attribut {attribute} ({type}) à la classe {class}',
  'lack.class': 'sans elle, les éléments de ce type ne peuvent pas être enregistrés',
  'lack.lookupType': 'un attribut que le job écrit y prend ses valeurs',
  'lack.lookupValue': 'le job l’écrit, et CMDBuild n’accepte que les valeurs de la liste',
  'lack.domain': 'sans lui, ce qui va ensemble n’est pas relié',
  'lack.attribute': 'sans lui, ce que le job y écrirait est laissé de côté',
  'lack.byPerson':
    'Holdfast ne le crée pas : le créer dans l’administration de CMDBuild, ou en indiquer un autre dans les réglages du job',
  'lack.right': 'l’administrateur de CMDBuild peut donner ce droit au groupe de l’utilisateur',
  'lack.inactive': 'l’administrateur de CMDBuild peut l’activer ; d’ici là rien n’y est écrit',
  'lack.domainEnd':
    'de telles relations sont refusées : indiquer un autre domaine ou une autre classe dans les réglages du job',
}
