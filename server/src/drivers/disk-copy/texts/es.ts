import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const es: SchemaTexts = {
  '.': {
    title: 'Copiar una carpeta en un disco',
    description: 'Estados completos que comparten los archivos sin cambios',
  },
  source: { title: 'Origen', description: 'Ruta absoluta de la carpeta que se copia' },
  exclude: {
    title: 'Excluir',
    description: 'Patrones de rsync(1) para lo que se excluye; uno que empieza por / parte del origen',
  },
  oneFileSystem: {
    title: 'Un solo sistema de archivos',
    description: 'Si se activa, se excluyen los sistemas de archivos montados por debajo del origen',
  },
  bandwidthLimit: {
    title: 'Límite de ancho de banda',
    description: 'Bytes por segundo que la copia puede usar como máximo; sin límite si no se indica',
  },
  generations: {
    title: 'Generaciones',
    description:
      'Cómo están varios estados en el disco: completos, que comparten por enlaces duros los archivos sin cambios, o instantáneas Btrfs, que comparten también las partes sin cambios de los archivos; automático usa instantáneas donde el disco es Btrfs. Un espejo es un solo estado, convertido en el siguiente: para discos pequeños, y sin un punto de restauración válido mientras dura una ejecución',
    values: {
      auto: 'Automático',
      'hard-links': 'Enlaces duros',
      snapshots: 'Instantáneas Btrfs',
      mirror: 'Espejo',
    },
  },
  compare: {
    title: 'Comparar por',
    description:
      'Cómo se reconoce un archivo modificado: por tamaño y hora, o leyendo cada archivo en ambos lados, lo que con terabytes tarda horas; solo para programas que modifican archivos y conservan tamaño y hora',
    values: { times: 'Tamaño y hora', contents: 'Contenido' },
  },
  hash: {
    title: 'Guardar los resúmenes criptográficos',
    description:
      'Guarda el SHA-256 de cada archivo, para que una verificación pueda probar el contenido; si se desactiva, se ahorra la lectura',
  },
  guards: {
    title: 'Salvaguardas',
    description:
      'Cuántos cambios requieren el visto bueno de una persona antes de que una ejecución continúe',
  },
  'guards.deletedPercent': {
    title: 'Parte de archivos eliminados',
    description:
      'La ejecución se retiene cuando falta más de esta parte de los archivos del último punto de restauración, en porcentaje',
  },
  'guards.changedPercent': {
    title: 'Parte de archivos modificados',
    description:
      'La ejecución se retiene cuando ha cambiado más de esta parte de los archivos, en porcentaje',
  },
  'guards.newExtensionPercent': {
    title: 'Parte de extensiones nuevas',
    description:
      'La ejecución se retiene cuando los archivos se han sustituido por más de esta parte de archivos que llevan todos una extensión nueva, como .locked, en porcentaje',
  },
  'guards.minFiles': {
    title: 'Número mínimo de archivos',
    description:
      'Las partes no se tienen en cuenta mientras el último punto de restauración tenga menos archivos',
  },
  'restore.existing': {
    title: 'Si ya hay archivos',
    description:
      'Qué hacer cuando el destino no está vacío: rechazar o sobrescribir los archivos del mismo nombre. Los demás archivos no se tocan nunca',
    values: { refuse: 'Rechazar', overwrite: 'Sobrescribir' },
  },
}

export const esPhrases: Translated<typeof en> = {
  'step.check-source-and-vault': 'Comprobar el origen y la bóveda',
  'step.lock-job': 'Bloquear el trabajo en la bóveda',
  'step.finish-earlier-runs': 'Terminar lo que dejaron ejecuciones anteriores',
  'step.check-free-space': 'Comprobar el espacio libre',
  'step.check-unfinished-copy': 'Comprobar la copia inacabada',
  'step.prepare-copy': 'Preparar la copia',
  'step.copy': 'Copiar',
  'step.write-to-disk': 'Escribirlo todo en el disco',
  'step.list-and-hash': 'Listar y calcular los resúmenes',
  'step.commit': 'Dar por válido el punto de restauración',
  'step.compare-with-listings': 'Comparar con los listados',
  'step.take-out-of-list': 'Quitar el punto de restauración de la lista',
  'step.delete-files': 'Eliminar sus archivos',
  'step.check-point-and-target': 'Comprobar el punto de restauración y el destino',
  'step.compare-with-point': 'Comparar con el punto de restauración',

  'count.new': 'nuevos',
  'count.changed': 'modificados',
  'count.deleted': 'eliminados',
  'count.files': 'archivos',
  'count.leftOut': 'omitidos',
  'count.items': 'elementos restaurados',
  'count.overwritten': 'sobrescritos',

  'guard.source-empty': 'El origen está vacío',
  'guard.mass-deletion': 'Faltan más archivos de lo habitual',
  'guard.mass-change': 'Han cambiado más archivos de lo habitual',
  'guard.new-extension': 'Muchos archivos se han sustituido por otros con una extensión nueva',
  'guard.source-unmounted': 'En el origen hay otro sistema de archivos',
  'guard.source-unreadable': 'Una parte del origen no se puede leer',

  'plan.changes': 'Archivos: {created} nuevos, {changed} modificados, {deleted} eliminados',
  'plan.incremental': 'incremental desde el {takenAt, date}',
  'plan.full': 'completa: no hay ningún punto de restauración anterior',
  'plan.continued': 'continúa una copia inacabada, una vez comparada con el origen',
  'plan.compared':
    'se comparan los contenidos, porque el último punto de restauración no superó su verificación',
  'plan.comparedAlways': 'se comparan los contenidos, como indica el trabajo',
  'plan.beside':
    'junto a lo que hay: un espejo solo ocupa el lugar del último punto de restauración cuando este no está protegido ni comparte archivos con otro',
  'plan.replace': 'sustituir el punto de restauración del {takenAt, date}',
  'plan.replaceReason':
    'la única copia de este disco se pone al día: mientras dure la ejecución, el disco no tiene un punto de restauración válido',
  'plan.attributesSet': 'ajustar archivos: {files}',
  'plan.copy': 'copiar {source}',
  'plan.newFiles': 'copiar archivos nuevos: {files}',
  'plan.newReason': 'no están en el último punto de restauración',
  'plan.changedFiles': 'copiar archivos modificados: {files}',
  'plan.changedReason': 'tamaño o fecha diferentes',
  'plan.attributeFiles': 'reescribir archivos: {files}',
  'plan.attributeReason': 'propietario, permisos o atributos diferentes',
  'plan.deletedFiles': 'omitir archivos: {files}',
  'plan.deletedReason': 'eliminados en el origen',

  'found.noFiles': 'El origen no contiene archivos: ¿es la carpeta correcta y está montado su disco?',
  'found.emptied': {
    one: 'El origen está vacío; el último punto de restauración tiene {count} archivo.',
    other: 'El origen está vacío; el último punto de restauración tiene {count} archivos.',
  },
  'found.deleted':
    'Faltan {gone} de los {files} archivos del último punto de restauración ({share, percent}).',
  'found.changed':
    'Han cambiado {changed} de los {files} archivos del último punto de restauración ({share, percent}).',
  'found.where': 'La mayoría en las carpetas {folders}; extensiones: {extensions}.',
  'found.newExtension':
    '{files} archivos nuevos llevan la extensión {extension}, que ningún archivo del último punto de restauración tiene, y faltan {gone} archivos. La mayoría en las carpetas {folders}.',
  'found.unmounted':
    'En el último punto de restauración {mountPoint} estaba montado desde {was}; ahora el origen está en {is}.',
  'found.unreadable': {
    one: 'No se pudo leer la carpeta {names}: se omite con todo lo que contiene.',
    other: 'No se pudieron leer {count} carpetas, cada una se omite con todo lo que contiene: {names}',
  },

  'run.summary': {
    one: 'se copiaron {moved, bytes}; el punto de restauración contiene {count} archivo',
    other: 'se copiaron {moved, bytes}; el punto de restauración contiene {count} archivos',
  },
  'run.noFiles': 'El punto de restauración no contiene archivos.',
  'run.notRemoved':
    'Una parte del origen no se pudo leer: la copia conserva lo que tenía de ella y puede contener más cosas que ya no están en el origen.',
  'run.vanished': {
    one: '{count} archivo se eliminó del origen mientras se leía.',
    other: '{count} archivos se eliminaron del origen mientras se leía.',
  },
  'run.leftOut': {
    one: 'No se pudo copiar {count} archivo: {names}',
    other: 'No se pudieron copiar {count} archivos: {names}',
  },
  'run.unlisted': {
    one: '{count} ruta es demasiado larga para el listado; ni ella ni lo que contiene se verifica: {names}',
    other:
      '{count} rutas son demasiado largas para el listado; ni ellas ni lo que contienen se verifica: {names}',
  },
  'run.notDeleted': 'No se pudo eliminar {name} de una ejecución anterior, que ocupa espacio: {reason}',
  'verify.noHashes':
    'No se verificó ningún contenido: el trabajo no guarda resúmenes criptográficos (`hash: false`).',

  'restore.plan': 'escribir {written} archivos y sobrescribir {overwritten} en {target}',
  'restore.everything': 'restaurarlo todo',
  'restore.paths': 'restaurar {paths}',
  'restore.from': 'desde {location}',
  'restore.overwrite': 'sobrescribir archivos: {files}',
  'restore.overwriteReason': 'difieren del punto de restauración',
  'restore.summary': {
    one: '{count} elemento restaurado en {target} y comparado',
    other: '{count} elementos restaurados en {target} y comparados',
  },
  'restore.noOwners':
    'No se restauraron los propietarios: hace falta un worker que se ejecute como root o tenga CAP_CHOWN.',
}
