import type { forms as english } from '../en/forms.ts'
import type { Same } from '../same.ts'

export const forms: Same<typeof english> = {
  advanced_one: 'Eine weitere Einstellung',
  advanced_other: '{{count}} weitere Einstellungen',
  saved: '{{name}} ist gespeichert.',
  updated: 'Geändert',
  problem: {
    required: 'Das wird gebraucht.',
    pattern: 'Das hat nicht die nötige Form.',
    patternLike: 'Das hat nicht die nötige Form, zum Beispiel {{example}}.',
    range: 'Diese Zahl ist zu klein oder zu groß.',
    json: 'Das ist noch kein gültiges JSON.',
  },
  zone: {
    here: 'Die dieses Browsers nehmen: {{zone}}',
  },
  texts: {
    placeholder: 'Eingeben, dann Enter',
  },
  reference: {
    choose: 'Auswählen',
    nothing: 'Nichts mit diesem Namen',
    create: 'Neu anlegen (in einem neuen Tab)',
  },
  list: {
    item: 'Nummer {{number}}',
    add: 'Hinzufügen',
    remove: 'Nummer {{number}} entfernen',
  },
  map: {
    name: 'Name',
    remove: '{{name}} entfernen',
  },
  secret: {
    where: 'Woher es gelesen wird',
    new: 'Neues Geheimnis eingeben',
    name: 'Name des Geheimnisses',
    nameHint: 'Kleinbuchstaben, Ziffern und . _ - wie smtp-password',
    value: 'Wert',
    valueHint: 'Wird verschlüsselt aufbewahrt und niemandem mehr gezeigt.',
    keep: 'Aufbewahren',
    cancel: 'Abbrechen',
    kept: 'Das Geheimnis {{name}} ist aufbewahrt.',
  },
  bay: {
    choose: 'Eingesteckte Platte wählen',
    title: 'Jetzt eingesteckt',
    hint: 'Stecken Sie die Platte ein: Sie erscheint hier von selbst.',
    nothing: 'Nichts mit einem Dateisystem ist eingesteckt.',
    at: 'Eingesteckt an {{host}} als {{device}}',
    noLabel: 'Ohne Bezeichnung',
    encrypted: 'Verschlüsselt (LUKS)',
    encryptedHint: 'Geben Sie unten ihre Passphrase ein, damit Läufe sie öffnen können.',
    unsuited:
      'Dieses Dateisystem kann nicht alles behalten, was eine Kopie braucht: Formatieren Sie die Platte mit ext4, XFS oder Btrfs.',
    obstacle: {
      system: 'Trägt das System des Rechners: wird nie für Kopien benutzt.',
      taken: 'Gehört zum Vault {{vault}}.',
      listed: 'Steht schon in diesem Formular.',
      twice: 'Zwei Geräte tragen diese UUID: Ziehen Sie zuerst die Kopie ab.',
    },
  },
  cron: {
    examples: 'Fertige Zeitpläne',
    hourly: 'Jede Stunde',
    fourHours: 'Alle 4 Stunden',
    nightly: 'Jede Nacht um 2:30',
    workdays: 'Montag bis Freitag um 22:00',
    sundays: 'Sonntags um 3:00',
    monthly: 'Am 1. um 4:00',
    next: 'Die nächsten Zeiten ({{zone}})',
  },
  remove: {
    title: '{{name}} löschen?',
    hint: 'Nur die Konfiguration wird gelöscht; kein Wiederherstellungspunkt wird angerührt. Worauf sich andere Objekte noch beziehen, lässt sich nicht löschen.',
    done: '{{name}} ist gelöscht.',
  },
  changes: {
    title: 'Änderungen',
    created: 'Angelegt',
    changed: 'Geändert',
    deleted: 'Gelöscht',
    revision: 'Fassung {{number}}',
    nothing: 'Nichts ist anders als zuvor',
    before: 'Vorher',
    after: 'Nachher',
    absent: 'nicht gesetzt',
  },
}
