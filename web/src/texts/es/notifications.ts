import type { notifications as english } from '../en/notifications.ts'
import type { Same } from '../same.ts'

export const notifications: Same<typeof english> = {
  title: 'Notificaciones',
  lead: 'A quién se le dice cómo acabaron las ejecuciones.',
  new: 'Nueva notificación',
  emptyTitle: 'Todavía no se avisa a nadie',
  emptyHint: 'Envíe un correo o un mensaje a un chat cuando alguien deba mirar.',
  state: 'Estado',
  kind: 'Tipo',
  to: 'Para',
  digest: 'Resumen',
  test: 'Enviar una prueba',
  tested: 'El mensaje de prueba',
  deliveries: {
    title: 'Qué se comunicó',
    lead: 'Lo más nuevo primero; lo que falla se reintenta.',
    emptyTitle: 'Todavía no se comunicó nada',
    emptyHint: 'Envíe una prueba para ver si llegan los mensajes.',
    at: 'Cuándo',
    notification: 'Para',
    subject: 'Sobre',
    state: 'Estado',
    attempts: 'Intentos',
    tried: 'Último intento',
    about: {
      run: 'Ejecución',
      'disk-overdue': 'Disco con retraso',
      'lock-timeout': 'Bloqueo no liberado a tiempo',
      digest: 'Resumen',
      test: 'Prueba',
    },
  },
}
