import type { SchemaTexts } from '@holdfast/contract'

const KINDS = {
  server: 'Servidores del sistema de copias',
  storage: 'Almacenamientos',
  job: 'Trabajos',
  machine: 'Máquinas protegidas',
  database: 'Bases de datos',
  folder: 'Carpetas',
}

export const configEs: SchemaTexts = {
  '.': {
    title: 'Mantener al día una CMDB',
    description:
      'Escribe en una CMDB el inventario de un sistema de copias y no sobrescribe nada que cuide una persona',
  },
  source: { title: 'Origen', description: 'Qué se escribe en la CMDB' },
  'source.system': {
    title: 'Inventario',
    description:
      'De quién es el inventario que se escribe en la CMDB: de un servidor Veeam, o de todo aquello de lo que se ocupa este Holdfast',
    values: { veeam: 'Veeam Backup & Replication', holdfast: 'El propio Holdfast' },
  },
  'source.node': { title: 'Servidor Veeam', description: 'Nombre del servidor Veeam cuyo inventario se lee' },
  infrastructure: {
    title: 'Infraestructura',
    description: 'La tarjeta que representa el sistema de copias',
  },
  'infrastructure.code': {
    title: 'Código',
    description: 'Código de la tarjeta que representa el conjunto: si falta, VEEAM-BACKUP o HOLDFAST',
  },
  'infrastructure.name': {
    title: 'Nombre',
    description: 'Su nombre cuando se crea; CMDBuild rechaza el mismo para dos infraestructuras',
  },
  'infrastructure.type': {
    title: 'Tipo',
    description: 'Código de su tipo entre los valores de lookup de la CMDB: si falta, VeeamBackup o Holdfast',
  },
  include: {
    title: 'Solo estas máquinas',
    description:
      'Nombres de máquinas, bases de datos y carpetas que se toman: `*` equivale a cualquier cosa, `?` a un carácter; todos si la lista está vacía',
  },
  exclude: {
    title: 'Excluir',
    description: 'Nombres de máquinas, bases de datos y carpetas que se excluyen, aunque estén incluidos',
  },
  leaveOut: {
    title: 'Clases de elementos que se excluyen',
    description: 'Clases de elementos que no se escriben',
    values: KINDS,
  },
  relations: {
    title: 'Relaciones',
    description: 'Qué relaciones se mantienen',
    values: {
      'in-infrastructure': 'Lo que pertenece a la infraestructura',
      'job-on-storage': 'Del trabajo a su almacenamiento',
      'machine-in-job': 'De la máquina a sus trabajos',
      'machine-by-proxy': 'De la máquina a su proxy',
    },
  },
  shortNames: {
    title: 'Nombres cortos',
    description:
      'Qué hacer con una máquina que el origen conoce sin dominio, `mail01`, si hay una tarjeta cuyo nombre de host completo empieza así, `mail01.example.org`',
    values: {
      report: 'No escribir nada e informar',
      match: 'Tomar la tarjeta',
      ignore: 'Crear otra tarjeta',
    },
  },
  onAmbiguous: {
    title: 'Si encajan varias tarjetas',
    description: 'Qué hacer con un elemento que varias tarjetas podrían representar',
    values: {
      report: 'No escribir nada e informar',
      create: 'Crear otra tarjeta',
      first: 'Tomar la más antigua',
    },
  },
  backupsOfLast: {
    title: 'Copias de los últimos',
    description:
      'Hasta cuándo se leen hacia atrás los puntos de restauración de Veeam para la hora de la última copia; de una más antigua la CMDB conserva lo que tiene',
  },
  sizeTolerancePercent: {
    title: 'Tolerancia de los tamaños',
    description: 'Los tamaños que difieren en menos de este porcentaje se quedan como están',
  },
  orphans: {
    title: 'Lo que ya no está',
    description: 'Qué ocurre con las tarjetas cuyo elemento ya no está',
  },
  'orphans.action': {
    title: 'Qué hacer',
    description:
      'Qué hacer con las tarjetas cuyo elemento ya no está: `mark` cambia el estado de las tarjetas creadas y vacía lo que se escribió en las demás, `unlink` las saca de la infraestructura, `delete` elimina las tarjetas creadas, `ignore` no hace nada',
    values: { mark: 'Marcarlas', unlink: 'Desvincularlas', delete: 'Eliminarlas', ignore: 'Dejarlas' },
  },
  'orphans.afterRuns': {
    title: 'Tras cuántas ejecuciones',
    description: 'En cuántas ejecuciones seguidas debe faltar un elemento',
  },
  'orphans.afterDays': {
    title: 'Tras cuántos días',
    description: 'Durante cuántos días debe faltar además',
  },
  'orphans.holdAbove': {
    title: 'Retener por encima de',
    description: 'Una ejecución que trataría así más tarjetas de una clase espera a una persona',
  },
  'orphans.holdAbovePercent': {
    title: 'Retener por encima de (por ciento)',
    description: 'Lo mismo como parte de las tarjetas de esa clase; cuenta el mayor de los dos',
  },
  mapping: {
    title: 'Nombres en la CMDB',
    description: 'Clases, atributos y dominios, donde no son los de READY2USE',
  },
  'mapping.keyAttribute': {
    title: 'Atributo de la clave',
    description:
      'Atributo en el que cada tarjeta guarda lo que representa; con una clase que no lo tiene se trabaja solo por código y nombres',
  },
  'mapping.classes': { title: 'Clases', description: 'Nombres de las clases' },
  'classes.infrastructure': {
    title: 'Infraestructura',
    description: 'Clase de la tarjeta que representa el conjunto',
  },
  'classes.virtualServer': { title: 'Servidores virtuales', description: 'Clase de las máquinas virtuales' },
  'classes.physicalServer': { title: 'Servidores físicos', description: 'Clase de las máquinas físicas' },
  'classes.storage': { title: 'Almacenamientos', description: 'Clase de repositorios y vaults' },
  'classes.job': {
    title: 'Trabajos',
    description:
      'Clase de los trabajos de copia; si la CMDB no la tiene, la preparación la crea debajo de CI',
  },
  'classes.database': { title: 'Bases de datos', description: 'Clase de las bases de datos' },
  'mapping.infrastructureDomain': {
    title: 'Dominio de la infraestructura',
    description: 'Dominio de las relaciones entre la infraestructura y lo que le pertenece',
  },
  'mapping.dependencyDomain': {
    title: 'Dominio de las dependencias',
    description: 'Dominio de las relaciones que dicen qué depende de qué',
  },
  'mapping.attributes': {
    title: 'Atributos',
    description: 'Donde la CMDB llama de otro modo a los atributos, o valen otras reglas para ellos',
  },
  'attributes.of': {
    title: 'De',
    description: 'De qué clase de elemento',
    values: {
      infrastructure: 'Infraestructura',
      server: 'Servidor del sistema de copias',
      storage: 'Almacenamiento',
      job: 'Trabajo',
      machine: 'Máquina protegida',
      database: 'Base de datos',
      folder: 'Carpeta',
    },
  },
  'attributes.fact': {
    title: 'Dato',
    description: 'Qué se sabe de él',
    values: {
      name: 'Nombre',
      hostname: 'Nombre de host',
      address: 'Dirección',
      role: 'Papel',
      type: 'Tipo',
      status: 'Estado',
      description: 'Descripción',
      os: 'Sistema',
      path: 'Ruta',
      capacityGb: 'Capacidad (GB)',
      freeGb: 'Espacio libre (GB)',
      lastRun: 'Última ejecución',
      nextRun: 'Próxima ejecución',
      lastResult: 'Último resultado',
      lastBackup: 'Última copia',
      coverage: 'Cobertura',
      job: 'Trabajo',
      storage: 'Almacenamiento',
      code: 'Código',
      updatedAt: 'Hora del último cambio',
    },
  },
  'attributes.attribute': {
    title: 'Atributo',
    description: 'Nombre del atributo que lo recibe; si falta, el habitual',
  },
  'attributes.policy': {
    title: 'Regla',
    description: 'Cuándo se escribe; si falta, como de costumbre',
    values: {
      own: 'Siempre como dice el origen',
      fillIfEmpty: 'Solo donde no hay nada',
      createOnly: 'Solo en tarjetas nuevas',
      never: 'Nunca',
    },
  },
}
