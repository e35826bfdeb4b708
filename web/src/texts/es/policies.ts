import type { policies as english } from '../en/policies.ts'
import type { Same } from '../same.ts'

export const policies: Same<typeof english> = {
  title: 'Políticas',
  lead: 'Lo prometido: cuánto quedan los puntos de restauración, qué antigüedad puede tener el más nuevo y cómo se comprueban.',
  new: 'Nueva política',
  emptyTitle: 'Todavía no hay políticas',
  emptyHint: 'Sin una política nunca se elimina nada, y nadie puede decir si un trabajo está cubierto.',
  retention: 'Retención',
  rpo: 'RPO',
  verification: 'Verificación',
  keepsAll: 'Conserva todo',
  keeps: 'Conserva {{list}}',
  keep: {
    last_one: 'el más nuevo',
    last_other: 'los {{count}} más nuevos',
    hourly_one: '1 por hora',
    hourly_other: '{{count}} por hora',
    daily_one: '1 diario',
    daily_other: '{{count}} diarios',
    weekly_one: '1 semanal',
    weekly_other: '{{count}} semanales',
    monthly_one: '1 mensual',
    monthly_other: '{{count}} mensuales',
    yearly_one: '1 anual',
    yearly_other: '{{count}} anuales',
  },
  check: {
    none: 'Sin comprobar',
    sample: 'Una muestra del {{share}} % tras cada ejecución',
    full: 'Todo tras cada ejecución',
  },
}
