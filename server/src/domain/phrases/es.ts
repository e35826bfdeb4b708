import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const es: Translated<typeof en> = {
  'step.plan': 'Planificar',
  'step.verify': 'Verificar el punto de restauración',
  'step.prune': 'Eliminar lo que la retención no conserva',
  'count.removedPoints': 'puntos de restauración eliminados',
  'count.good': 'intactos',
  'count.damaged': 'dañados',
  'count.checkedItems': 'elementos verificados',
  'count.checkedBytes': 'bytes verificados',

  'check.summary': {
    one: '{good} de {count} punto de restauración coincide con su manifiesto',
    other: '{good} de {count} puntos de restauración coinciden con sus manifiestos',
  },
  'warning.pointGone': 'El punto de restauración {point} del {takenAt, date} ya no está en la bóveda',

  'waiting.window': 'su franja horaria, que se abre el {opensAt, date}',
  'waiting.workerStopped': 'un worker, porque el anterior se detuvo; la ejecución se planifica de nuevo',
  'waiting.attempt': 'intento {next} de {attempts} dentro de {pause, duration}: {error}',
  'waiting.lock': '{lock}: ocupado por {holder}',
  'waiting.lockOfRun': '{lock}: ocupado por {run} del trabajo {job}',
  'waiting.lockFull': '{lock}: {held} de {limit} ejecuciones, {holders}',
  'waiting.lockQueue': '{lock}: {run} espera desde hace más tiempo',

  'retention.noRules': 'sin reglas de retención: no se elimina nada',
  'retention.noneGood': 'no existe ningún punto de restauración bueno: no se elimina nada',
  'retention.newestGood': 'el punto de restauración bueno más reciente se conserva siempre',
  'retention.newestComplete': 'el punto de restauración completo más reciente se conserva siempre',
  'retention.newestDamaged': 'dañado, pero no existe un punto de restauración bueno más reciente',
  'retention.protected': 'protegido',
  'retention.inUse': 'en uso por una restauración o verificación',
  'retention.besideByHand': 'una regla lo conservaría sin las ejecuciones iniciadas a mano',
  'retention.ahead': 'con fecha futura: el reloj estaba mal cuando se creó',
  'retention.unwanted': 'ninguna regla lo pide',
  'retention.damaged': 'no superó la verificación y existe un punto de restauración bueno más reciente',
  'retention.last': 'último {place} de {count}',
  'retention.hourly': 'el más reciente de {period} (cada hora, {place} de {count})',
  'retention.daily': 'el más reciente de {period} (diario, {place} de {count})',
  'retention.weekly': 'el más reciente de {period} (semanal, {place} de {count})',
  'retention.monthly': 'el más reciente de {period} (mensual, {place} de {count})',
  'retention.yearly': 'el más reciente de {period} (anual, {place} de {count})',
}
