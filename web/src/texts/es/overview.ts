import type { overview as english } from '../en/overview.ts'
import type { Same } from '../same.ts'

export const overview: Same<typeof english> = {
  title: 'Resumen',
  asOf: 'A las {{time}}',
  verdict: {
    noJobs: 'Aún no hay nada protegido: no hay ningún trabajo.',
    noneOfYours: 'Todavía no hay nada protegido en sus nodos.',
    noWorker: 'Ningún worker está activo: ningún trabajo puede ejecutarse.',
    uncovered_one: '{{count}} de {{total}} trabajos no tiene un punto de restauración lo bastante reciente.',
    uncovered_other:
      '{{count}} de {{total}} trabajos no tienen un punto de restauración lo bastante reciente.',
    failures_one: '{{count}} ejecución ha fallado en las últimas 24 horas.',
    failures_other: '{{count}} ejecuciones han fallado en las últimas 24 horas.',
    full_one: '{{count}} bóveda está llena.',
    full_other: '{{count}} bóvedas están llenas.',
    held_one: '{{count}} ejecución está retenida y espera una decisión.',
    held_other: '{{count}} ejecuciones están retenidas y esperan una decisión.',
    vaults_one: '{{count}} bóveda no responde.',
    vaults_other: '{{count}} bóvedas no responden.',
    filling_one: '{{count}} bóveda puede llenarse en dos semanas.',
    filling_other: '{{count}} bóvedas pueden llenarse en dos semanas.',
    late_one: '{{count}} de {{total}} trabajos va con retraso.',
    late_other: '{{count}} de {{total}} trabajos van con retraso.',
    unknown_one: 'De {{count}} trabajo no se sabe si está cubierto.',
    unknown_other: 'De {{count}} trabajos no se sabe si están cubiertos.',
    warnings_one: 'Todo está cubierto; {{count}} ejecución de las últimas 48 horas terminó con un aviso.',
    warnings_other:
      'Todo está cubierto; {{count}} ejecuciones de las últimas 48 horas terminaron con avisos.',
    noPolicy:
      'Ningún trabajo tiene política: nadie sabe si los puntos de restauración son lo bastante recientes.',
    somePolicy_one: 'Todo va bien, pero {{count}} trabajo no tiene política y no se vigila.',
    somePolicy_other: 'Todo va bien, pero {{count}} trabajos no tienen política y no se vigilan.',
    good: 'Todo va bien: cada trabajo tiene un punto de restauración lo bastante reciente.',
  },
  show: 'Mostrar',
  start: {
    vaultHint:
      'Cree primero una bóveda: el lugar de los puntos de restauración. Después un trabajo dice qué se copia allí y cuándo.',
    vault: 'Crear la primera bóveda',
    hint: 'Un trabajo dice qué se copia, adónde y cuándo. Cree el primero; su primera ejecución empieza cuando quiera.',
    action: 'Crear el primer trabajo',
  },
  coverage: {
    title: 'Cobertura',
    lead: 'Trabajos activos según la edad de su último punto de restauración bueno, comparada con el RPO de su política.',
    all_one: '{{count}} trabajo',
    all_other: '{{count}} trabajos',
  },
  active: {
    title: 'En curso',
    none: 'No hay ninguna ejecución en curso.',
    decide: 'Decidir',
    more: 'Todas las ejecuciones',
  },
  failures: {
    title: 'Fallos de las últimas 24 horas',
    none: 'No ha fallado nada.',
    times_one: '{{count}} vez',
    times_other: '{{count}} veces',
    last: 'la última en {{job}}',
  },
  matrix: {
    title: 'Ejecuciones de las últimas 48 horas',
    kind: 'Tipo de trabajo',
    failed: 'Fallidas',
    warning: 'Con avisos',
    ok: 'Correctas',
    other: 'Canceladas u omitidas',
    none: 'No ha terminado ninguna ejecución.',
    cell: '{{kind}}, {{column}}: {{number}}',
  },
  vaults: {
    more: 'Todas las bóvedas',
    title: 'Bóvedas',
    none: 'Todavía no hay ninguna bóveda.',
    free: 'Libre',
    used: 'Ocupado',
    unreachable: 'No responde',
    name: 'Bóveda',
  },
  workers: {
    title: 'Workers',
    none: 'Ningún worker se ha presentado nunca. Inicie uno con «holdfast serve» o «holdfast worker».',
    seen: 'visto {{time}}',
    site: 'sede {{site}}',
  },
  next: {
    title: 'Próximas ejecuciones',
    none: 'Ningún trabajo tiene programación.',
  },
}
