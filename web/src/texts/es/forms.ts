import type { forms as english } from '../en/forms.ts'
import type { Same } from '../same.ts'

export const forms: Same<typeof english> = {
  advanced_one: 'Un ajuste más',
  advanced_other: '{{count}} ajustes más',
  saved: '{{name}} está guardado.',
  updated: 'Modificado',
  problem: {
    required: 'Esto es necesario.',
    pattern: 'No tiene la forma necesaria.',
    patternLike: 'No tiene la forma necesaria, por ejemplo {{example}}.',
    range: 'Este número es demasiado pequeño o demasiado grande.',
    json: 'Todavía no es JSON válido.',
  },
  zone: {
    here: 'Usar la de este navegador: {{zone}}',
  },
  texts: {
    placeholder: 'Escribir y luego Intro',
  },
  reference: {
    choose: 'Elegir',
    nothing: 'Nada con este nombre',
    create: 'Crear uno nuevo (en otra pestaña)',
  },
  list: {
    item: 'Número {{number}}',
    add: 'Añadir',
    remove: 'Quitar el número {{number}}',
  },
  map: {
    name: 'Nombre',
    remove: 'Quitar {{name}}',
  },
  secret: {
    where: 'De dónde se lee',
    new: 'Introducir un secreto nuevo',
    name: 'Nombre del secreto',
    nameHint: 'Minúsculas, cifras y . _ - como smtp-password',
    value: 'Valor',
    valueHint: 'Se guarda cifrado; no se vuelve a mostrar a nadie.',
    keep: 'Guardar',
    cancel: 'Cancelar',
    kept: 'El secreto {{name}} está guardado.',
  },
  bay: {
    choose: 'Elegir un disco conectado',
    title: 'Conectados ahora',
    hint: 'Conecte el disco: aparece aquí por sí solo.',
    nothing: 'No hay nada conectado que tenga un sistema de archivos.',
    at: 'Conectado a {{host}} como {{device}}',
    noLabel: 'Sin etiqueta',
    encrypted: 'Cifrado (LUKS)',
    encryptedHint: 'Introduzca abajo su frase de contraseña, para que las ejecuciones puedan abrirlo.',
    unsuited:
      'Este sistema de archivos no puede guardar todo lo que necesita una copia: formatee el disco con ext4, XFS o Btrfs.',
    obstacle: {
      system: 'Lleva el sistema de la máquina: nunca se usa para copias.',
      taken: 'Pertenece a la bóveda {{vault}}.',
      listed: 'Ya está en este formulario.',
      twice: 'Dos dispositivos llevan este UUID: desconecte antes la copia.',
    },
  },
  cron: {
    examples: 'Horarios listos',
    hourly: 'Cada hora',
    fourHours: 'Cada 4 horas',
    nightly: 'Cada noche a las 2:30',
    workdays: 'De lunes a viernes a las 22:00',
    sundays: 'Los domingos a las 3:00',
    monthly: 'El día 1 a las 4:00',
    next: 'Las próximas veces ({{zone}})',
  },
  remove: {
    title: '¿Eliminar {{name}}?',
    hint: 'Solo se elimina la configuración; no se toca ningún punto de restauración. No se puede eliminar aquello a lo que otros objetos se refieren.',
    done: '{{name}} está eliminado.',
  },
  changes: {
    title: 'Cambios',
    created: 'Creado',
    changed: 'Modificado',
    deleted: 'Eliminado',
    revision: 'Revisión {{number}}',
    nothing: 'Nada difiere de antes',
    before: 'Antes',
    after: 'Después',
    absent: 'sin definir',
  },
}
