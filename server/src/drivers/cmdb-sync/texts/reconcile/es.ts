import type { Translated } from '@holdfast/contract'
import type { reconcileEn } from './en.ts'

export const reconcileEs: Translated<typeof reconcileEn> = {
  'match.sameKey': 'varias fichas llevan su clave: {cards}',
  'match.sameCode': 'varias fichas llevan su identificador como Code: {cards}',
  'match.severalCards': 'puede ser cualquiera de varias fichas: {cards}',
  'match.otherItem': 'su ficha {cards} puede ser también la de {other}',
  'match.twin':
    'se llama como {other}, que ya tiene su tarjeta ({cards}): puede ser la misma máquina, registrada de nuevo o con otro papel',
  'match.shortName':
    'solo por su nombre corto puede ser la tarjeta {cards}, cuyo nombre de host completo empieza así: el ajuste de los nombres cortos dice qué hacer',
  'match.unlisted':
    'su ficha {cards} lleva la clave de algo que quizá falta solo porque la lista no está completa',
  'match.twoClasses': {
    one: '{count} elemento tiene una ficha en {class} y otra en {other}: vale {class} ({names})',
    other: '{count} elementos tienen una ficha en {class} y otra en {other}: vale {class} ({names})',
  },

  'write.noClass': 'a la CMDB le falta la clase {class}, o no está activa',
  'write.noKey':
    'a la clase {class} le falta el atributo {attribute} para la clave: sus fichas se reconocen de nuevo en cada ejecución, y con las desaparecidas no se hace nada',
  'write.noAttribute': 'no se escribe: a la clase {class} le falta el atributo {attribute}',
  'write.inactiveAttribute': 'no se escribe: el atributo {attribute} de la clase {class} no está activo',
  'write.reservedAttribute': 'no se escribe: el atributo {attribute} de la clase {class} está reservado',
  'write.sharedAttribute':
    'el atributo {attribute} de la clase {class} está asignado dos veces: solo se escribe el primero',
  'write.readOnly':
    'no se escribe, o solo en fichas nuevas: sin derecho sobre el atributo {attribute} de la clase {class}',
  'write.noLookup': {
    one: 'no se escribe en {count} ficha: {lookup} no tiene el valor {value} para {class}.{attribute} ({names})',
    other:
      'no se escribe en {count} fichas: {lookup} no tiene el valor {value} para {class}.{attribute} ({names})',
  },
  'write.unfit': {
    one: 'no se escribe en {count} ficha: {class}.{attribute}, de tipo {type}, no puede contenerlo ({names})',
    other:
      'no se escribe en {count} fichas: {class}.{attribute}, de tipo {type}, no puede contenerlo ({names})',
  },
  'write.refused': {
    one: 'no se vuelve a escribir en {count} tarjeta: la CMDB no lo aceptó hace poco ({names})',
    other: 'no se vuelve a escribir en {count} tarjetas: la CMDB no lo aceptó hace poco ({names})',
  },
  'write.cut': {
    one: '{count} valor se corta a los {length} caracteres que caben en {class}.{attribute} ({names})',
    other: '{count} valores se cortan a los {length} caracteres que caben en {class}.{attribute} ({names})',
  },
  'write.otherTarget': {
    one: 'no se escribe en {count} ficha: {class}.{attribute} remite solo a fichas de {target} ({names})',
    other: 'no se escribe en {count} fichas: {class}.{attribute} remite solo a fichas de {target} ({names})',
  },

  'blocked.otherClass': 'su ficha {card} es de la clase {class}, que no está asignada para ello',
  'blocked.mayNotUpdate': 'las fichas de la clase {class} no pueden modificarse: lo serían {attributes}',
  'blocked.noClass': 'su ficha no puede crearse: a la CMDB le falta la clase {class}, o no está activa',
  'blocked.prototype': 'su ficha no puede crearse: {class} es una superclase, que no tiene fichas propias',
  'blocked.mayNotCreate': 'su ficha no puede crearse: sin derecho a crear fichas de la clase {class}',
  'blocked.notFoundAgain':
    'su ficha no se crea, porque no se volvería a encontrar: en la clase {class} no puede llevar ni clave ni un Code propio',
  'blocked.mandatory': 'su ficha no puede crearse: la clase {class} exige {attributes}, que nada rellena',
  'blocked.mayNotDelete': 'ha desaparecido, y falta el derecho a eliminar fichas de la clase {class}',
  'blocked.noGoneStatus':
    'ha desaparecido, y ningún estado de la clase {class} de los que se escriben puede decir {status}',
  'blocked.keepsKey': 'ha desaparecido, y {attribute} de la clase {class} no puede vaciarse',

  'orphan.held': 'ha desaparecido, pero su ficha puede ser la de otra cosa, lo que no está claro',
  'orphan.waiting':
    'falta desde {since, date}, número de ejecuciones: {runs}; se deja como está hasta {until, date} y {most} ejecuciones',
  'brake.empty': 'el origen no enumera ninguno',
  'brake.list': 'huella de la lista: {list}',
  'brake.many': 'sin preguntar, como mucho {most} de {all}',
  'gone.infrastructure': {
    one: '{count} infraestructura ya no está en el origen',
    other: '{count} infraestructuras ya no están en el origen',
  },
  'gone.storage': {
    one: '{count} almacenamiento ya no está en el origen',
    other: '{count} almacenamientos ya no están en el origen',
  },
  'gone.server': {
    one: '{count} servidor ya no está en el origen',
    other: '{count} servidores ya no están en el origen',
  },
  'gone.job': {
    one: '{count} trabajo ya no está en el origen',
    other: '{count} trabajos ya no están en el origen',
  },
  'gone.machine': {
    one: '{count} máquina ya no está en el origen',
    other: '{count} máquinas ya no están en el origen',
  },
  'gone.database': {
    one: '{count} base de datos ya no está en el origen',
    other: '{count} bases de datos ya no están en el origen',
  },
  'gone.folder': {
    one: '{count} carpeta ya no está en el origen',
    other: '{count} carpetas ya no están en el origen',
  },

  'relate.noDomain': 'nada se relaciona con {domain}: a la CMDB le falta el dominio, o no está activo',
  'relate.mayNot': 'nada se relaciona con {domain}: sin derecho a crear sus relaciones',
  'relate.shutOut': {
    one: '{count} relación se omite: {domain} no admite {from} con {to} ({names})',
    other: '{count} relaciones se omiten: {domain} no admite {from} con {to} ({names})',
  },
  'relate.taken': {
    one: '{count} relación se omite: {domain} es {cardinality}, y el sitio está ocupado ({names})',
    other: '{count} relaciones se omiten: {domain} es {cardinality}, y los sitios están ocupados ({names})',
  },
}
