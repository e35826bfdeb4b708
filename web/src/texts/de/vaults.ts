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
  problem: 'Läufe können diesen Vault nicht verwenden',
  notYet: 'Nach dem ersten Lauf',
  forecastIs: {
    full: 'Voll',
    today: 'Kann heute voll werden',
    earliest: 'Voll in frühestens {{early}}',
    within: 'Zeit bis voll: höchstens {{late}}',
    between: 'Zeit bis voll: {{early}} bis {{late}}',
    exact: 'Zeit bis voll: {{late}}',
    shrinking: 'Wird kleiner',
    steady: 'Wächst nicht',
    data: 'Zu wenige Daten ({{have}} von {{need}} Tagen)',
    unknown: 'Wächst, aber der freie Platz ist nicht bekannt',
    beyond: 'Nicht innerhalb von: {{years}}',
  },
}
