import type { Translated } from '@holdfast/contract'
import type { targetEn } from './en.ts'

export const targetIt: Translated<typeof targetEn> = {
  'lacking.class': 'Manca la classe {class}.',
  'lacking.lookupType': 'Manca il tipo di lookup {type}.',
  'lacking.lookupValue': 'Al tipo di lookup {type} manca il valore {code}.',
  'lacking.domain': 'Manca il dominio {domain}.',
  'lacking.attribute': 'Alla classe {class} manca l’attributo {attribute}.',
  'lacking.rightCreate': 'L’utente non può creare schede di {class}.',
  'lacking.rightUpdate': 'L’utente non può modificare le schede di {class}.',
  'lacking.rightDelete': 'L’utente non può eliminare le schede di {class}.',
  'lacking.attributeRead': 'L’utente non può leggere l’attributo {attribute} di {class}.',
  'lacking.attributeCreate':
    'L’utente non può scrivere l’attributo {attribute} nelle nuove schede di {class}.',
  'lacking.attributeUpdate': 'L’utente non può modificare l’attributo {attribute} di {class}.',
  'lacking.domainRight': 'L’utente non può creare relazioni del dominio {domain}.',
  'lacking.inactiveClass': 'La classe {class} è disattivata nel CMDB.',
  'lacking.inactiveAttribute': 'L’attributo {attribute} di {class} è disattivato nel CMDB.',
  'lacking.inactiveDomain': 'Il dominio {domain} è disattivato nel CMDB.',
  'lacking.domainSource': 'Le relazioni del dominio {domain} non possono partire da schede di {class}.',
  'lacking.domainDestination': 'Le relazioni del dominio {domain} non possono arrivare a schede di {class}.',
  'make.class': 'creare la classe {class} sotto {parent}',
  'make.lookupType': 'creare il tipo di lookup {type}',
  'make.lookupValue': 'aggiungere il valore {code} al tipo di lookup {type}',
  'make.domain': 'creare il dominio {domain} da {source} a {destination} ({cardinality})',
  'make.attribute': 'aggiungere l’attributo {attribute} ({type}) alla classe {class}',
  'lack.class': 'senza di essa gli elementi di questo tipo non si possono registrare',
  'lack.lookupType': 'un attributo che il job scrive ne prende i valori',
  'lack.lookupValue': 'il job lo scrive, e CMDBuild accetta solo valori dell’elenco',
  'lack.domain': 'senza di esso ciò che va insieme non viene collegato',
  'lack.attribute': 'senza di esso si tralascia ciò che il job vi scriverebbe',
  'lack.byPerson':
    'Holdfast non lo crea: crearlo nell’amministrazione di CMDBuild o indicarne un altro nelle impostazioni del job',
  'lack.right': 'chi amministra CMDBuild può dare questo diritto al gruppo dell’utente',
  'lack.inactive': 'chi amministra CMDBuild può attivarlo; fino ad allora non vi si scrive nulla',
  'lack.domainEnd':
    'tali relazioni vengono rifiutate: indicare un altro dominio o un’altra classe nelle impostazioni del job',
}
