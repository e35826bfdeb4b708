import type { vaults as english } from '../en/vaults.ts'
import type { Same } from '../same.ts'

export const vaults: Same<typeof english> = {
  title: 'Vaults',
  lead: 'Wo Wiederherstellungspunkte liegen und wie lange der Platz reicht.',
  new: 'Neuer Vault',
  emptyTitle: 'Noch kein Vault',
  emptyHint:
    'Ein Vault ist ein eigener Ort von Holdfast für Wiederherstellungspunkte, etwa ein Verzeichnis auf einer Platte.',
  kind: 'Art',
  path: 'Pfad',
  points: 'Wiederherstellungspunkte',
  size: 'Größe',
  free: 'Frei',
  forecast: 'Prognose',
  unreachable: 'Unbekannt: nicht erreichbar',
}
