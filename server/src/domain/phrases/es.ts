import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const es: Translated<typeof en> = {
  'step.wait-for-others': 'Esperar a otros programas',
  'step.plan': 'Planificar',
  'step.find-disk': 'Buscar el disco',
  'step.check-disk': 'Preguntar al disco por su estado',
  'step.check-disk-again': 'Preguntar otra vez al disco por su estado',
  'step.mount-disk': 'Montar el disco',
  'step.unlock-and-mount': 'Desbloquear y montar el disco cifrado',
  'step.flush-disk': 'Escribir todo en el disco',
  'step.unmount-disk': 'Desmontar el disco',
  'step.mount-read-only': 'Montar el disco solo para lectura, para comprobarlo',
  'step.mount-again': 'Volver a montar el disco',
  'step.read-back': 'Releer lo último que se escribió',
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
  'warning.staleLock':
    'en el disco «{disk}» quedaba un archivo de bloqueo: una ejecución anterior se interrumpió. Su copia incompleta se comprueba y se continúa',
  'warning.lockGone':
    'otra persona o programa quitó el archivo de bloqueo del disco «{disk}» durante la ejecución',
  'warning.diskFailing': 'el disco «{disk}» avisa de que va a fallar (SMART): sustitúyalo pronto',
  'warning.diskWorse':
    'el disco «{disk}» abandonó {count} sectores más durante esta ejecución: se está desgastando, sustitúyalo pronto',
  'warning.littleSpace':
    'solo quedan {free, bytes} en el almacén, menos de los {wanted, bytes} deseados: la próxima copia podría no caber',
  'warning.pointGone': 'El punto de restauración {point} del {takenAt, date} ya no está en la bóveda',
  'warning.lockFileIgnored':
    'el archivo de bloqueo {file} de otro programa tiene {age, duration}: se tomó por un resto y se ignoró',
  'warning.lockFileRemoved':
    'el archivo de bloqueo {file} de otro programa tenía {age, duration}: se tomó por un resto y se eliminó',
  'warning.lockFileStays': 'el archivo de bloqueo sobrante {file} no se pudo eliminar: {reason}',
  'warning.ownLockFileLeft':
    'el archivo de bloqueo propio {file} lo dejó la ejecución {run} en {host}, que no terminó como debía; se ha tomado a cargo',
  'warning.ownLockFileEmpty':
    'el archivo de bloqueo propio {file} ya estaba, pero vacío: probablemente la última ejecución no terminó como debía; se ha tomado a cargo',
  'warning.ownLockFileGone':
    'el archivo de bloqueo propio {file} ya no estaba al final: otra persona o programa lo eliminó o sustituyó, y entretanto otro programa pudo trabajar',
  'warning.ownLockFileStuck':
    'el archivo de bloqueo propio {file} no se pudo eliminar: {reason}. Los demás programas siguen esperándolo; se intentará más tarde',

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
