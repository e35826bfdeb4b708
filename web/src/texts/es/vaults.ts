import type { vaults as english } from '../en/vaults.ts'
import type { Same } from '../same.ts'

export const vaults: Same<typeof english> = {
  title: 'Bóvedas',
  lead: 'Dónde se guardan los puntos de restauración y cuánto tiempo habrá espacio.',
  new: 'Nueva bóveda',
  emptyTitle: 'Todavía no hay bóvedas',
  emptyHint:
    'Una bóveda es un lugar propio de Holdfast para puntos de restauración, como un directorio en un disco.',
  kind: 'Tipo',
  path: 'Ruta',
  points: 'Puntos de restauración',
  size: 'Tamaño',
  free: 'Libre',
  forecast: 'Previsión',
  unreachable: 'Desconocido: no se puede alcanzar',
  problem: 'Las ejecuciones no pueden usar esta bóveda',
  notYet: 'Tras la primera ejecución',
  forecastIs: {
    full: 'Lleno',
    today: 'Puede llenarse hoy',
    earliest: 'Lleno en {{early}} como pronto',
    within: 'Lleno antes de {{late}}',
    between: 'Lleno en {{early}} a {{late}}',
    exact: 'Lleno en {{late}}',
    shrinking: 'Disminuye',
    steady: 'No crece',
    data: 'Faltan datos ({{have}} de {{need}} días)',
    unknown: 'Crece, pero no se conoce el espacio libre',
    beyond: 'No antes de {{years}}',
  },
}
