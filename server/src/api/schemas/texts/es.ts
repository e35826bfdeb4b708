import type { SchemaTexts } from '@holdfast/contract'

const DAYS = {
  mon: 'Lunes',
  tue: 'Martes',
  wed: 'Miércoles',
  thu: 'Jueves',
  fri: 'Viernes',
  sat: 'Sábado',
  sun: 'Domingo',
}
const MESSAGE_ZONE = { title: 'Zona horaria', description: 'Zona en la que el mensaje indica fechas y horas' }

export const es: SchemaTexts = {
  name: {
    title: 'Nombre',
    description:
      'Un nombre que no lleve ningún otro del mismo tipo y que no parezca un id (job_0123456789ab); los demás lo citan por él',
  },
  description: { title: 'Descripción', description: 'Una nota para las personas' },
  enabled: { title: 'Activo', description: 'Desactivado (`false`), se conserva pero no hace nada' },
  kind: {
    title: 'Tipo',
    description: 'De qué tipo es',
    values: { 'disk-set': 'Juego de discos', directory: 'Directorio', webhook: 'Webhook', mail: 'Correo' },
  },
  timeZone: { title: 'Zona horaria', description: 'Una zona de la lista IANA' },

  'vaults.directory': {
    title: 'Directorio',
    description: 'Un directorio en un disco del host o en un disco montado',
  },
  'vaults.directory.path': {
    title: 'Ruta',
    description: 'Ruta absoluta de un directorio reservado a Holdfast',
  },
  'vaults.directory.mustBeMounted': {
    title: 'Debe estar montado',
    description: 'Actívelo cuando la ruta sea un disco montado: mientras no lo esté, no se escribe nada',
  },
  warnFree: {
    title: 'Avisar por debajo de',
    description: 'Una ejecución que deja menos espacio libre termina con un aviso',
  },
  minFree: {
    title: 'Espacio que dejar libre',
    description: 'Espacio libre que una ejecución debe dejar en la bóveda',
  },
  maxParallelRuns: {
    title: 'Ejecuciones simultáneas',
    description: 'Cuántas ejecuciones pueden escribir a la vez en esta bóveda; las demás esperan',
  },
  'vaults.disk-set': {
    title: 'Juego de discos',
    description:
      'Discos que se turnan en la máquina: se reconocen por su UUID y se montan solo para una ejecución',
  },
  'vaults.disk-set.disks': {
    title: 'Discos',
    description: 'Los discos que se turnan; se usa el primero de ellos que esté conectado',
  },
  'vaults.disk-set.disks.uuid': {
    title: 'UUID',
    description:
      'UUID de su sistema de archivos o, si está cifrado, del contenedor LUKS; `holdfast disk list` muestra lo que está conectado',
  },
  'vaults.disk-set.disks.label': {
    title: 'Etiqueta',
    description: 'Lo que está escrito en el disco: los mensajes y la página de la bóveda lo llaman así',
  },
  'vaults.disk-set.disks.mail': {
    title: 'Correo a',
    description:
      'Quien tiene este disco a su cargo: recibe los correos sobre sus ejecuciones, además de los destinatarios de las notificaciones',
  },
  'vaults.disk-set.disks.passphrase': {
    title: 'Frase de contraseña LUKS',
    description: 'Abre el disco cuando está cifrado con LUKS',
  },
  'vaults.disk-set.rotation': {
    title: 'Cada disco de vuelta en',
    description:
      'Un disco cuya última copia buena es más antigua está vencido, y una alerta lo dice; nunca si no se indica',
  },
  'vaults.disk-set.runWhenPluggedIn': {
    title: 'Iniciar al conectarlo',
    description:
      'Activado (`true`), los trabajos que escriben en esta bóveda empiezan cuando se conecta uno de sus discos',
  },

  'policies.retention': { title: 'Retención', description: 'Sin ella nunca se elimina nada' },
  keepLast: { title: 'Conservar los últimos', description: 'Los N más recientes' },
  keepHourly: {
    title: 'Conservar por hora',
    description: 'El más reciente de cada una de las últimas N horas que tengan uno',
  },
  keepDaily: {
    title: 'Conservar por día',
    description: 'El más reciente de cada uno de los últimos N días que tengan uno',
  },
  keepWeekly: {
    title: 'Conservar por semana',
    description: 'El más reciente de cada una de las últimas N semanas ISO que tengan uno',
  },
  keepMonthly: {
    title: 'Conservar por mes',
    description: 'El más reciente de cada uno de los últimos N meses que tengan uno',
  },
  keepYearly: {
    title: 'Conservar por año',
    description: 'El más reciente de cada uno de los últimos N años que tengan uno',
  },
  'retention.timeZone': {
    title: 'Zona horaria',
    description: 'Zona en la que empiezan los días, las semanas y los meses; UTC si no se indica',
  },
  'policies.rpo': {
    title: 'RPO',
    description:
      'Antigüedad máxima admitida del punto de restauración válido más reciente; sin ella la cobertura indica «sin política»',
  },
  'policies.verification': {
    title: 'Verificación',
    description: 'Cómo se verifican los puntos de restauración',
  },
  'verification.afterRun': {
    title: 'Verificación tras cada ejecución',
    description:
      'Cómo se verifica un punto de restauración nuevo antes de que puedan eliminarse los anteriores',
    values: { none: 'Ninguna', sample: 'Por muestreo', full: 'Completa' },
  },
  'verification.samplePercent': {
    title: 'Tamaño de la muestra',
    description: 'Parte de los archivos cuyo contenido lee una verificación por muestreo, en porcentaje',
  },
  'verification.maxAge': {
    title: 'Validez de una verificación completa',
    description:
      'Tiempo durante el cual un punto de restauración se considera verificado tras su última verificación completa correcta',
  },

  'notifications.webhook': {
    title: 'Webhook',
    description: 'Una petición POST con la ejecución en JSON, para chats y scripts',
  },
  'notifications.mail': { title: 'Correo', description: 'Un correo a una o varias personas' },
  on: {
    title: 'Notificar si',
    description:
      'Qué se notifica; nada con una lista vacía, lo que deja el resumen y lo que indiquen los propios trabajos (`notify`)',
    values: {
      started: 'Iniciada',
      success: 'Correcta',
      warning: 'Advertencia',
      failed: 'Fallida',
      canceled: 'Cancelada',
      skipped: 'Omitida',
      missed: 'No iniciada',
      lost: 'Worker perdido',
      held: 'Retenida',
      'disk-overdue': 'Disco con retraso',
      'lock-timeout': 'Bloqueo no liberado a tiempo',
    },
  },
  jobs: {
    title: 'Trabajos',
    description:
      'Solo para estos trabajos, los discos en los que copian y los bloqueos que retienen; para todos si no se indica',
  },
  language: {
    title: 'Idioma',
    description: 'Idioma del mensaje; los mensajes de error y las sugerencias siguen en inglés',
    values: { en: 'English', it: 'Italiano', de: 'Deutsch', fr: 'Français', es: 'Español' },
  },
  'webhook.timeZone': MESSAGE_ZONE,
  'mail.timeZone': MESSAGE_ZONE,
  digest: {
    title: 'Resumen',
    description:
      'Balance del tiempo transcurrido desde el anterior: qué se ejecutó, qué falló, qué no está cubierto; a esta hora en la zona de la notificación',
  },
  'digest.at': { title: 'Hora', description: 'Hora del día a la que se envía' },
  'digest.days': { title: 'Días', description: 'Días de la semana en que se envía', values: DAYS },
  url: {
    title: 'Dirección',
    description:
      'Adónde enviar; una referencia cuando la propia dirección es un secreto, como en la mayoría de los servicios de chat',
  },
  'url.string': { title: 'Dirección', description: 'La propia dirección, legible en la configuración' },
  headers: { title: 'Cabeceras', description: 'Cabeceras HTTP que se envían; las secretas, por referencia' },
  'headers.string': { title: 'Valor', description: 'El propio valor, legible en la configuración' },
  reference: {
    title: 'Secreto',
    description:
      'De dónde leer el secreto: de los que Holdfast guarda cifrados (`secret`), de una variable de entorno (`env`) o de un archivo que solo Holdfast puede leer (`file`)',
  },
  env: { title: 'Variable de entorno', description: 'Se lee del entorno cuando hace falta' },
  'env.env': {
    title: 'Variable',
    description:
      'Nombre de una variable de entorno del servidor y de los workers; empieza por HOLDFAST_SECRET_',
  },
  secret: { title: 'Guardado por Holdfast', description: 'Guardado cifrado en la base de datos de Holdfast' },
  'secret.secret': { title: 'Secreto', description: 'Nombre de un secreto que Holdfast guarda' },
  file: { title: 'Archivo', description: 'Se lee de un archivo cuando hace falta' },
  'file.file': {
    title: 'Archivo',
    description:
      'Ruta absoluta de un archivo del directorio de secretos (HOLDFAST_SECRETS_DIR), que solo Holdfast puede leer',
  },
  'mail.from': { title: 'Remitente', description: 'Remitente de los correos' },
  'mail.to': {
    title: 'Destinatarios',
    description:
      'Destinatarios de los correos; un correo sobre un disco va también a las direcciones de ese disco',
  },
  'mail.cc': { title: 'Copia a', description: 'Destinatarios de una copia de cada correo' },
  'mail.attachLog': {
    title: 'Adjuntar el registro',
    description:
      'Cuándo se adjunta el registro de una ejecución: con `on-problem` falta en los correos de éxito; los de inicio no lo llevan',
    values: { never: 'Nunca', 'on-problem': 'Si hay un problema', always: 'Siempre' },
  },
  smtp: { title: 'Servidor de correo', description: 'El servidor de correo' },
  'smtp.host': { title: 'Servidor', description: 'Nombre o dirección del servidor de correo' },
  'smtp.port': { title: 'Puerto', description: 'Puerto TCP' },
  'smtp.tls': {
    title: 'Cifrado',
    description:
      '`starttls` (normalmente puerto 587) y `tls` (normalmente puerto 465) nunca recurren al texto sin cifrar; con `none` cualquiera puede leer por el camino el correo y la contraseña',
    values: { starttls: 'STARTTLS', tls: 'TLS', none: 'Ninguno' },
  },
  'smtp.caFile': {
    title: 'Autoridades de certificación',
    description:
      'Archivo PEM de las autoridades de certificación en las que se confía para este servidor, en lugar de las públicas',
  },
  'smtp.user': { title: 'Usuario', description: 'Nombre de acceso; sin él no se inicia sesión' },
  'smtp.password': {
    title: 'Contraseña',
    description:
      'De dónde leer la contraseña: de los secretos que Holdfast guarda cifrados (`secret`), de una variable de entorno (`env`) o de un archivo que solo Holdfast puede leer (`file`)',
  },

  'jobs.kind': { title: 'Tipo', description: 'Qué controlador lo ejecuta' },
  'jobs.node': { title: 'Nodo', description: 'Nombre del nodo en el que trabaja' },
  'jobs.vault': { title: 'Bóveda', description: 'Nombre de la bóveda en la que escribe' },
  'jobs.policy': { title: 'Política', description: 'Nombre de su política' },
  schedule: { title: 'Programación', description: 'Sin ella el trabajo se ejecuta solo cuando se solicita' },
  'schedule.cron': {
    title: 'Expresión cron',
    description: 'Minuto, hora, día del mes, mes, día de la semana',
  },
  'schedule.missed': {
    title: 'Horas perdidas',
    description:
      'Qué hacer al despertar con las horas que nadie ejecutó: una sola ejecución por todas o ninguna',
    values: { 'run-once': 'Recuperar una vez', skip: 'Omitir' },
  },
  windows: {
    title: 'Ventanas',
    description: 'Cuándo pueden empezar las ejecuciones; siempre si la lista está vacía',
  },
  'windows.days': { title: 'Días', description: 'Días de la semana en que se abre la ventana', values: DAYS },
  'windows.from': { title: 'Desde', description: 'Hora a la que se abre la ventana' },
  'windows.to': {
    title: 'Hasta',
    description: 'Hora a la que se cierra; al día siguiente si no es posterior a `from`',
  },
  'windows.atEnd': {
    title: 'Al cerrarse',
    description: 'Qué ocurre con una ejecución que sigue en curso cuando la ventana se cierra',
    values: { finish: 'Dejar que termine', stop: 'Detener la ejecución' },
  },
  site: { title: 'Sitio', description: 'Qué workers pueden hacerse cargo de él' },
  locks: {
    title: 'Bloqueos',
    description:
      'Bloqueos con nombre que la ejecución mantiene de principio a fin, compartidos con otros trabajos o scripts externos',
  },
  'locks.name': { title: 'Nombre', description: 'Nombre del bloqueo: letras minúsculas, cifras y . _ / -' },
  'locks.mode': {
    title: 'Modo',
    description: 'Si otros que indiquen `shared` pueden mantener el bloqueo al mismo tiempo',
    values: { shared: 'Compartido', exclusive: 'Exclusivo' },
  },
  lockFiles: {
    title: 'Archivos de bloqueo',
    description:
      'Archivos de bloqueo de otros programas, como los scripts de Veeam: la ejecución espera los suyos, y ellos el de ella',
  },
  'lockFiles.directory': {
    title: 'Carpeta',
    description: 'Carpeta en la que el otro programa deja sus archivos de bloqueo',
  },
  'lockFiles.pattern': {
    title: 'Nombres de archivo',
    description:
      'Qué archivos de la carpeta cuentan, en mayúsculas o minúsculas: `*` vale por cualquier cosa, `?` por un carácter; los nombres que empiezan con un punto solo cuentan si el patrón también empieza así',
  },
  'lockFiles.ignoreOlderThan': {
    title: 'Ignorar más antiguos que',
    description:
      'Un archivo más antiguo lo dejó un trabajo interrumpido: la ejecución avisa y sigue; sin valor se espera a cada archivo',
  },
  'lockFiles.removeStale': {
    title: 'Eliminar restos',
    description: 'Activado (`true`), los archivos ignorados por su antigüedad también se eliminan',
  },
  'lockFiles.own': {
    title: 'Archivo de bloqueo propio',
    description:
      'Archivo que existe mientras la ejecución trabaja, para que el otro programa espere; sin valor, ninguno',
  },
  'lockFiles.settle': {
    title: 'Pausa tras el anuncio',
    description:
      'Cuánto espera la ejecución entre crear su propio archivo de bloqueo y mirar por última vez los de los demás: más de lo que tarda el otro programa desde que mira hasta que crea el suyo, cachés del recurso compartido incluidas',
  },
  startHooks: {
    title: 'Direcciones de inicio',
    description:
      'Direcciones que inician el trabajo para quien conozca su token, además de la programación, las personas y los tokens de la API',
  },
  'startHooks.name': {
    title: 'Nombre',
    description:
      'Su dirección es /api/hooks/NOMBRE; la de `copy` es también /copy. Ningún otro trabajo puede usar el nombre',
  },
  'startHooks.token': {
    title: 'Token',
    description:
      'Lo que debe conocer quien llama: al menos 16 caracteres, por ejemplo lo que imprime `openssl rand -hex 24`',
  },
  timeLimit: { title: 'Límite de tiempo', description: 'Una ejecución que dure más se cancela' },
  maxWait: {
    title: 'Espera máxima',
    description: 'Cuánto puede esperar una ejecución a bloqueos o ventanas antes de omitirse',
  },
  attempts: {
    title: 'Intentos',
    description: 'Cuántas veces se intenta una ejecución cuando no se llega al otro lado',
  },
  whenAbsent: {
    title: 'Si falta algo',
    description: 'Resultado cuando el origen o la bóveda no está presente',
    values: { skip: 'Omitir la ejecución', fail: 'Dar la ejecución por fallida' },
  },
  notify: {
    title: 'Notificaciones',
    description:
      'Cuándo notificar sobre este trabajo: `always` al final de cada ejecución, `failure` cuando alguien debería mirarlo, `daily` solo en el resumen, `never` nunca; si no se indica, según `on` de cada notificación',
    values: {
      always: 'Al final de cada ejecución',
      failure: 'Cuando alguien debería mirarlo',
      daily: 'Solo en el resumen',
      never: 'Nunca',
    },
  },
  config: { title: 'Ajustes', description: 'Lo propio de este tipo de trabajo' },
}
