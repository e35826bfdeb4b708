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
  problem: 'Le esecuzioni non possono usare questo vault',
  notYet: 'Dopo la prima esecuzione',
  forecastIs: {
    full: 'Pieno',
    today: 'Può riempirsi oggi',
    earliest: 'Pieno tra non meno di {{early}}',
    within: 'Pieno entro {{late}}',
    between: 'Pieno tra {{early}} e {{late}}',
    exact: 'Pieno tra {{late}}',
    shrinking: 'In calo',
    steady: 'Non cresce',
    data: 'Dati insufficienti ({{have}} giorni su {{need}})',
    unknown: 'Cresce, ma lo spazio libero non è noto',
    beyond: 'Non entro {{years}}',
  },
}
