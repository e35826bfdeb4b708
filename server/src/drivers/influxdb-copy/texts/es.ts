import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const es: SchemaTexts = {
  '.': {
    title: 'Copiar bases de datos de InfluxDB',
    description: 'Copia bases de datos de InfluxDB 1.x en otro servidor y las compara allí',
  },
  destination: {
    title: 'Destino',
    description: 'Dónde copiar; un trabajo con bóveda guarda en ella y no tiene destino',
  },
  'destination.node': {
    title: 'Nodo',
    description: 'Nombre del nodo en el que se copia; puede ser el mismo del que se copia',
  },
  'destination.prefix': {
    title: 'Prefijo',
    description: 'Se antepone al nombre de cada base de datos en el destino',
  },
  'destination.existing': {
    title: 'Si ya hay bases de datos',
    description:
      'Qué hacer con una base de datos que está en el destino antes de la primera copia y contiene datos: `ask` retiene la ejecución hasta que una persona decida, `merge` copia en ella; los puntos con la misma serie y marca de tiempo se sobrescriben',
    values: { ask: 'Preguntar antes', merge: 'Copiar en ellas' },
  },
  'destination.suffix': {
    title: 'Sufijo',
    description: 'Se añade al nombre de cada base de datos en el destino',
  },
  databases: {
    title: 'Bases de datos',
    description: 'Bases de datos que se copian; todas menos _internal si la lista está vacía',
  },
  'databases.name': {
    title: 'Base de datos',
    description: 'Nombre de la base de datos en el origen',
  },
  'databases.as': {
    title: 'Nombre en el destino',
    description: 'Si no se indica, el mismo nombre, con prefijo y sufijo',
  },
  mode: {
    title: 'Modo',
    description:
      'Qué lee una ejecución: `incremental` los shards en los que el origen ha escrito desde la última ejecución, `full` todos',
    values: { incremental: 'Lo que ha cambiado', full: 'Todo' },
  },
  verify: {
    title: 'Comparar después',
    description:
      'Vuelve a leer cada ventana copiada y compara cada uno de sus campos con el origen; si se desactiva (`false`), la ejecución no prueba nada',
  },
  retentionPolicies: {
    title: 'Retention policies',
    description: 'Qué retention policies se copian',
  },
  measurements: { title: 'Measurements', description: 'Qué measurements se copian' },
  include: {
    title: 'Solo estos',
    description:
      'Nombres que se copian: `*` vale por cualquier cosa, `?` por un carácter; todos si la lista está vacía',
  },
  exclude: {
    title: 'Excluir',
    description: 'Nombres que se excluyen, aunque la otra lista los incluya',
  },
  fields: {
    title: 'Campos',
    description: 'Qué campos de algunas measurements se copian; de las demás, todos los campos',
  },
  'fields.measurement': {
    title: 'Measurement',
    description: 'Nombre o patrón de las measurements a las que se aplica',
  },
  'fields.types': {
    title: 'Tipos',
    description: 'Solo campos de estos tipos; de todos los tipos si la lista está vacía',
    values: { float: 'float', integer: 'integer', string: 'string', boolean: 'boolean' },
  },
  tags: {
    title: 'Tags',
    description: 'Copia solo las series cuyos tags tienen, o no tienen, esos valores',
  },
  'tags.tag': { title: 'Tag', description: 'Clave del tag' },
  'tags.include': {
    title: 'Solo estos valores',
    description:
      'Valores que se copian: `*` vale por cualquier cosa, `?` por un carácter; todos si la lista está vacía',
  },
  'tags.exclude': { title: 'Excluir', description: 'Valores que se excluyen' },
  range: { title: 'Intervalo de tiempo', description: 'Copia solo los puntos de este tiempo' },
  'range.from': { title: 'Desde', description: 'Primer instante que se copia' },
  'range.to': { title: 'Hasta', description: 'Primer instante que ya no se copia' },
  continuousQueries: {
    title: 'Continuous queries',
    description:
      'Crea las continuous queries del origen tras una copia de todo; las copias de lo que ha cambiado las omiten, porque calcularían a partir de datos que aún no han llegado',
  },
  relay: {
    title: 'Copiar shards enteros',
    description:
      'Si una base de datos nueva se llena con shards enteros por el puerto de copias de seguridad, lo que es muchas veces más rápido; ambos nodos deben indicar ese puerto',
    values: { auto: 'Donde sea posible', never: 'Nunca' },
  },
  pageSize: {
    title: 'Puntos por bloque',
    description: 'Cuántos puntos reúne el origen antes de enviarlos',
  },
  maxPointsPerSecond: {
    title: 'Puntos por segundo',
    description:
      'Cuántos puntos se copian como máximo en un segundo, para no cargar los servidores; sin límite si no se indica',
  },
  pauseBetweenWindowsMs: {
    title: 'Pausa entre ventanas',
    description: 'Cuánto descansa cada lector después de una ventana, para no cargar los servidores',
  },
}

export const esPhrases: Translated<typeof en> = {
  'step.check-servers': 'Comprobar el origen y el destino',
  'step.prepare-destination': 'Preparar el destino',
  'step.relay-shards': 'Copiar shards enteros',
  'step.copy-windows': 'Copiar y comparar',
  'step.continuous-queries': 'Crear las continuous queries',

  'count.windows': 'ventanas',
  'count.copied': 'ventanas copiadas',
  'count.unchanged': 'ventanas sin cambios',
  'count.points': 'puntos',
  'count.values': 'valores',
  'count.shards': 'shards copiados enteros',

  'guard.database-exists': 'En el destino ya hay una base de datos con este nombre',

  'plan.summary': {
    one: 'examinar {count} ventana',
    other: 'examinar {count} ventanas',
  },
  'plan.databases': {
    one: 'en {count} base de datos',
    other: 'en {count} bases de datos',
  },
  'plan.database': 'copiar la base de datos {database} en {target}',
  'plan.relay':
    'shards enteros por el puerto de copias de seguridad: la base de datos es nueva y ambos nodos indican ese puerto',
  'plan.fill': 'todo por HTTP, ventana por ventana',
  'plan.compare':
    'compara por HTTP lo que puede haber cambiado y copia lo que difiere: {changed} de {shards} shards',
  'plan.compareAll': 'compara cada ventana por HTTP y copia las que difieren',
  'plan.nothing':
    'nada que hacer: el origen no ha escrito en ninguno de los {shards} shards desde la última ejecución',
  'plan.leftover':
    'una copia anterior de shards completos se interrumpió: la base de datos {target}, que había creado, se elimina y se crea de nuevo',
  'plan.resumed': 'continúa una copia inacabada, ventanas ya terminadas: {count}',
  'plan.severalTypes':
    'el campo {field} de {measurement} ({policy}) tiene los tipos {types} en distintos shards: cada shard conserva el suyo',
  'plan.severalTypesReason': 'una consulta nunca lee shards de tipos distintos',
  'plan.policyDiffers': 'la retention policy {policy} se queda como está en el destino',
  'plan.policyDurations':
    'allí conserva {kept} y en el origen {original}: lo que es más antiguo que la duración más corta no se copia',

  'why.new': 'la base de datos es nueva en el destino',
  'why.empty': 'la base de datos está vacía en el destino',
  'why.noPort': 'al menos un nodo no indica un puerto de copias de seguridad',
  'why.portSilent': 'el puerto de copias de seguridad no responde en {node}',
  'why.limited': 'el trabajo limita los puntos por segundo',
  'why.otherServer': 'el puerto de copias de seguridad de {node} es de otro servidor',
  'why.selection': 'el trabajo copia una parte de la base de datos',
  'why.never': 'así lo indica el trabajo',
  'why.full': 'el trabajo lo copia todo cada vez',
  'why.firstRun': 'no se sabe nada de una copia anterior',
  'why.restarted': 'una copia de ella no se terminó',

  'found.exists':
    'La base de datos {target} ya está en el destino, número de sus measurements: {count}; los puntos con la misma serie y marca de tiempo se sobrescriben.',

  'run.current': '{measurement} ({policy})',
  'run.summary': 'se copiaron {copied} de {windows} ventanas; {points} puntos son iguales en ambos extremos',
  'run.relayed': 'se copiaron {shards} shards completos',
  'run.nothingNew': 'nada ha cambiado desde la última ejecución',
  'run.summaryUnproved': 'se copiaron {copied} de {windows} ventanas, {points} puntos; no se comparó nada',
  'run.queriesOneServer':
    'El origen y el destino son un mismo servidor: las continuous queries se omitieron, porque escribirían en los originales.',
  'run.queryDiffers': 'La continuous query {name} tiene otro texto en el destino y se queda como está.',
  'run.moreMeasurements': {
    one: 'El destino contiene {count} measurement que el origen no tiene: {names}.',
    other: 'El destino contiene {count} measurements que el origen no tiene: {names}.',
  },
  'run.notCompared': 'No se comparó nada: el trabajo indica verify: false.',
  'run.surplus': {
    one: 'El destino contiene más que el origen en {count} ventana: {names}. Lo que se eliminó en el origen sigue en el destino, o alguien más escribe en él.',
    other:
      'El destino contiene más que el origen en {count} ventanas: {names}. Lo que se eliminó en el origen sigue en el destino, o alguien más escribe en él.',
  },
}
