import type { errors as english } from '../en/errors.ts'
import type { Same } from '../same.ts'

export const errors: Same<typeof english> = {
  'config-invalid': {
    title: 'Un valor no es válido',
    hint: 'Corrija el valor indicado y vuelva a intentarlo.',
  },
  'config-unreadable': {
    title: 'No se pudo leer un archivo o una carpeta de configuración',
    hint: 'Compruebe que la ruta existe y que el usuario con el que corre Holdfast puede leerla.',
  },
  'config-conflict': {
    title: 'Otra persona cambió la configuración desde que se planificó o se leyó',
    hint: 'Ejecute de nuevo «holdfast plan» para ver qué falta por cambiar y aplíquelo otra vez.',
  },
  'name-unknown': {
    title:
      'No existe ningún trabajo, bóveda, nodo, política, ejecución o punto de restauración con ese nombre',
    hint: 'Mire en la lista lo que hay: quizá se haya renombrado o eliminado.',
  },
  'environment-invalid': {
    title: 'Una variable de entorno de Holdfast tiene un valor que no se puede usar',
    hint: 'Corrija la variable indicada; docs/reference/environment.md las enumera todas.',
  },
  'secret-unavailable': {
    title: 'No se puede leer un secreto al que se hace referencia',
    hint: 'Defina la variable de entorno o cree el archivo indicado, legible solo por Holdfast.',
  },
  'secret-bound': {
    title: 'Un secreto guardado se enviaría a una dirección distinta de aquella para la que se introdujo',
    hint: 'Introduzca de nuevo el secreto y guarde después el cambio: queda vinculado a la nueva dirección.',
  },
  'permission-denied': {
    title: 'El sistema operativo denegó la lectura o la escritura de un archivo',
    hint: 'Dé el permiso indicado al usuario con el que corre Holdfast, o ejecute el worker con un usuario que lo tenga.',
  },
  'database-unreachable': {
    title: 'PostgreSQL no responde',
    hint: 'Compruebe HOLDFAST_DATABASE_URL y que el servidor funciona; con la base integrada, mire el registro en la carpeta de datos.',
  },
  'database-unsafe': {
    title: 'El servidor PostgreSQL está configurado de modo que puede perder datos confirmados',
    hint: 'Vuelva a activar los ajustes indicados (fsync, full_page_writes, synchronous_commit) y reinicie.',
  },
  'database-version': {
    title: 'La base de datos es de otra versión que la instalada',
    hint: 'Ejecute «holdfast upgrade-db» o instale la versión de Holdfast que creó la base de datos.',
  },
  'database-not-empty': {
    title: 'Al restaurar la base de control ya había datos',
    hint: 'Restaure en una carpeta de datos nueva, o descarte lo que hay con --replace.',
  },
  'backup-file-invalid': {
    title: 'Un archivo de copia de la base de control está dañado o no es de Holdfast',
    hint: 'Tome un archivo más antiguo; si no hay ninguno, reconstruya el catálogo con «holdfast reindex».',
  },
  'no-progress': {
    title: 'Una transferencia dejó de avanzar y se abandonó',
    hint: 'Compruebe el estado del disco y la red entre los dos extremos.',
  },
  'lock-held': {
    title: 'Otra cosa tiene un bloqueo que se necesita',
    hint: 'Espere al titular indicado. Una ejecución puede cancelarse, el bloqueo de un script se devuelve con `holdfast lock release`; la página «Bloqueos» los muestra todos.',
  },
  'window-closed': {
    title: 'El trabajo solo puede ejecutarse en su ventana, que está cerrada',
    hint: 'Nada que hacer: la ejecución empieza cuando se abra. Amplíe la ventana si se omiten ejecuciones.',
  },
  'run-state': {
    title: 'El estado de la ejecución no permite lo que se pide',
    hint: 'Mire la ejecución: solo se aprueba una retenida y solo se cancela una en curso.',
  },
  'source-gone': {
    title: 'La carpeta que se debe proteger no existe',
    hint: 'Monte o cree el origen, o corrija la ruta en el trabajo.',
  },
  'vault-absent': {
    title: 'El lugar que contiene los puntos de restauración no está',
    hint: 'Monte el disco o cree la carpeta de la bóveda y ejecute de nuevo el trabajo.',
  },
  'vault-foreign': {
    title: 'La carpeta de una bóveda contiene archivos ajenos o pertenece a otra bóveda',
    hint: 'Dé a la bóveda una carpeta vacía propia, o corrija su ruta.',
  },
  'disk-absent': {
    title: 'El disco que hace falta no está conectado',
    hint: 'Conecte uno de los discos nombrados; el trabajo empieza por sí solo en cuanto puede.',
  },
  'disk-ambiguous': {
    title: 'Dos dispositivos llevan el UUID del disco: uno es copia del otro',
    hint: 'Desconecte la copia o dele un UUID propio (tune2fs -U random, xfs_admin -U generate, btrfstune -u).',
  },
  'disk-system': {
    title: 'El disco lleva el sistema de esta máquina o los datos de Holdfast',
    hint: 'Corrija el UUID en el juego de discos: las copias nunca van al disco desde el que funciona el sistema.',
  },
  'disk-unlock-failed': {
    title: 'El disco cifrado no se abre con la frase de contraseña del juego de discos',
    hint: 'Introduzca de nuevo la frase de contraseña de este disco en «Secretos» y vuelva a iniciar el trabajo.',
  },
  'disk-mount-failed': {
    title: 'El disco no se puede montar',
    hint: 'Lea en los detalles lo que dice mount; si el sistema de archivos está dañado, compruébelo con fsck mientras el disco no se use.',
  },
  'disk-read-only': {
    title: 'El disco está protegido contra escritura o su sistema de archivos no acepta nada',
    hint: 'Busque un interruptor de protección; si no lo hay, puede que el disco esté fallando: compruebe sus valores SMART y use otro.',
  },
  'disk-busy': {
    title: 'El disco no se puede desmontar o usar porque otro programa lo está usando',
    hint: 'Cierre los programas nombrados y se desmontará por sí solo. No desconecte el disco antes.',
  },
  'disk-removed': {
    title: 'El disco se desconectó o falló mientras se usaba',
    hint: 'Conéctelo otra vez e inicie el trabajo: la copia sigue donde estaba. Si nadie tocó el disco, compruebe el cable y los valores SMART.',
  },
  'disk-failing': {
    title: 'El disco no ha devuelto lo que se escribió en él',
    hint: 'No confíe en este disco: sustitúyalo y ejecute hoy mismo el trabajo con otro del juego.',
  },
  'file-system-unsupported': {
    title: 'El sistema de archivos de un disco no puede guardar lo que necesita una copia',
    hint: 'Formatee el disco con ext4, XFS o Btrfs, por ejemplo «mkfs.ext4 -m 0 -L ETIQUETA DISPOSITIVO», e introduzca su nuevo UUID.',
  },
  'lock-files-unreachable': {
    title: 'No se puede leer la carpeta en la que otro programa pone sus archivos de bloqueo',
    hint: 'Monte el recurso compartido en el que está o corrija «lockFiles» del trabajo. Sin ella nadie sabe si el otro programa está trabajando, así que la ejecución no empieza.',
  },
  'lock-file-refused': {
    title: 'No se puede crear el archivo de bloqueo que hace esperar a otro programa',
    hint: 'Cree su carpeta y dé al usuario con el que funciona Holdfast permiso para escribir en ella, en un recurso compartido también los permisos de este; o corrija «own» en «lockFiles» del trabajo.',
  },
  'vault-full': {
    title: 'La bóveda no tiene espacio para lo que escribiría la ejecución',
    hint: 'Libere espacio, añada un disco mayor o conserve menos puntos de restauración.',
  },
  'restore-target-exists': {
    title: 'La carpeta en la que restaurar no está vacía',
    hint: 'Indique una carpeta que aún no exista, o qué archivos se pueden sobrescribir.',
  },
  'restore-target-refused': {
    title: 'No se puede restaurar nada en esta carpeta',
    hint: 'Restaure en una carpeta fuera de las bóvedas, las carpetas personales y el sistema, o pida a un administrador que añada una carpeta a `restoreRoots` del nodo del trabajo.',
  },
  'restore-point-damaged': {
    title: 'Un punto de restauración no coincide con su manifiesto',
    hint: 'No confíe en este punto: restaure desde otro y compruebe el disco en que se encuentra.',
  },
  'restore-differs': {
    title: 'Lo restaurado difiere del punto de restauración',
    hint: 'Compruebe el disco de destino y restaure de nuevo en otro lugar.',
  },
  'export-target-exists': {
    title: 'La carpeta de exportación contiene otros archivos de configuración',
    hint: 'Indique una carpeta vacía, o sobrescriba con --replace los archivos de una exportación anterior.',
  },
  'change-declined': {
    title: 'Un cambio eliminaría o sustituiría algo y nadie lo aceptó',
    hint: 'Mire los cambios; --yes continúa sin preguntar, sin --prune no se elimina nada.',
  },
  'write-failed': {
    title: 'El disco informó de un error al escribir',
    hint: 'Considere que el disco falla: compruebe el cable y los valores SMART y ejecute el trabajo contra otro disco.',
  },
  'command-failed': {
    title: 'Un programa iniciado por Holdfast terminó con un error',
    hint: 'Las últimas líneas de su salida están en los detalles; resuelva lo que dicen y ejecute de nuevo.',
  },
  'command-missing': {
    title: 'No está instalado un programa necesario',
    hint: 'Instale el paquete indicado y repita el diagnóstico.',
  },
  'run-canceled': {
    title: 'Alguien canceló la ejecución',
    hint: 'Inicie de nuevo el trabajo cuando pueda ejecutarse.',
  },
  'run-refused': {
    title: 'Alguien rechazó una ejecución retenida',
    hint: 'Mire lo que encontró la protección antes de iniciar de nuevo el trabajo.',
  },
  'wait-canceled': {
    title: 'Se interrumpió una orden que esperaba algo',
    hint: 'No se cambió nada. Llámela de nuevo para seguir esperando.',
  },
  'worker-stopping': {
    title: 'El worker se detuvo durante la ejecución',
    hint: 'Nada que hacer: la ejecución se planifica de nuevo cuando arranque un worker.',
  },
  'time-limit': {
    title: 'La ejecución superó su límite de tiempo',
    hint: 'Aumente el límite del trabajo, o busque en el registro qué tardó tanto.',
  },
  'worker-lost': {
    title: 'El worker cayó o perdió la conexión durante la ejecución',
    hint: 'Nada que hacer: se liberó lo que ocupaba y se planifica de nuevo. Si se repite, mire la memoria de la máquina.',
  },
  'slot-missed': {
    title: 'Pasaron horas programadas de un trabajo sin ningún worker en marcha',
    hint: 'Mantenga un worker como servicio del sistema; el trabajo dice qué ocurre con las horas perdidas («schedule.missed»).',
  },
  'notification-unreachable': {
    title: 'Un servidor de correo o webhook al que avisar no responde o pide volver más tarde',
    hint: 'Compruebe host, puerto y red desde la máquina de Holdfast; el mensaje se reenvía solo.',
  },
  'notification-refused': {
    title: 'Un servidor de correo o webhook rechazó un mensaje sobre una ejecución',
    hint: 'Compruebe usuario, contraseña, destinatarios y cabeceras: el mismo mensaje se rechazaría de nuevo.',
  },
  'not-signed-in': {
    title: 'No ha iniciado sesión, o la sesión ha terminado',
    hint: 'Inicie sesión de nuevo, o cree un nuevo token de API.',
  },
  'password-needed': {
    title: 'Introduzca su contraseña',
    hint: 'Algún tiempo después de iniciar sesión, un token de API se crea con la contraseña.',
  },
  'password-wrong': {
    title: 'Esta no es su contraseña actual',
    hint: 'Introduzca la contraseña con la que inició sesión.',
  },
  'sign-in-failed': {
    title: 'El nombre y la contraseña no coinciden',
    hint: 'Compruebe ambos. Un administrador de la máquina puede fijar una contraseña nueva: «holdfast admin reset-password NOMBRE».',
  },
  'sign-in-locked': {
    title: 'Demasiados intentos de inicio de sesión fallidos',
    hint: 'Espere hasta la hora indicada y vuelva a intentarlo.',
  },
  'not-allowed': {
    title: 'El rol del usuario o el alcance del token no lo permite',
    hint: 'Pida el permiso a un administrador, o use un token con el alcance indicado.',
  },
  'cross-site-request': {
    title: 'Un navegador envió un cambio que no venía de una página de Holdfast',
    hint: 'Use Holdfast en la dirección de HOLDFAST_URL; un proxy delante debe pasar la cabecera Host.',
  },
  'hook-refused': {
    title: 'Esta dirección de inicio no existe, o su token es incorrecto',
    hint: 'Compare el nombre y el token con las direcciones de inicio del trabajo.',
  },
  'setup-needed': {
    title: 'Holdfast aún no tiene ningún usuario',
    hint: 'Abra el enlace de configuración que el servidor mostró al arrancar, o ejecute «holdfast admin create NOMBRE».',
  },
  'setup-link-invalid': {
    title: 'El enlace de configuración ya se usó, o no es el último mostrado',
    hint: 'Use el enlace más reciente del registro del servidor; inicie sesión si ya existe un usuario.',
  },
  'password-weak': {
    title: 'La contraseña nueva es demasiado fácil de adivinar',
    hint: 'Use al menos 12 caracteres, que no sean el nombre de usuario ni una contraseña habitual.',
  },
  'rate-limited': {
    title: 'Demasiadas peticiones desde una dirección',
    hint: 'Espere los segundos indicados y envíe menos peticiones a la vez.',
  },
  'request-invalid': {
    title: 'Una petición a la API no está bien formada',
    hint: 'Corrija los valores indicados; la API se describe en /docs.',
  },
  'request-too-large': {
    title: 'El contenido de una petición es mayor de lo que la API acepta',
    hint: 'Envíe menos datos a la vez.',
  },
  'route-unknown': {
    title: 'No hay nada en esta dirección de la API',
    hint: 'Recargue la página; direcciones y métodos se describen en /docs.',
  },
  'edit-conflict': {
    title: 'Otra persona cambió el objeto desde que se leyó',
    hint: 'Léalo de nuevo, mire qué ha cambiado y repita su cambio.',
  },
  'edit-unconditional': {
    title: 'Una edición no dice para qué estado del objeto vale',
    hint: 'Recargue la página. Los scripts envían como If-Match el ETag que leyeron.',
  },
  'object-exists': {
    title: 'Ya existe un objeto con ese nombre',
    hint: 'Elija otro nombre, o edite el que hay.',
  },
  'object-in-use': {
    title: 'No se puede eliminar algo mientras otros hagan referencia a ello',
    hint: 'Cambie o elimine primero los indicados.',
  },
  'last-admin': {
    title: 'Tras el cambio nadie podría administrar Holdfast',
    hint: 'Haga primero administrador a otro usuario.',
  },
  'idempotency-conflict': {
    title: 'Una clave de idempotencia ya se usó para otra petición, o esa petición aún está en curso',
    hint: 'Vuelva a intentarlo en un momento. Los scripts usan una clave nueva para cada petición nueva.',
  },
  'secret-key-missing': {
    title: 'Falta la clave con la que se cifran los secretos guardados, o es otra',
    hint: 'Devuelva el archivo secret.key de su copia junto a los datos de Holdfast, o introduzca de nuevo los secretos.',
  },
  'worker-absent': {
    title: 'No hay en marcha ningún worker del sitio que pueda hacerlo',
    hint: 'Inicie uno con «holdfast worker --site NOMBRE» o «systemctl start holdfast-worker».',
  },
  'server-unreachable': {
    title: 'El servidor Holdfast no responde',
    hint: 'Compruebe su red y que el servicio funcione: `systemctl status holdfast`. Lo que se muestra se actualiza solo en cuanto responda; un cambio hay que enviarlo de nuevo.',
  },
  'server-answer-invalid': {
    title: 'Lo que responde en la dirección no es el servidor Holdfast esperado',
    hint: 'Recargue la página; revise el proxy que haya delante del servidor.',
  },
  'listen-failed': {
    title: 'El servidor no puede escuchar en su dirección',
    hint: 'Detenga lo que usa el puerto, o elija otro con HOLDFAST_LISTEN.',
  },
  'invariant-broken': {
    title: 'Holdfast encontró una situación que sus autores creían imposible',
    hint: 'Por favor, infórmenos con el registro de la ejecución; el diagnóstico muestra si algo más va mal.',
  },
  'server-certificate-untrusted': {
    title: 'El certificado del servidor Holdfast no es de confianza',
    hint: 'Indique a la línea de órdenes con --ca-file el archivo de la autoridad de certificación, o haga corregir el certificado del servidor.',
  },
  'node-unreachable': {
    title: 'Un nodo no responde, o la conexión se cortó',
    hint: 'Compruebe que el servidor funciona, que su dirección en el nodo es correcta y que no hay un cortafuegos en medio; `holdfast doctor` lo intenta de nuevo.',
  },
  'node-auth-failed': {
    title: 'Un nodo rechazó usuario, contraseña o token',
    hint: 'Introduzca en el nodo el usuario y el secreto correctos y compruébelo con `holdfast doctor`.',
  },
  'node-certificate-untrusted': {
    title:
      'El certificado de un nodo no está firmado por una autoridad en la que esta máquina confíe, o es para otro nombre',
    hint: 'Indique en el nodo el archivo con el certificado de la autoridad (`caFile`) o, donde el nodo la admita, la huella del certificado, después de compararla con la que muestra el servidor (`fingerprint`); o corrija la dirección.',
  },
  'privilege-missing': {
    title: 'El usuario de un nodo no puede hacer lo que el trabajo necesita',
    hint: 'Dé al usuario del nodo el permiso indicado, o introduzca otro usuario.',
  },
  'node-refused': {
    title: 'Un nodo entendió una petición y la rechazó',
    hint: 'Mire qué dijo el nodo; su propio registro cuenta más.',
  },
  'node-answer-invalid': {
    title: 'Un nodo respondió de forma incomprensible, o cortó su respuesta',
    hint: 'Compruebe que la dirección es la del propio servidor, no la de un proxy o de otro programa.',
  },
  'node-full': {
    title: 'A un nodo no le queda espacio para lo que debe guardar',
    hint: 'Libere espacio en la máquina del nodo y reinicie la ejecución: continúa donde se detuvo.',
  },
  'database-absent': {
    title: 'Una base de datos que nombra un trabajo no existe en su nodo',
    hint: 'Corrija el nombre en el trabajo, o cree la base de datos; `holdfast doctor` enumera lo que hay.',
  },
  'destination-exists': {
    title: 'Entre el plan y la ejecución apareció una base de datos en el origen o en el destino',
    hint: 'Inicie de nuevo el trabajo: planifica otra vez, y pregunta antes de copiar en lo que ya hay.',
  },
  'points-refused': {
    title: 'El destino rechazó puntos: un campo tiene allí otro tipo, o son más antiguos de lo que conserva',
    hint: 'Copie en una base de datos nueva, o corrija el destino: el mensaje nombra measurement, campo y motivo.',
  },
  'copy-differs': {
    title: 'Lo que llegó al destino difiere del origen',
    hint: 'Mire si algo más escribe en el destino y reinicie la ejecución; nombra measurement, ventana y campo.',
  },
}
