import type { SchemaTexts, Translated } from '@holdfast/contract'
import type { en } from './en.ts'

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
  generations: {
    title: 'Generationen',
    description:
      'Wie mehrere Stände auf dem Datenträger liegen: vollständige, die sich unveränderte Dateien durch harte Links teilen, oder Btrfs-Snapshots, die sich auch die unveränderten Teile von Dateien teilen; automatisch nimmt Snapshots, wo der Datenträger Btrfs hat. Ein Spiegel ist nur ein Stand, der in den nächsten verwandelt wird: für kleine Datenträger, und ohne gültigen Wiederherstellungspunkt dort, solange ein Lauf dauert',
    values: {
      auto: 'Automatisch',
      'hard-links': 'Harte Links',
      snapshots: 'Btrfs-Snapshots',
      mirror: 'Spiegel',
    },
  },
  compare: {
    title: 'Vergleichen nach',
    description:
      'Woran eine geänderte Datei erkannt wird: an Größe und Zeit, oder indem jede Datei auf beiden Seiten gelesen wird, was bei Terabytes Stunden dauert; nur für Programme, die Dateien ändern und Größe und Zeit behalten',
    values: { times: 'Größe und Zeit', contents: 'Inhalt' },
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
  'guards.newExtensionPercent': {
    title: 'Anteil neuer Endungen',
    description:
      'Der Lauf wird angehalten, wenn Dateien durch mehr als diesen Anteil an Dateien ersetzt wurden, die alle eine neue Endung tragen, etwa .locked, in Prozent',
  },
  'guards.minFiles': {
    title: 'Mindestzahl an Dateien',
    description:
      'Die Anteile werden nicht betrachtet, solange der letzte Wiederherstellungspunkt weniger Dateien hat',
  },
  'restore.existing': {
    title: 'Bei vorhandenen Dateien',
    description:
      'Was geschieht, wenn das Ziel nicht leer ist: ablehnen oder gleichnamige Dateien überschreiben. Andere Dateien werden nie angetastet',
    values: { refuse: 'Ablehnen', overwrite: 'Überschreiben' },
  },
}

export const dePhrases: Translated<typeof en> = {
  'step.check-source-and-vault': 'Quelle und Vault prüfen',
  'step.lock-job': 'Job auf dem Vault sperren',
  'step.finish-earlier-runs': 'Beenden, was frühere Läufe hinterließen',
  'step.check-free-space': 'Freien Platz prüfen',
  'step.check-unfinished-copy': 'Unfertige Kopie prüfen',
  'step.prepare-copy': 'Kopie vorbereiten',
  'step.copy': 'Kopieren',
  'step.write-to-disk': 'Alles auf den Datenträger schreiben',
  'step.list-and-hash': 'Verzeichnis und Prüfsummen erstellen',
  'step.commit': 'Wiederherstellungspunkt gültig machen',
  'step.compare-with-listings': 'Mit den Verzeichnissen vergleichen',
  'step.take-out-of-list': 'Wiederherstellungspunkt aus der Liste nehmen',
  'step.delete-files': 'Seine Dateien löschen',
  'step.check-point-and-target': 'Wiederherstellungspunkt und Ziel prüfen',
  'step.compare-with-point': 'Mit dem Wiederherstellungspunkt vergleichen',

  'count.new': 'neu',
  'count.changed': 'geändert',
  'count.deleted': 'gelöscht',
  'count.files': 'Dateien',
  'count.leftOut': 'ausgelassen',
  'count.items': 'Einträge wiederhergestellt',
  'count.overwritten': 'überschrieben',

  'guard.source-empty': 'Die Quelle ist leer',
  'guard.mass-deletion': 'Ungewöhnlich viele Dateien sind weg',
  'guard.mass-change': 'Ungewöhnlich viele Dateien haben sich geändert',
  'guard.new-extension': 'Viele Dateien wurden durch andere mit neuer Endung ersetzt',
  'guard.source-unmounted': 'An der Quelle liegt ein anderes Dateisystem',
  'guard.source-unreadable': 'Ein Teil der Quelle ist nicht lesbar',

  'plan.changes': '{created} neue, {changed} geänderte, {deleted} gelöschte Dateien',
  'plan.incremental': 'inkrementell seit {takenAt, date}',
  'plan.full': 'vollständig: noch kein Wiederherstellungspunkt',
  'plan.continued': 'setzt eine unfertige Kopie fort, nachdem sie mit der Quelle verglichen ist',
  'plan.compared':
    'Inhalte werden verglichen, denn der letzte Wiederherstellungspunkt hat seine Prüfung nicht bestanden',
  'plan.comparedAlways': 'Inhalte werden verglichen, wie es der Job vorgibt',
  'plan.beside':
    'neben dem, was da ist: Ein Spiegel tritt nur dann an die Stelle des letzten Wiederherstellungspunkts, wenn dieser nicht geschützt ist und keine Dateien mit einem anderen teilt',
  'plan.replace': 'den Wiederherstellungspunkt vom {takenAt, date} ersetzen',
  'plan.replaceReason':
    'die einzige Kopie auf diesem Datenträger wird auf den neuen Stand gebracht: Solange der Lauf dauert, hat er keinen gültigen Wiederherstellungspunkt',
  'plan.attributesSet': 'Dateien anpassen: {files}',
  'plan.copy': '{source} kopieren',
  'plan.newFiles': 'neue Dateien kopieren: {files}',
  'plan.newReason': 'nicht im letzten Wiederherstellungspunkt',
  'plan.changedFiles': 'geänderte Dateien kopieren: {files}',
  'plan.changedReason': 'Größe oder Zeit ist anders',
  'plan.attributeFiles': 'Dateien neu schreiben: {files}',
  'plan.attributeReason': 'Eigentümer, Rechte oder Attribute sind anders',
  'plan.deletedFiles': 'Dateien weglassen: {files}',
  'plan.deletedReason': 'in der Quelle gelöscht',

  'found.noFiles':
    'Die Quelle enthält keine Dateien: Ist es der richtige Ordner, und ist sein Datenträger eingehängt?',
  'found.emptied': {
    one: 'Die Quelle ist leer; der letzte Wiederherstellungspunkt hat {count} Datei.',
    other: 'Die Quelle ist leer; der letzte Wiederherstellungspunkt hat {count} Dateien.',
  },
  'found.deleted':
    '{gone} von {files} Dateien des letzten Wiederherstellungspunkts ({share, percent}) sind weg.',
  'found.changed':
    '{changed} von {files} Dateien des letzten Wiederherstellungspunkts ({share, percent}) haben sich geändert.',
  'found.where': 'Die meisten in den Ordnern {folders}; Endungen: {extensions}.',
  'found.newExtension':
    '{files} neue Dateien tragen die Endung {extension}, die keine Datei des letzten Wiederherstellungspunkts hat, und {gone} Dateien sind weg. Die meisten in den Ordnern {folders}.',
  'found.unmounted':
    'Beim letzten Wiederherstellungspunkt war {mountPoint} von {was} eingehängt; jetzt liegt die Quelle auf {is}.',
  'found.unreadable': {
    one: 'Der Ordner {names} ließ sich nicht lesen: Er wird mit allem darunter ausgelassen.',
    other: '{count} Ordner ließen sich nicht lesen, jeder wird mit allem darunter ausgelassen: {names}',
  },

  'run.summary': {
    one: '{moved, bytes} kopiert; der Wiederherstellungspunkt enthält {count} Datei',
    other: '{moved, bytes} kopiert; der Wiederherstellungspunkt enthält {count} Dateien',
  },
  'run.noFiles': 'Der Wiederherstellungspunkt enthält keine Dateien.',
  'run.notRemoved':
    'Ein Teil der Quelle konnte nicht gelesen werden: Die Kopie behält, was sie davon hatte, und kann noch mehr enthalten, was in der Quelle nicht mehr da ist.',
  'run.vanished': {
    one: '{count} Datei wurde in der Quelle gelöscht, während sie gelesen wurde.',
    other: '{count} Dateien wurden in der Quelle gelöscht, während sie gelesen wurde.',
  },
  'run.leftOut': {
    one: '{count} Datei ließ sich nicht kopieren: {names}',
    other: '{count} Dateien ließen sich nicht kopieren: {names}',
  },
  'run.unlisted': {
    one: '{count} Pfad ist zu lang für das Verzeichnis; er und alles darunter wird nicht geprüft: {names}',
    other:
      '{count} Pfade sind zu lang für das Verzeichnis; sie und alles darunter werden nicht geprüft: {names}',
  },
  'run.notDeleted': '{name} eines früheren Laufs ließ sich nicht löschen und belegt Platz: {reason}',
  'verify.noHashes': 'Kein Inhalt wurde geprüft: Der Job bewahrt keine Prüfsummen auf (`hash: false`).',

  'restore.plan': '{written} Dateien schreiben und {overwritten} überschreiben in {target}',
  'restore.everything': 'alles wiederherstellen',
  'restore.paths': '{paths} wiederherstellen',
  'restore.from': 'aus {location}',
  'restore.overwrite': 'Dateien überschreiben: {files}',
  'restore.overwriteReason': 'sie unterscheiden sich vom Wiederherstellungspunkt',
  'restore.summary': {
    one: '{count} Eintrag nach {target} wiederhergestellt und verglichen',
    other: '{count} Einträge nach {target} wiederhergestellt und verglichen',
  },
  'restore.noOwners':
    'Eigentümer wurden nicht wiederhergestellt: Das kann nur ein Worker, der als root läuft oder CAP_CHOWN hat.',
}
