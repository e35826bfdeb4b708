import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { vaultEn } from './en.ts'

/** Of the options of a restore. */
export const restoreEs: SchemaTexts = {
  'restore.existing': {
    title: 'Si la base de datos contiene datos',
    description:
      'Qué hacer cuando la base de datos existe y contiene datos: rechazar, o restaurar dentro de ella; los puntos de la misma serie e instante se sobrescriben, todos los demás se quedan; VictoriaMetrics recibe solo lo que falta, y de InfluxDB 2.x y 3.x no se mira qué contienen',
    values: { refuse: 'Rechazar', merge: 'Restaurar dentro' },
  },
  'restore.measurements': { title: 'Measurements', description: 'Qué measurements restaurar' },
  'restore.retentionPolicies': {
    title: 'Retention policies',
    description: 'Qué retention policies restaurar',
  },
  'restore.range': {
    title: 'Intervalo de tiempo',
    description: 'Restaura solo los puntos de este intervalo',
  },
  'restore.keep': {
    title: 'Conservación de lo que se crea',
    description:
      'Cuánto tiempo guardan los puntos las retention policies que crea la restauración: como antes, o para siempre, para puntos que ya son más antiguos; solo InfluxDB 1.x tiene esas policies',
    values: { original: 'Como antes', forever: 'Para siempre' },
  },
  'restore.continuousQueries': {
    title: 'Continuous queries',
    description: 'Crea las continuous queries tras una restauración completa; solo en InfluxDB 1.x',
  },
}

export const vaultEs: Translated<typeof vaultEn> = {
  'step.check-source': 'Comprobar el origen',
  'step.lock-job': 'Bloquear el trabajo en la bóveda',
  'step.finish-earlier-runs': 'Terminar lo que dejaron ejecuciones anteriores',
  'step.compare-with-last': 'Ver qué ha cambiado desde el último punto de restauración',
  'step.check-free-space': 'Comprobar el espacio libre',
  'step.save-windows': 'Guardar lo que ha cambiado',
  'step.write-to-disk': 'Escribirlo todo en el disco',
  'step.commit': 'Dar por válidos los puntos de restauración',
  'step.compare-with-listings': 'Comparar con los listados',
  'step.take-out-of-list': 'Quitar el punto de restauración de la lista',
  'step.delete-files': 'Eliminar sus archivos',
  'step.check-point-and-target': 'Comprobar el punto de restauración y el destino',
  'step.restore-windows': 'Restaurar y comparar',

  'guard.source-empty': 'El origen está vacío',

  'vault.planSummary': { one: 'leer {count} ventana', other: 'leer {count} ventanas' },
  'vault.planDatabase': 'guardar la base de datos {database} en la bóveda {vault}',
  'vault.everything': 'se lee todo',
  'vault.changed':
    'lee lo que puede haber cambiado: {changed} de {shards} grupos de shards; todos los demás se comparten con {location}',
  'vault.shared': 'las ventanas con el mismo contenido que en {location} comparten sus archivos',
  'vault.whyFirst': 'no hay un punto de restauración anterior en el que apoyarse',
  'vault.whyUnknown':
    'el trabajo lee algo distinto que para el último punto de restauración, o se ha perdido lo que este sabía del origen',
  'vault.notDeleted': 'No se pudo eliminar {name} de una ejecución anterior, que ocupa espacio: {reason}',
  'vault.summary':
    '{copied} ventanas guardadas, {moved, bytes}, y {unchanged} compartidas; los puntos de restauración contienen {points} puntos',
  'vault.lacking': {
    one: 'En el punto de restauración de la base de datos {database} falta {count} ventana, que no se pudo leer; no está completo: {names}',
    other:
      'En el punto de restauración de la base de datos {database} faltan {count} ventanas, que no se pudieron leer; no está completo: {names}',
  },
  'vault.notSaved':
    'De la base de datos {database} no hay punto de restauración, porque no se pudo leer ninguna de sus ventanas: {names}',
  'vault.rotten': {
    one: '{count} archivo del punto de restauración {location} no es lo que se guardó y se guardó de nuevo: compruebe entero ese punto de restauración, y los que comparten archivos con él: {names}',
    other:
      '{count} archivos del punto de restauración {location} no son lo que se guardó y se guardaron de nuevo: compruebe entero ese punto de restauración, y los que comparten archivos con él: {names}',
  },
  'found.emptied':
    'La base de datos {database} está vacía; su último punto de restauración tiene {count} archivos.',
  'found.nothingLeft':
    'La base de datos {database} ya no tiene nada de lo que guarda el trabajo; su último punto de restauración tiene {count} archivos.',

  'restore.plan': {
    one: 'restaurar {count} ventana en {target}',
    other: 'restaurar {count} ventanas en {target}',
  },
  'restore.everything': 'restaurar la base de datos entera',
  'restore.part': 'restaurar una parte de la base de datos, número de measurements: {measurements}',
  'restore.from': 'desde {location}',
  'restore.new': 'la base de datos es nueva allí',
  'restore.merge':
    'en la base de datos que ya existe: los puntos de la misma serie e instante se sobrescriben',
  'restore.policy': 'crear la retention policy {policy}',
  'restore.policyFacts': 'conserva {duration}, en shards de {shardDuration}',
  'restore.policyStays': 'la retention policy {policy} se queda allí como está',
  'restore.tooOld': { one: 'omitir {count} ventana', other: 'omitir {count} ventanas' },
  'restore.tooOldReason':
    'la retention policy {policy} conserva {duration}, y son más antiguas: el servidor las rechazaría',
  'restore.summary': 'restauradas y comparadas {windows} ventanas, {points} puntos, en {target}',
  'restore.skipped': {
    one: 'En {count} ventana se omitieron puntos del todo o en parte: son más antiguos de lo que conserva la retention policy.',
    other:
      'En {count} ventanas se omitieron puntos del todo o en parte: son más antiguos de lo que conserva la retention policy.',
  },
  'restore.queryLeft':
    'La continuous query {name} se omitió: escribe en otra base de datos o contiene más de una instrucción.',
  'restore.queryKept': 'La continuous query {name} ya está allí y se queda como está.',
  'restore.lacking': {
    one: 'Al punto de restauración le falta {count} ventana de la base de datos, que no se pudo leer cuando se creó.',
    other:
      'Al punto de restauración le faltan {count} ventanas de la base de datos, que no se pudieron leer cuando se creó.',
  },
  'restore.lackingReason': 'no está completo: su manifiesto nombra lo que falta',
  'restore.surplus': {
    one: 'En {count} ventana la base de datos contiene más que el punto de restauración, así que allí no se puede probar la igualdad: {names}',
    other:
      'En {count} ventanas la base de datos contiene más que el punto de restauración, así que allí no se puede probar la igualdad: {names}',
  },
}
