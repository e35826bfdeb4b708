import type { SchemaTexts } from '@holdfast/contract'

const KINDS = {
  server: 'Server des Sicherungssystems',
  storage: 'Speicher',
  job: 'Jobs',
  machine: 'Geschützte Maschinen',
  database: 'Datenbanken',
  folder: 'Ordner',
}

export const configDe: SchemaTexts = {
  '.': {
    title: 'Eine CMDB aktuell halten',
    description:
      'Schreibt das Inventar eines Sicherungssystems in eine CMDB und überschreibt nichts, was eine Person pflegt',
  },
  source: { title: 'Quelle', description: 'Was in die CMDB geschrieben wird' },
  'source.system': {
    title: 'Inventar',
    description:
      'Wessen Inventar in die CMDB geschrieben wird: das eines Veeam-Servers, oder alles, worum sich dieses Holdfast kümmert',
    values: { veeam: 'Veeam Backup & Replication', holdfast: 'Holdfast selbst' },
  },
  'source.node': {
    title: 'Veeam-Server',
    description: 'Name des Veeam-Servers, dessen Inventar gelesen wird',
  },
  infrastructure: {
    title: 'Infrastruktur',
    description: 'Die Karte, die für das Sicherungssystem steht',
  },
  'infrastructure.code': {
    title: 'Code',
    description: 'Code der Karte, die für das Ganze steht: ohne Angabe VEEAM-BACKUP oder HOLDFAST',
  },
  'infrastructure.name': {
    title: 'Name',
    description: 'Ihr Name, wenn sie angelegt wird; denselben für zwei Infrastrukturen lehnt CMDBuild ab',
  },
  'infrastructure.type': {
    title: 'Typ',
    description: 'Code ihres Typs unter den Lookup-Werten der CMDB: ohne Angabe VeeamBackup oder Holdfast',
  },
  include: {
    title: 'Nur diese Maschinen',
    description:
      'Namen von Maschinen, Datenbanken und Ordnern, die genommen werden: `*` steht für alles, `?` für ein Zeichen; bei leerer Liste alle',
  },
  exclude: {
    title: 'Auslassen',
    description:
      'Namen von Maschinen, Datenbanken und Ordnern, die ausgelassen werden, auch wenn sie eingeschlossen sind',
  },
  leaveOut: {
    title: 'Arten auslassen',
    description: 'Arten von Einträgen, die nicht geschrieben werden',
    values: KINDS,
  },
  relations: {
    title: 'Beziehungen',
    description: 'Welche Beziehungen gepflegt werden',
    values: {
      'in-infrastructure': 'Was zur Infrastruktur gehört',
      'job-on-storage': 'Job zu seinem Speicher',
      'machine-in-job': 'Maschine zu ihren Jobs',
      'machine-by-proxy': 'Maschine zu ihrem Proxy',
    },
  },
  shortNames: {
    title: 'Kurze Namen',
    description:
      'Was mit einer Maschine geschieht, die die Quelle ohne Domäne kennt, `mail01`, wenn es eine Karte gibt, deren voller Rechnername so beginnt, `mail01.example.org`',
    values: {
      report: 'Nichts schreiben und melden',
      match: 'Die Karte nehmen',
      ignore: 'Eine weitere Karte anlegen',
    },
  },
  onAmbiguous: {
    title: 'Wenn mehrere Karten passen',
    description: 'Was mit einem Eintrag geschieht, für den mehrere Karten stehen könnten',
    values: {
      report: 'Nichts schreiben und melden',
      create: 'Eine weitere Karte anlegen',
      first: 'Die älteste nehmen',
    },
  },
  backupsOfLast: {
    title: 'Sicherungen der letzten',
    description:
      'Wie weit zurück die Wiederherstellungspunkte von Veeam für die Zeit der letzten Sicherung gelesen werden; bei einer älteren behält die CMDB, was sie hat',
  },
  sizeTolerancePercent: {
    title: 'Toleranz bei Größen',
    description: 'Größen, die um weniger als so viel Prozent abweichen, bleiben, wie sie sind',
  },
  orphans: {
    title: 'Was nicht mehr da ist',
    description: 'Was aus Karten wird, deren Eintrag es nicht mehr gibt',
  },
  'orphans.action': {
    title: 'Was dann',
    description:
      'Was mit Karten geschieht, deren Eintrag es nicht mehr gibt: `mark` setzt den Zustand angelegter Karten und leert, was auf anderen geschrieben wurde, `unlink` nimmt sie aus der Infrastruktur, `delete` löscht angelegte Karten, `ignore` tut nichts',
    values: { mark: 'Kennzeichnen', unlink: 'Lösen', delete: 'Löschen', ignore: 'Lassen' },
  },
  'orphans.afterRuns': {
    title: 'Nach wie vielen Läufen',
    description: 'In wie vielen Läufen hintereinander ein Eintrag fehlen muss',
  },
  'orphans.afterDays': {
    title: 'Nach wie vielen Tagen',
    description: 'Wie viele Tage er außerdem fehlen muss',
  },
  'orphans.holdAbove': {
    title: 'Anhalten über',
    description: 'Ein Lauf, der mehr Karten einer Art so behandeln würde, wartet auf eine Person',
  },
  'orphans.holdAbovePercent': {
    title: 'Anhalten über Prozent',
    description: 'Dasselbe als Anteil an den Karten dieser Art; das Größere von beiden zählt',
  },
  mapping: {
    title: 'Namen in der CMDB',
    description: 'Klassen, Attribute und Domänen, wo es nicht die von READY2USE sind',
  },
  'mapping.keyAttribute': {
    title: 'Attribut des Schlüssels',
    description:
      'Attribut, in dem jede Karte festhält, wofür sie steht; mit einer Klasse ohne dieses wird nur nach Code und Namen gearbeitet',
  },
  'mapping.classes': { title: 'Klassen', description: 'Namen der Klassen' },
  'classes.infrastructure': {
    title: 'Infrastruktur',
    description: 'Klasse der Karte, die für das Ganze steht',
  },
  'classes.virtualServer': { title: 'Virtuelle Server', description: 'Klasse der virtuellen Maschinen' },
  'classes.physicalServer': { title: 'Physische Server', description: 'Klasse der physischen Maschinen' },
  'classes.storage': { title: 'Speicher', description: 'Klasse von Repositories und Vaults' },
  'classes.job': {
    title: 'Jobs',
    description: 'Klasse der Sicherungsjobs; wo sie der CMDB fehlt, legt die Vorbereitung sie unter CI an',
  },
  'classes.database': { title: 'Datenbanken', description: 'Klasse der Datenbanken' },
  'mapping.infrastructureDomain': {
    title: 'Domäne der Infrastruktur',
    description: 'Domäne der Beziehungen zwischen der Infrastruktur und dem, was zu ihr gehört',
  },
  'mapping.dependencyDomain': {
    title: 'Domäne der Abhängigkeiten',
    description: 'Domäne der Beziehungen, die sagen, was wovon abhängt',
  },
  'mapping.attributes': {
    title: 'Attribute',
    description: 'Wo die CMDB Attribute anders nennt oder andere Regeln für sie gelten',
  },
  'attributes.of': {
    title: 'Von',
    description: 'Von welcher Art von Eintrag',
    values: {
      infrastructure: 'Infrastruktur',
      server: 'Server des Sicherungssystems',
      storage: 'Speicher',
      job: 'Job',
      machine: 'Geschützte Maschine',
      database: 'Datenbank',
      folder: 'Ordner',
    },
  },
  'attributes.fact': {
    title: 'Angabe',
    description: 'Was davon bekannt ist',
    values: {
      name: 'Name',
      hostname: 'Rechnername',
      address: 'Adresse',
      role: 'Rolle',
      type: 'Typ',
      status: 'Zustand',
      description: 'Beschreibung',
      os: 'System',
      path: 'Pfad',
      capacityGb: 'Kapazität (GB)',
      freeGb: 'Freier Platz (GB)',
      lastRun: 'Letzter Lauf',
      nextRun: 'Nächster Lauf',
      lastResult: 'Letztes Ergebnis',
      lastBackup: 'Letzte Sicherung',
      coverage: 'Abdeckung',
      job: 'Job',
      storage: 'Speicher',
      code: 'Code',
      updatedAt: 'Zeit der letzten Änderung',
    },
  },
  'attributes.attribute': {
    title: 'Attribut',
    description: 'Name des Attributs, das sie aufnimmt; ohne Angabe das übliche',
  },
  'attributes.policy': {
    title: 'Regel',
    description: 'Wann sie geschrieben wird; ohne Angabe wie üblich',
    values: {
      own: 'Immer, wie die Quelle sagt',
      fillIfEmpty: 'Nur, wo nichts steht',
      createOnly: 'Nur auf neue Karten',
      never: 'Nie',
    },
  },
}
