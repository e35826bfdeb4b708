import type { SchemaTexts } from '@holdfast/contract'

const DAYS = {
  mon: 'Lunedì',
  tue: 'Martedì',
  wed: 'Mercoledì',
  thu: 'Giovedì',
  fri: 'Venerdì',
  sat: 'Sabato',
  sun: 'Domenica',
}
const MESSAGE_ZONE = { title: 'Fuso orario', description: 'Fuso in cui il messaggio indica date e orari' }

export const it: SchemaTexts = {
  name: {
    title: 'Nome',
    description:
      'Un nome che nessun altro dello stesso tipo porta e che non somiglia a un id (job_0123456789ab); gli altri vi fanno riferimento con questo',
  },
  description: { title: 'Descrizione', description: 'Un’annotazione per chi legge' },
  enabled: { title: 'Attivo', description: 'Disattivato (`false`), viene conservato ma non fa nulla' },
  kind: {
    title: 'Tipo',
    description: 'Di quale tipo si tratta',
    values: { 'disk-set': 'Set di dischi', directory: 'Directory', webhook: 'Webhook', mail: 'E-mail' },
  },
  timeZone: { title: 'Fuso orario', description: 'Un fuso dell’elenco IANA' },

  'vaults.directory': {
    title: 'Directory',
    description: 'Una directory su un disco dell’host o su un disco montato',
  },
  'vaults.directory.path': {
    title: 'Percorso',
    description: 'Percorso assoluto di una directory riservata a Holdfast',
  },
  'vaults.directory.mustBeMounted': {
    title: 'Deve essere montato',
    description:
      'Da attivare quando il percorso è un disco montato: finché non è montato non viene scritto nulla',
  },
  warnFree: {
    title: 'Avvisa sotto',
    description: 'Un’esecuzione che lascia meno spazio libero di così termina con un avviso',
  },
  minFree: {
    title: 'Spazio da lasciare libero',
    description: 'Spazio libero che un’esecuzione deve lasciare nel vault',
  },
  maxParallelRuns: {
    title: 'Esecuzioni contemporanee',
    description:
      'Quante esecuzioni possono scrivere in questo vault nello stesso momento; le altre attendono',
  },
  'vaults.disk-set': {
    title: 'Set di dischi',
    description:
      'Dischi che si alternano nella macchina: riconosciuti dall’UUID, montati solo per un’esecuzione',
  },
  'vaults.disk-set.disks': {
    title: 'Dischi',
    description: 'I dischi che si alternano; viene usato il primo di loro che risulta collegato',
  },
  'vaults.disk-set.disks.uuid': {
    title: 'UUID',
    description:
      'UUID del suo file system o, se è cifrato, del contenitore LUKS; `holdfast disk list` mostra che cosa è collegato',
  },
  'vaults.disk-set.disks.label': {
    title: 'Etichetta',
    description: 'Ciò che è scritto sul disco: i messaggi e la pagina del vault lo chiamano così',
  },
  'vaults.disk-set.disks.mail': {
    title: 'E-mail a',
    description:
      'Chi ha in consegna questo disco: riceve le e-mail sulle sue esecuzioni, oltre ai destinatari delle notifiche',
  },
  'vaults.disk-set.disks.passphrase': {
    title: 'Passphrase LUKS',
    description: 'Apre il disco quando è cifrato con LUKS',
  },
  'vaults.disk-set.rotation': {
    title: 'Ogni disco di ritorno entro',
    description:
      'Un disco la cui ultima copia buona è più vecchia è scaduto, e un allarme lo dice; senza indicazione, mai',
  },
  'vaults.disk-set.runWhenPluggedIn': {
    title: 'Avvia quando viene collegato',
    description:
      'Se attivo (`true`), i job che scrivono in questo vault partono quando uno dei suoi dischi viene collegato',
  },

  'policies.retention': { title: 'Conservazione', description: 'Se assente non viene mai rimosso nulla' },
  keepLast: { title: 'Conserva gli ultimi', description: 'Gli N più recenti' },
  keepHourly: {
    title: 'Conserva gli orari',
    description: 'Il più recente di ciascuna delle ultime N ore che ne hanno uno',
  },
  keepDaily: {
    title: 'Conserva i giornalieri',
    description: 'Il più recente di ciascuno degli ultimi N giorni che ne hanno uno',
  },
  keepWeekly: {
    title: 'Conserva i settimanali',
    description: 'Il più recente di ciascuna delle ultime N settimane ISO che ne hanno uno',
  },
  keepMonthly: {
    title: 'Conserva i mensili',
    description: 'Il più recente di ciascuno degli ultimi N mesi che ne hanno uno',
  },
  keepYearly: {
    title: 'Conserva gli annuali',
    description: 'Il più recente di ciascuno degli ultimi N anni che ne hanno uno',
  },
  'retention.timeZone': {
    title: 'Fuso orario',
    description: 'Fuso in cui iniziano giorni, settimane e mesi; UTC se assente',
  },
  'policies.rpo': {
    title: 'RPO',
    description:
      'Età massima ammessa del punto di ripristino valido più recente; se assente la copertura riporta «nessuna policy»',
  },
  'policies.verification': {
    title: 'Verifica',
    description: 'Come vengono verificati i punti di ripristino',
  },
  'verification.afterRun': {
    title: 'Verifica dopo ogni esecuzione',
    description:
      'Come viene verificato un nuovo punto di ripristino prima che quelli più vecchi possano essere rimossi',
    values: { none: 'Nessuna', sample: 'A campione', full: 'Completa' },
  },
  'verification.samplePercent': {
    title: 'Ampiezza del campione',
    description: 'Quota dei file di cui la verifica a campione legge il contenuto, in percentuale',
  },
  'verification.maxAge': {
    title: 'Validità di una verifica completa',
    description:
      'Per quanto tempo dopo l’ultima verifica completa riuscita un punto di ripristino è considerato verificato',
  },

  'notifications.webhook': {
    title: 'Webhook',
    description: 'Una POST con l’esecuzione in JSON, per chat e script',
  },
  'notifications.mail': { title: 'E-mail', description: 'Un’e-mail a una o più persone' },
  on: {
    title: 'Notifica per',
    description:
      'Che cosa viene notificato; niente con un elenco vuoto, che lascia il riepilogo e quanto indicato dai singoli job (`notify`)',
    values: {
      started: 'Avviata',
      success: 'Riuscita',
      warning: 'Avviso',
      failed: 'Fallita',
      canceled: 'Annullata',
      skipped: 'Saltata',
      missed: 'Non avviata',
      lost: 'Worker perso',
      held: 'Sospesa',
      'disk-overdue': 'Disco in ritardo',
      'lock-timeout': 'Blocco non libero in tempo',
    },
  },
  jobs: {
    title: 'Job',
    description:
      'Solo per questi job, per i dischi su cui copiano e per i blocchi che tengono; per tutti se assente',
  },
  language: {
    title: 'Lingua',
    description: 'Lingua del messaggio; i messaggi di errore e i suggerimenti restano in inglese',
    values: { en: 'English', it: 'Italiano', de: 'Deutsch', fr: 'Français', es: 'Español' },
  },
  'webhook.timeZone': MESSAGE_ZONE,
  'mail.timeZone': MESSAGE_ZONE,
  digest: {
    title: 'Riepilogo',
    description:
      'Resoconto del periodo dall’ultimo riepilogo: cosa è stato eseguito, cosa è fallito, cosa non è coperto; a quest’ora nel fuso della notifica',
  },
  'digest.at': { title: 'Ora', description: 'Ora del giorno in cui viene inviato' },
  'digest.days': {
    title: 'Giorni',
    description: 'Giorni della settimana in cui viene inviato',
    values: DAYS,
  },
  url: {
    title: 'Indirizzo',
    description:
      'Dove inviare; un riferimento quando l’indirizzo stesso è un segreto, come per la maggior parte dei servizi di chat',
  },
  'url.string': { title: 'Indirizzo', description: 'L’indirizzo stesso, leggibile nella configurazione' },
  headers: {
    title: 'Intestazioni',
    description: 'Intestazioni HTTP da inviare; quelle segrete tramite riferimento',
  },
  'headers.string': { title: 'Valore', description: 'Il valore stesso, leggibile nella configurazione' },
  reference: {
    title: 'Segreto',
    description:
      'Da dove leggere il segreto: tra quelli che Holdfast conserva cifrati (`secret`), da una variabile d’ambiente (`env`) o da un file leggibile solo da Holdfast (`file`)',
  },
  env: { title: 'Variabile d’ambiente', description: 'Letto dall’ambiente quando serve' },
  'env.env': {
    title: 'Variabile',
    description: 'Nome di una variabile d’ambiente del server e dei worker; inizia con HOLDFAST_SECRET_',
  },
  secret: { title: 'Conservato da Holdfast', description: 'Conservato cifrato nel database di Holdfast' },
  'secret.secret': { title: 'Segreto', description: 'Nome di un segreto conservato da Holdfast' },
  file: { title: 'File', description: 'Letto da un file quando serve' },
  'file.file': {
    title: 'File',
    description:
      'Percorso assoluto di un file nella cartella dei segreti (HOLDFAST_SECRETS_DIR), che solo Holdfast può leggere',
  },
  'mail.from': { title: 'Mittente', description: 'Mittente delle e-mail' },
  'mail.to': {
    title: 'Destinatari',
    description:
      'Destinatari delle e-mail; un’e-mail che riguarda un disco va anche agli indirizzi di quel disco',
  },
  'mail.cc': { title: 'Copia a', description: 'Destinatari di una copia di ogni e-mail' },
  'mail.attachLog': {
    title: 'Allegare il log',
    description:
      'Quando viene allegato il log di un’esecuzione: con `on-problem` manca nelle e-mail di esito positivo; quelle di avvio non ne hanno',
    values: { never: 'Mai', 'on-problem': 'In caso di problema', always: 'Sempre' },
  },
  smtp: { title: 'Server di posta', description: 'Il server di posta' },
  'smtp.host': { title: 'Server', description: 'Nome o indirizzo del server di posta' },
  'smtp.port': { title: 'Porta', description: 'Porta TCP' },
  'smtp.tls': {
    title: 'Cifratura',
    description:
      '`starttls` (di solito porta 587) e `tls` (di solito porta 465) non ripiegano mai sul testo in chiaro; con `none` e-mail e password sono leggibili da chiunque lungo il percorso',
    values: { starttls: 'STARTTLS', tls: 'TLS', none: 'Nessuna' },
  },
  'smtp.caFile': {
    title: 'Autorità di certificazione',
    description:
      'File PEM delle autorità di certificazione da considerare attendibili per questo server al posto di quelle pubbliche',
  },
  'smtp.user': {
    title: 'Utente',
    description: 'Nome utente per l’accesso; se assente non viene eseguita l’autenticazione',
  },
  'smtp.password': {
    title: 'Password',
    description:
      'Da dove leggere la password: tra i segreti che Holdfast conserva cifrati (`secret`), da una variabile d’ambiente (`env`) o da un file leggibile solo da Holdfast (`file`)',
  },

  'jobs.kind': { title: 'Tipo', description: 'Quale driver lo esegue' },
  'jobs.node': { title: 'Nodo', description: 'Nome del nodo su cui lavora' },
  'jobs.vault': { title: 'Vault', description: 'Nome del vault in cui scrive' },
  'jobs.policy': { title: 'Policy', description: 'Nome della sua policy' },
  schedule: { title: 'Pianificazione', description: 'Se assente il job viene eseguito solo su richiesta' },
  'schedule.cron': {
    title: 'Espressione cron',
    description: 'Minuto, ora, giorno del mese, mese, giorno della settimana',
  },
  'schedule.missed': {
    title: 'Orari mancati',
    description:
      'Cosa fare al risveglio degli orari in cui nessuno ha eseguito il job: una sola esecuzione per tutti o nessuna',
    values: { 'run-once': 'Recupera una volta', skip: 'Ignora' },
  },
  windows: {
    title: 'Finestre',
    description: 'Quando possono iniziare le esecuzioni; sempre se l’elenco è vuoto',
  },
  'windows.days': {
    title: 'Giorni',
    description: 'Giorni della settimana in cui si apre la finestra',
    values: DAYS,
  },
  'windows.from': { title: 'Dalle', description: 'Ora in cui si apre la finestra' },
  'windows.to': {
    title: 'Alle',
    description: 'Ora in cui si chiude; il giorno seguente se non è successiva a `from`',
  },
  'windows.atEnd': {
    title: 'Alla chiusura',
    description: 'Cosa accade a un’esecuzione ancora in corso quando la finestra si chiude',
    values: { finish: 'Lascia terminare l’esecuzione', stop: 'Interrompi l’esecuzione' },
  },
  site: { title: 'Sito', description: 'Quali worker possono prenderlo in carico' },
  locks: {
    title: 'Blocchi',
    description:
      'Blocchi con un nome che l’esecuzione mantiene dall’inizio alla fine, condivisi con altri job o script esterni',
  },
  'locks.name': { title: 'Nome', description: 'Nome del blocco: lettere minuscole, cifre e . _ / -' },
  'locks.mode': {
    title: 'Modalità',
    description: 'Se altri che indicano `shared` possono tenere il blocco nello stesso momento',
    values: { shared: 'Condiviso', exclusive: 'Esclusivo' },
  },
  lockFiles: {
    title: 'File di blocco',
    description:
      'File di blocco di altri programmi, come gli script di Veeam: l’esecuzione aspetta i loro, e loro il suo',
  },
  'lockFiles.directory': {
    title: 'Cartella',
    description: 'Cartella in cui l’altro programma mette i suoi file di blocco',
  },
  'lockFiles.pattern': {
    title: 'Nomi dei file',
    description:
      'Quali file della cartella contano, maiuscole o minuscole: `*` sta per qualsiasi cosa, `?` per un carattere; i nomi che iniziano con un punto contano solo se anche il modello inizia così',
  },
  'lockFiles.ignoreOlderThan': {
    title: 'Ignora i più vecchi di',
    description:
      'Un file più vecchio è stato lasciato da un job interrotto: l’esecuzione avvisa e prosegue; senza, si aspetta ogni file',
  },
  'lockFiles.removeStale': {
    title: 'Rimuovi i residui',
    description: 'Attivo (`true`), i file ignorati per la loro età vengono anche rimossi',
  },
  'lockFiles.own': {
    title: 'File di blocco proprio',
    description: 'File presente mentre l’esecuzione lavora, perché l’altro programma aspetti; senza, nessuno',
  },
  'lockFiles.settle': {
    title: 'Pausa dopo l’annuncio',
    description:
      'Quanto l’esecuzione aspetta tra la creazione del proprio file di blocco e l’ultimo sguardo a quelli degli altri: più di quanto serve all’altro programma dal suo sguardo al suo file, cache della condivisione incluse',
  },
  startHooks: {
    title: 'Indirizzi di avvio',
    description:
      'Indirizzi che avviano il job per chiunque ne conosca il token, oltre a pianificazione, persone e token API',
  },
  'startHooks.name': {
    title: 'Nome',
    description:
      'Il suo indirizzo è /api/hooks/NOME; quello di `copy` è anche /copy. Nessun altro job può usare il nome',
  },
  'startHooks.token': {
    title: 'Token',
    description:
      'Ciò che il chiamante deve conoscere: almeno 16 caratteri, per esempio ciò che stampa `openssl rand -hex 24`',
  },
  timeLimit: { title: 'Limite di tempo', description: 'Un’esecuzione che dura di più viene annullata' },
  maxWait: {
    title: 'Attesa massima',
    description: 'Per quanto tempo un’esecuzione può attendere blocchi o finestre prima di essere saltata',
  },
  attempts: {
    title: 'Tentativi',
    description: 'Quante volte viene tentata un’esecuzione quando la controparte non è raggiungibile',
  },
  whenAbsent: {
    title: 'Se manca qualcosa',
    description: 'Esito quando l’origine o il vault non è presente',
    values: { skip: 'Salta l’esecuzione', fail: 'Considera fallita l’esecuzione' },
  },
  notify: {
    title: 'Notifiche',
    description:
      'Quando notificare per questo job: `always` a ogni fine di un’esecuzione, `failure` quando qualcuno dovrebbe controllare, `daily` solo nel riepilogo, `never` mai; se assente vale `on` di ciascuna notifica',
    values: {
      always: 'A ogni fine di un’esecuzione',
      failure: 'Quando qualcuno dovrebbe controllare',
      daily: 'Solo nel riepilogo',
      never: 'Mai',
    },
  },
  config: { title: 'Impostazioni', description: 'Ciò che è proprio di questo tipo di job' },
}
