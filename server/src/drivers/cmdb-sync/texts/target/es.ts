import type { Translated } from '@holdfast/contract'
import type { targetEn } from './en.ts'

export const targetEs: Translated<typeof targetEn> = {
  'lacking.class': 'Falta la clase {class}.',
  'lacking.lookupType': 'Falta el tipo de lookup {type}.',
  'lacking.lookupValue': 'Al tipo de lookup {type} le falta el valor {code}.',
  'lacking.domain': 'Falta el dominio {domain}.',
  'lacking.attribute': 'A la clase {class} le falta el atributo {attribute}.',
  'lacking.rightCreate': 'El usuario no puede crear fichas de {class}.',
  'lacking.rightUpdate': 'El usuario no puede modificar fichas de {class}.',
  'lacking.rightDelete': 'El usuario no puede eliminar fichas de {class}.',
  'lacking.attributeRead': 'El usuario no puede leer el atributo {attribute} de {class}.',
  'lacking.attributeCreate':
    'El usuario no puede escribir el atributo {attribute} en fichas nuevas de {class}.',
  'lacking.attributeUpdate': 'El usuario no puede modificar el atributo {attribute} de {class}.',
  'lacking.domainRight': 'El usuario no puede crear relaciones del dominio {domain}.',
  'lacking.inactiveClass': 'La clase {class} está desactivada en la CMDB.',
  'lacking.inactiveAttribute': 'El atributo {attribute} de {class} está desactivado en la CMDB.',
  'lacking.inactiveDomain': 'El dominio {domain} está desactivado en la CMDB.',
  'lacking.domainSource': 'Las relaciones del dominio {domain} no pueden partir de fichas de {class}.',
  'lacking.domainDestination': 'Las relaciones del dominio {domain} no pueden llevar a fichas de {class}.',
  'make.class': 'crear la clase {class} bajo {parent}',
  'make.lookupType': 'crear el tipo de lookup {type}',
  'make.lookupValue': 'añadir el valor {code} al tipo de lookup {type}',
  'make.domain': 'crear el dominio {domain} de {source} a {destination} ({cardinality})',
  'make.attribute': 'añadir el atributo {attribute} ({type}) a la clase {class}',
  'lack.class': 'sin ella no se pueden registrar elementos de este tipo',
  'lack.lookupType': 'un atributo que el job escribe toma de él sus valores',
  'lack.lookupValue': 'el job lo escribe, y CMDBuild solo acepta valores de la lista',
  'lack.domain': 'sin él no se relaciona lo que va junto',
  'lack.attribute': 'sin él se omite lo que el job escribiría allí',
  'lack.byPerson':
    'Holdfast no lo crea: créelo en la administración de CMDBuild o indique otro en los ajustes del job',
  'lack.right': 'quien administra CMDBuild puede dar este derecho al grupo del usuario',
  'lack.inactive': 'quien administra CMDBuild puede activarlo; hasta entonces no se escribe nada ahí',
  'lack.domainEnd': 'tales relaciones se rechazan: indique otro dominio u otra clase en los ajustes del job',
}
