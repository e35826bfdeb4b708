import type { SchemaTexts } from '@holdfast/contract'

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
  'guards.minFiles': {
    title: 'Número mínimo de archivos',
    description:
      'Las dos partes no se tienen en cuenta mientras el último punto de restauración tenga menos archivos',
  },
  'restore.existing': {
    title: 'Si ya hay archivos',
    description:
      'Qué hacer cuando el destino no está vacío: rechazar o sobrescribir los archivos del mismo nombre. Los demás archivos no se tocan nunca',
    values: { refuse: 'Rechazar', overwrite: 'Sobrescribir' },
  },
}
