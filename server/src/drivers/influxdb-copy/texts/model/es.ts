import type { Translated } from '@holdfast/contract'
import type { modelEn } from './en.ts'

export const modelEs: Translated<typeof modelEn> = {
  'plan.sendChanged': 'copia por HTTP los shards que pueden haber cambiado: {changed} de {shards}',

  'model.metrics': 'cada campo pasa a ser una métrica, como {example}, con la etiqueta db={target}',
  'model.numbers':
    'VictoriaMetrics guarda los tiempos al milisegundo (de varios puntos en uno, el último), las fracciones con 12 cifras, los enteros hasta 2^53, los booleanos como 0 y 1',
  'model.overwritten':
    'un punto que se sobrescribe en el origen tiene allí los dos números, uno borrado se queda',
  'model.adds': 'VictoriaMetrics solo añade muestras; las que ya están no se envían otra vez',
  'model.oneRetention': 'las retention policies y las continuous queries no se crean allí',
  'model.retention':
    'VictoriaMetrics guarda todo durante {retention}: lo que es anterior a {from} se deja fuera',
  'model.retentionUnknown':
    'VictoriaMetrics no dice cuánto tiempo guarda las muestras: descarta lo que es anterior, y la comparación lo muestra',
  'model.strings': 'quedan fuera: las cadenas de {names}',
  'model.numbersOnly': 'VictoriaMetrics solo guarda números',
  'model.policies': 'los puntos de las retention policies {names} reciben la etiqueta rp',
  'model.policiesReason': 'se mezclarían con los de la predeterminada',
  'model.sharedNames': 'varios measurements comparten las métricas {names}',
  'model.sharedReason': 'los nombres de measurement y campo se unen con un guion bajo',

  'model.notMade':
    'las bases de datos, las retention policies y las continuous queries no se crean allí: {names}',
  'model.bucketsOf2':
    'InfluxDB 2.x necesita para cada una un bucket y una asignación (DBRP) que le dé este nombre',
  'model.databasesOf3': 'InfluxDB 3.x crea una base de datos cuando recibe sus primeros puntos',
  'model.notCompared': 'no se compara nada',
  'model.noReadingBack': 'lo que InfluxDB 2.x y 3.x han recibido no se vuelve a leer',

  'run.cannotCompare':
    'No se ha comparado nada: lo que InfluxDB 2.x y 3.x han recibido no se vuelve a leer. El servidor ha confirmado cada envío.',
  'run.outside': {
    one: '{count} ventana está del todo o en parte fuera del tiempo que guarda el destino: lo que está fuera se ha omitido.',
    other:
      '{count} ventanas están del todo o en parte fuera del tiempo que guarda el destino: lo que está fuera se ha omitido.',
  },
  'run.surplusSamples': {
    one: 'VictoriaMetrics tiene más que el origen en {count} ventana: {names}. Guarda lo que en el origen se ha sobrescrito o borrado, o alguien más escribe allí.',
    other:
      'VictoriaMetrics tiene más que el origen en {count} ventanas: {names}. Guarda lo que en el origen se ha sobrescrito o borrado, o alguien más escribe allí.',
  },

  'step.check-files': 'Comprobar los archivos antes de enviar nada',
  'step.wait-for-disk': 'Esperar hasta que esté en el disco del destino',
  'restore.newLabel': 'VictoriaMetrics aún no tiene nada con la etiqueta db={target}',
  'restore.addNumbers':
    'VictoriaMetrics tiene series con esta etiqueta: solo se añade lo que falta; donde hay otro número, se queda, y la restauración falla',
  'restore.unseen': 'no se mira si contiene datos: los puntos de la misma serie e instante se sobrescriben',
  'restore.numbersCompared': 'cada número se vuelve a leer y se compara con los archivos',
  'restore.numbersAdded': 'VictoriaMetrics solo añade números; los que ya están no se envían otra vez',
  'restore.noStrings': 'quedan fuera: todas las cadenas; el informe nombra sus campos',
  'restore.outsideReason': '{policy}: el destino no guarda puntos tan antiguos',
  'restore.stringsLeft': 'Se han dejado fuera las cadenas de {names}: VictoriaMetrics solo guarda números.',
  'restore.summaryNumbers': 'restauradas y comparadas {windows} ventanas, {points} números, en {target}',
  'restore.summaryUnproved':
    'restauradas {windows} ventanas, {points} puntos, en {target}; no se ha comparado nada',
}
