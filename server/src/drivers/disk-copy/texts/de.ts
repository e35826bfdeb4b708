import type { SchemaTexts } from '@holdfast/contract'

export const de: SchemaTexts = {
  '.': {
    title: 'Ordner auf einen Datenträger kopieren',
    description: 'Vollständige Stände, die sich unveränderte Dateien teilen',
  },
  source: { title: 'Quelle', description: 'Absoluter Pfad des Ordners, der kopiert wird' },
  exclude: {
    title: 'Auslassen',
    description:
      'Muster von rsync(1) für das, was ausgelassen wird; eines mit führendem / beginnt an der Quelle',
  },
  oneFileSystem: {
    title: 'Nur ein Dateisystem',
    description: 'Eingeschaltet werden Dateisysteme ausgelassen, die unterhalb der Quelle eingehängt sind',
  },
  bandwidthLimit: {
    title: 'Bandbreitengrenze',
    description: 'Bytes pro Sekunde, die das Kopieren höchstens nutzen darf; ohne Angabe unbegrenzt',
  },
  hash: {
    title: 'Prüfsummen aufbewahren',
    description:
      'Bewahrt zu jeder Datei ihren SHA-256 auf, damit eine Prüfung den Inhalt belegen kann; ausgeschaltet entfällt das Lesen',
  },
  guards: {
    title: 'Wächter',
    description: 'Bei wie vielen Änderungen eine Person zustimmen muss, bevor ein Lauf weitergeht',
  },
  'guards.deletedPercent': {
    title: 'Anteil gelöschter Dateien',
    description:
      'Der Lauf wird angehalten, wenn mehr als dieser Anteil der Dateien des letzten Wiederherstellungspunkts fehlt, in Prozent',
  },
  'guards.changedPercent': {
    title: 'Anteil geänderter Dateien',
    description:
      'Der Lauf wird angehalten, wenn sich mehr als dieser Anteil der Dateien geändert hat, in Prozent',
  },
  'guards.minFiles': {
    title: 'Mindestzahl an Dateien',
    description:
      'Die beiden Anteile werden nicht betrachtet, solange der letzte Wiederherstellungspunkt weniger Dateien hat',
  },
  'restore.existing': {
    title: 'Bei vorhandenen Dateien',
    description:
      'Was geschieht, wenn das Ziel nicht leer ist: ablehnen oder gleichnamige Dateien überschreiben. Andere Dateien werden nie angetastet',
    values: { refuse: 'Ablehnen', overwrite: 'Überschreiben' },
  },
}
