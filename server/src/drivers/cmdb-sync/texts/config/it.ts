import type { SchemaTexts } from '@holdfast/contract'

const KINDS = {
  server: 'Server del sistema di backup',
  storage: 'Storage',
  job: 'Job',
  machine: 'Macchine protette',
  database: 'Database',
  folder: 'Cartelle',
}

export const configIt: SchemaTexts = {
  '.': {
    title: 'Mantenere aggiornato un CMDB',
    description:
      'Scrive in un CMDB l’inventario di un sistema di backup e non sovrascrive nulla che curi una persona',
  },
  source: { title: 'Origine', description: 'Che cosa si scrive nel CMDB' },
  'source.system': {
    title: 'Inventario',
    description:
      'Di chi è l’inventario che si scrive nel CMDB: di un server Veeam, o di tutto ciò di cui si occupa questo Holdfast',
    values: { veeam: 'Veeam Backup & Replication', holdfast: 'Holdfast stesso' },
  },
  'source.node': { title: 'Server Veeam', description: 'Nome del server Veeam di cui si legge l’inventario' },
  infrastructure: {
    title: 'Infrastruttura',
    description: 'La scheda che rappresenta il sistema di backup',
  },
  'infrastructure.code': {
    title: 'Codice',
    description: 'Codice della scheda che rappresenta l’insieme: senza, VEEAM-BACKUP o HOLDFAST',
  },
  'infrastructure.name': {
    title: 'Nome',
    description: 'Il suo nome quando viene creata; CMDBuild rifiuta lo stesso nome per due infrastrutture',
  },
  'infrastructure.type': {
    title: 'Tipo',
    description: 'Codice del suo tipo tra i valori di lookup del CMDB: senza, VeeamBackup o Holdfast',
  },
  include: {
    title: 'Solo queste macchine',
    description:
      'Nomi di macchine, database e cartelle da prendere: `*` sta per qualsiasi cosa, `?` per un carattere; tutti se l’elenco è vuoto',
  },
  exclude: {
    title: 'Escludere',
    description: 'Nomi di macchine, database e cartelle da escludere, anche se inclusi',
  },
  leaveOut: {
    title: 'Tipi da escludere',
    description: 'Tipi di elementi che non si scrivono',
    values: KINDS,
  },
  relations: {
    title: 'Relazioni',
    description: 'Quali relazioni si mantengono',
    values: {
      'in-infrastructure': 'Ciò che appartiene all’infrastruttura',
      'job-on-storage': 'Dal job al suo storage',
      'machine-in-job': 'Dalla macchina ai suoi job',
      'machine-by-proxy': 'Dalla macchina al suo proxy',
    },
  },
  shortNames: {
    title: 'Nomi brevi',
    description:
      'Che cosa fare di una macchina che l’origine conosce senza dominio, `mail01`, se c’è una scheda il cui nome host completo comincia così, `mail01.example.org`',
    values: {
      report: 'Non scrivere nulla e segnalarlo',
      match: 'Prendere la scheda',
      ignore: 'Creare un’altra scheda',
    },
  },
  onAmbiguous: {
    title: 'Se corrispondono più schede',
    description: 'Che cosa fare di un elemento che più schede potrebbero rappresentare',
    values: {
      report: 'Non scrivere nulla e segnalarlo',
      create: 'Creare un’altra scheda',
      first: 'Prendere la più vecchia',
    },
  },
  backupsOfLast: {
    title: 'Backup degli ultimi',
    description:
      'Fino a quando si leggono all’indietro i punti di ripristino di Veeam per l’ora dell’ultimo backup; di uno più vecchio il CMDB conserva ciò che ha',
  },
  sizeTolerancePercent: {
    title: 'Tolleranza delle dimensioni',
    description: 'Le dimensioni che differiscono di meno di questa percentuale restano come sono',
  },
  orphans: {
    title: 'Ciò che non c’è più',
    description: 'Che cosa diventa delle schede il cui elemento non c’è più',
  },
  'orphans.action': {
    title: 'Che cosa fare',
    description:
      'Che cosa fare delle schede il cui elemento non c’è più: `mark` imposta lo stato delle schede create e svuota ciò che fu scritto sulle altre, `unlink` le toglie dall’infrastruttura, `delete` elimina le schede create, `ignore` non fa nulla',
    values: { mark: 'Segnarle', unlink: 'Scollegarle', delete: 'Eliminarle', ignore: 'Lasciarle' },
  },
  'orphans.afterRuns': {
    title: 'Dopo quante esecuzioni',
    description: 'In quante esecuzioni di seguito deve mancare un elemento',
  },
  'orphans.afterDays': {
    title: 'Dopo quanti giorni',
    description: 'Per quanti giorni deve inoltre mancare',
  },
  'orphans.holdAbove': {
    title: 'Trattenere oltre',
    description: 'Un’esecuzione che tratterebbe così più schede di un tipo attende una persona',
  },
  'orphans.holdAbovePercent': {
    title: 'Trattenere oltre (percentuale)',
    description: 'Lo stesso come quota delle schede di quel tipo; vale il maggiore dei due',
  },
  mapping: {
    title: 'Nomi nel CMDB',
    description: 'Classi, attributi e domini, dove non sono quelli di READY2USE',
  },
  'mapping.keyAttribute': {
    title: 'Attributo della chiave',
    description:
      'Attributo in cui ogni scheda conserva ciò che rappresenta; con una classe che non l’ha si lavora solo per codice e nomi',
  },
  'mapping.classes': { title: 'Classi', description: 'Nomi delle classi' },
  'classes.infrastructure': {
    title: 'Infrastruttura',
    description: 'Classe della scheda che rappresenta l’insieme',
  },
  'classes.virtualServer': { title: 'Server virtuali', description: 'Classe delle macchine virtuali' },
  'classes.physicalServer': { title: 'Server fisici', description: 'Classe delle macchine fisiche' },
  'classes.storage': { title: 'Storage', description: 'Classe di repository e vault' },
  'classes.job': {
    title: 'Job',
    description: 'Classe dei job di backup; dove il CMDB non l’ha, la preparazione la crea sotto CI',
  },
  'classes.database': { title: 'Database', description: 'Classe dei database' },
  'mapping.infrastructureDomain': {
    title: 'Dominio dell’infrastruttura',
    description: 'Dominio delle relazioni tra l’infrastruttura e ciò che le appartiene',
  },
  'mapping.dependencyDomain': {
    title: 'Dominio delle dipendenze',
    description: 'Dominio delle relazioni che dicono che cosa dipende da che cosa',
  },
  'mapping.attributes': {
    title: 'Attributi',
    description: 'Dove il CMDB chiama gli attributi con altri nomi, o per essi valgono altre regole',
  },
  'attributes.of': {
    title: 'Di',
    description: 'Di quale tipo di elemento',
    values: {
      infrastructure: 'Infrastruttura',
      server: 'Server del sistema di backup',
      storage: 'Storage',
      job: 'Job',
      machine: 'Macchina protetta',
      database: 'Database',
      folder: 'Cartella',
    },
  },
  'attributes.fact': {
    title: 'Dato',
    description: 'Che cosa se ne sa',
    values: {
      name: 'Nome',
      hostname: 'Nome host',
      address: 'Indirizzo',
      role: 'Ruolo',
      type: 'Tipo',
      status: 'Stato',
      description: 'Descrizione',
      os: 'Sistema',
      path: 'Percorso',
      capacityGb: 'Capacità (GB)',
      freeGb: 'Spazio libero (GB)',
      lastRun: 'Ultima esecuzione',
      nextRun: 'Prossima esecuzione',
      lastResult: 'Ultimo esito',
      lastBackup: 'Ultimo backup',
      coverage: 'Copertura',
      job: 'Job',
      storage: 'Storage',
      code: 'Codice',
      updatedAt: 'Ora dell’ultima modifica',
    },
  },
  'attributes.attribute': {
    title: 'Attributo',
    description: 'Nome dell’attributo che lo riceve; senza, quello usuale',
  },
  'attributes.policy': {
    title: 'Regola',
    description: 'Quando si scrive; senza, come al solito',
    values: {
      own: 'Sempre come dice l’origine',
      fillIfEmpty: 'Solo dove non c’è nulla',
      createOnly: 'Solo sulle schede nuove',
      never: 'Mai',
    },
  },
}
