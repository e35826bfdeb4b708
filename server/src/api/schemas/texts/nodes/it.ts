import type { SchemaTexts } from '@holdfast/contract'
import { PRODUCTS } from './products.ts'

/** What forms say about nodes. */
export const it: SchemaTexts = {
  'host.kind': { title: 'Tipo', description: 'Di quale tipo si tratta', values: { host: 'Host' } },
  'influxdb.kind': {
    title: 'Tipo',
    description: 'Di quale tipo si tratta',
    values: { influxdb: 'InfluxDB' },
  },
  'nodes.host': { title: 'Host', description: 'La macchina su cui gira un worker del sito del job' },
  'host.maxParallelRuns': {
    title: 'Esecuzioni contemporanee',
    description: 'Quante esecuzioni possono lavorare su questo nodo nello stesso momento; le altre attendono',
  },
  'influxdb.maxParallelRuns': {
    title: 'Esecuzioni contemporanee',
    description: 'Quante esecuzioni possono lavorare su questo nodo nello stesso momento; le altre attendono',
  },
  restoreRoots: {
    title: 'Cartelle per i ripristini',
    description:
      'Percorsi assoluti reali di cartelle. Chi non è amministratore ripristina solo al loro interno e, se non è limitato ad alcuni nodi, nell’origine del job',
  },
  'nodes.influxdb': {
    title: 'InfluxDB',
    description: 'Un server di InfluxDB, o di ciò che ne parla il protocollo',
  },
  product: {
    title: 'Prodotto',
    description: 'Che cosa risponde all’indirizzo: si legge solo da InfluxDB 1.x, si scrive su tutti',
    values: PRODUCTS,
  },
  'influxdb.url': { title: 'Indirizzo', description: 'Indirizzo del server, senza utente e password' },
  'influxdb.user': {
    title: 'Utente',
    description: 'Nome utente per l’accesso; senza questo e senza token non viene eseguita l’autenticazione',
  },
  'influxdb.password': {
    title: 'Password',
    description:
      'Da dove leggere la password: tra i segreti che Holdfast conserva cifrati (`secret`), da una variabile d’ambiente (`env`) o da un file leggibile solo da Holdfast (`file`)',
  },
  'influxdb.token': {
    title: 'Token',
    description: 'Token di InfluxDB 2.x e 3.x, al posto di utente e password',
  },
  'influxdb.caFile': {
    title: 'Autorità di certificazione',
    description:
      'File PEM delle autorità di certificazione da considerare attendibili per questo server al posto di quelle pubbliche',
  },
  snapshotAddress: {
    title: 'Indirizzo per i backup',
    description:
      'Host e porta a cui InfluxDB 1.x serve i backup (`bind-address` della sua configurazione); con esso un nuovo database viene copiato più in fretta',
  },
  readers: {
    title: 'Letture parallele',
    description: 'Quante richieste di un’esecuzione leggono dal server nello stesso momento',
  },
  'influxdb.writers': {
    title: 'Scritture parallele',
    description: 'Quante richieste di un’esecuzione scrivono sul server nello stesso momento',
  },
  'influxdb.timeout': {
    title: 'Rinunciare dopo',
    description: 'Per quanto tempo il server può tacere prima che si rinunci a una richiesta',
  },
  'veeam.kind': { title: 'Tipo', description: 'Di quale tipo si tratta', values: { veeam: 'Veeam' } },
  'nodes.veeam': {
    title: 'Veeam',
    description: 'Un server di Veeam Backup & Replication 12.3 o più recente',
  },
  'veeam.maxParallelRuns': {
    title: 'Esecuzioni contemporanee',
    description: 'Quante esecuzioni possono lavorare su questo nodo nello stesso momento; le altre attendono',
  },
  'veeam.password': {
    title: 'Password',
    description:
      'Da dove leggere la password: tra i segreti che Holdfast conserva cifrati (`secret`), da una variabile d’ambiente (`env`) o da un file leggibile solo da Holdfast (`file`)',
  },
  'veeam.caFile': {
    title: 'Autorità di certificazione',
    description:
      'File PEM delle autorità di certificazione da considerare attendibili per questo server al posto di quelle pubbliche',
  },
  'veeam.timeout': {
    title: 'Rinunciare dopo',
    description: 'Per quanto tempo il server può tacere prima che si rinunci a una richiesta',
  },
  'cmdbuild.kind': {
    title: 'Tipo',
    description: 'Di quale tipo si tratta',
    values: { cmdbuild: 'CMDBuild' },
  },
  'nodes.cmdbuild': { title: 'CMDBuild', description: 'Un CMDB di CMDBuild, openMAINT o READY2USE' },
  'cmdbuild.maxParallelRuns': {
    title: 'Esecuzioni contemporanee',
    description: 'Quante esecuzioni possono lavorare su questo nodo nello stesso momento; le altre attendono',
  },
  'cmdbuild.password': {
    title: 'Password',
    description:
      'Da dove leggere la password: tra i segreti che Holdfast conserva cifrati (`secret`), da una variabile d’ambiente (`env`) o da un file leggibile solo da Holdfast (`file`)',
  },
  'cmdbuild.caFile': {
    title: 'Autorità di certificazione',
    description:
      'File PEM delle autorità di certificazione da considerare attendibili per questo server al posto di quelle pubbliche',
  },
  'cmdbuild.timeout': {
    title: 'Rinunciare dopo',
    description: 'Per quanto tempo il server può tacere prima che si rinunci a una richiesta',
  },
  'veeam.url': {
    title: 'Indirizzo',
    description: 'Indirizzo dell’API REST, senza utente e password; risponde alla porta 9419',
  },
  'veeam.user': {
    title: 'Utente',
    description:
      'Nome di accesso, con il dominio se ne ha uno; basta il ruolo Backup Viewer, e l’autenticazione a più fattori deve essere disattivata per questo utente',
  },
  fingerprint: {
    title: 'Impronta del certificato',
    description:
      'Impronta SHA-256 del certificato di questo server: ci si fida esattamente di questo, chiunque l’abbia firmato',
  },
  apiVersion: {
    title: 'Versione dell’API',
    description: 'Quale revisione dell’API REST si parla: `auto` per la più recente che il server offre',
    values: {
      auto: 'La più recente che il server offre',
      '1.3-rev2': '1.3-rev2',
      '1.3-rev1': '1.3-rev1',
      '1.2-rev1': '1.2-rev1',
    },
  },
  pageSize: { title: 'Elementi per risposta', description: 'Quanti elementi si chiedono alla volta' },
  parallelRequests: {
    title: 'Richieste parallele',
    description: 'Quante richieste sono in corso nello stesso momento',
  },
  'cmdbuild.url': {
    title: 'Indirizzo',
    description:
      'Indirizzo dell’applicazione, senza utente e password; se non finisce con `/services/rest/v3`, viene aggiunto',
  },
  'cmdbuild.user': {
    title: 'Utente',
    description: 'Nome di accesso di un utente di servizio che può leggere e scrivere le classi del job',
  },
  role: {
    title: 'Gruppo',
    description: 'Gruppo con cui lavorare; serve a un utente di più gruppi senza uno predefinito',
  },
  'cmdbuild.writers': {
    title: 'Scritture parallele',
    description: 'Quante modifiche si scrivono nello stesso momento',
  },
}
