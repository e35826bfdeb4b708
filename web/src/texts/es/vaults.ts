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
}
