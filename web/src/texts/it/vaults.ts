import type { vaults as english } from '../en/vaults.ts'
import type { Same } from '../same.ts'

export const vaults: Same<typeof english> = {
  title: 'Vault',
  lead: 'Dove stanno i punti di ripristino e per quanto c’è spazio.',
  new: 'Nuovo vault',
  emptyTitle: 'Ancora nessun vault',
  emptyHint:
    'Un vault è un luogo di Holdfast per i punti di ripristino, per esempio una cartella su un disco.',
  kind: 'Tipo',
  path: 'Percorso',
  points: 'Punti di ripristino',
  size: 'Dimensione',
  free: 'Libero',
  forecast: 'Previsione',
  unreachable: 'Sconosciuto: non raggiungibile',
}
