import type { secrets as english } from '../en/secrets.ts'
import type { Same } from '../same.ts'

export const secrets: Same<typeof english> = {
  title: 'Geheimnisse',
  lead: 'Passwörter und Token, die Holdfast verschlüsselt aufbewahrt. Ihre Werte werden nie gezeigt.',
  new: 'Neues Geheimnis',
  emptyTitle: 'Noch kein Geheimnis',
  emptyHint: 'Bewahren Sie hier ein Passwort auf und nennen Sie es dort beim Namen, wo es gebraucht wird.',
  updated: 'Wert vom',
  by: 'Von',
  created: 'Angelegt',
  replace: 'Neuer Wert',
  replaceTitle: 'Neuer Wert von {{name}}',
  nameHint: 'Kleinbuchstaben, Ziffern und . _ - wie smtp-password',
  nameInvalid: 'Nur Kleinbuchstaben, Ziffern und . _ - sind erlaubt',
  value: 'Wert',
  valueHint: 'Wird verschlüsselt aufbewahrt und niemandem mehr gezeigt.',
  kept: 'Das Geheimnis {{name}} ist aufbewahrt.',
  removeTitle: 'Geheimnis {{name}} löschen?',
  removeHint: 'Was sich darauf bezieht, schlägt fehl, bis es wieder da ist.',
  removed: 'Das Geheimnis {{name}} ist gelöscht.',
}
