import type { errors as english } from '../en/errors.ts'
import type { Same } from '../same.ts'

export const errors: Same<typeof english> = {
  'config-invalid': {
    title: 'Un valore non è valido',
    hint: 'Correggete il valore indicato, poi riprovate.',
  },
  'config-unreadable': {
    title: 'Non è stato possibile leggere un file o una cartella di configurazione',
    hint: 'Verificate che il percorso esista e che l’utente con cui gira Holdfast possa leggerlo.',
  },
  'config-conflict': {
    title: 'La configurazione è stata modificata da qualcun altro da quando è stata pianificata o letta',
    hint: 'Eseguite di nuovo «holdfast plan» per vedere che cosa resta da cambiare, poi applicate ancora una volta.',
  },
  'name-unknown': {
    title: 'Non esiste un job, vault, nodo, policy, esecuzione o punto di ripristino con quel nome',
    hint: 'Guardate nell’elenco che cosa c’è: forse è stato rinominato o eliminato.',
  },
  'environment-invalid': {
    title: 'Una variabile d’ambiente di Holdfast ha un valore inutilizzabile',
    hint: 'Correggete la variabile indicata; docs/reference/environment.md le elenca tutte.',
  },
  'secret-unavailable': {
    title: 'Un segreto a cui si fa riferimento non può essere letto',
    hint: 'Impostate la variabile d’ambiente o create il file indicato, leggibile solo da Holdfast.',
  },
  'secret-bound': {
    title: 'Un segreto salvato verrebbe inviato a un indirizzo diverso da quello per cui è stato inserito',
    hint: 'Inserite di nuovo il segreto, poi salvate la modifica: viene legato al nuovo indirizzo.',
  },
  'permission-denied': {
    title: 'Il sistema operativo ha negato la lettura o la scrittura di un file',
    hint: 'Date il diritto indicato all’utente con cui gira Holdfast, oppure eseguite il worker con un utente che lo ha.',
  },
  'database-unreachable': {
    title: 'PostgreSQL non risponde',
    hint: 'Verificate HOLDFAST_DATABASE_URL e che il server sia attivo; per il database incorporato guardate il log nella cartella dei dati.',
  },
  'database-unsafe': {
    title: 'Il server PostgreSQL è configurato in modo da poter perdere dati già confermati',
    hint: 'Riattivate le impostazioni indicate (fsync, full_page_writes, synchronous_commit) e riavviate.',
  },
  'database-version': {
    title: 'Il database è stato creato da una versione diversa da quella installata',
    hint: 'Eseguite «holdfast upgrade-db» oppure installate la versione di Holdfast che ha creato il database.',
  },
  'database-not-empty': {
    title: 'Il ripristino del database di controllo ha trovato dati già presenti',
    hint: 'Ripristinate in una cartella dati nuova, oppure usate --replace per scartare ciò che c’è.',
  },
  'backup-file-invalid': {
    title: 'Un file di backup del database di controllo è danneggiato o non è di Holdfast',
    hint: 'Prendete un file di backup più vecchio; se non ce n’è, ricostruite il catalogo con «holdfast reindex».',
  },
  'no-progress': {
    title: 'Un trasferimento si è fermato ed è stato abbandonato',
    hint: 'Verificate lo stato del disco e la rete tra le due estremità.',
  },
  'lock-held': {
    title: 'Qualcos’altro detiene un blocco necessario',
    hint: 'Aspettate il detentore indicato. Un’esecuzione si può annullare, il blocco di uno script si restituisce con `holdfast lock release`; la pagina «Blocchi» li mostra tutti.',
  },
  'window-closed': {
    title: 'Il job può girare solo nella sua finestra, che ora è chiusa',
    hint: 'Nulla da fare: l’esecuzione parte quando la finestra si apre. Allargatela se le esecuzioni vengono saltate.',
  },
  'run-state': {
    title: 'L’esecuzione è in uno stato che non permette quanto richiesto',
    hint: 'Guardate l’esecuzione: solo una sospesa può essere approvata, solo una in corso può essere annullata.',
  },
  'source-gone': {
    title: 'La cartella da proteggere non esiste',
    hint: 'Montate o create la sorgente, oppure correggete il percorso nel job.',
  },
  'vault-absent': {
    title: 'Il luogo che contiene i punti di ripristino non c’è',
    hint: 'Montate il disco o create la cartella del vault, poi eseguite di nuovo il job.',
  },
  'vault-foreign': {
    title: 'La cartella di un vault contiene file estranei o appartiene a un altro vault',
    hint: 'Date al vault una cartella vuota tutta sua, oppure correggetene il percorso.',
  },
  'disk-absent': {
    title: 'Il disco che serve non è collegato',
    hint: 'Colleghi uno dei dischi indicati; il job parte da solo appena può.',
  },
  'disk-ambiguous': {
    title: 'Due dispositivi hanno l’UUID del disco: uno è una copia dell’altro',
    hint: 'Scolleghi la copia o le dia un UUID proprio (tune2fs -U random, xfs_admin -U generate, btrfstune -u).',
  },
  'disk-system': {
    title: 'Il disco contiene il sistema di questa macchina o i dati di Holdfast',
    hint: 'Corregga l’UUID nel set di dischi: le copie non vanno mai sul disco da cui gira il sistema.',
  },
  'disk-unlock-failed': {
    title: 'Il disco cifrato non si apre con la passphrase del set di dischi',
    hint: 'Inserisca di nuovo la passphrase di questo disco in “Segreti”, poi riavvii il job.',
  },
  'disk-mount-failed': {
    title: 'Il disco non si può montare',
    hint: 'Legga nei dettagli che cosa dice mount; se il file system è danneggiato, lo controlli con fsck mentre il disco non è in uso.',
  },
  'disk-read-only': {
    title: 'Il disco è protetto da scrittura o il suo file system non accetta scritture',
    hint: 'Cerchi un interruttore di protezione; se non c’è, il disco forse si sta guastando: controlli i valori SMART e ne usi un altro.',
  },
  'disk-busy': {
    title: 'Il disco non si può smontare o usare perché un altro programma lo sta usando',
    hint: 'Chiuda i programmi indicati, poi si smonta da solo. Non scolleghi il disco prima.',
  },
  'disk-removed': {
    title: 'Il disco è stato scollegato o si è guastato mentre era in uso',
    hint: 'Lo ricolleghi e avvii il job: la copia riprende da dove era. Se nessuno ha toccato il disco, controlli il cavo e i valori SMART.',
  },
  'disk-failing': {
    title: 'Il disco non ha restituito ciò che vi era stato scritto',
    hint: 'Non si affidi a questo disco: lo sostituisca ed esegua il job oggi stesso con un altro del set.',
  },
  'file-system-unsupported': {
    title: 'Il file system di un disco non può conservare ciò che serve a una copia',
    hint: 'Formatti il disco con ext4, XFS o Btrfs, per esempio “mkfs.ext4 -m 0 -L ETICHETTA DISPOSITIVO”, e inserisca il nuovo UUID.',
  },
  'lock-files-unreachable': {
    title: 'La cartella in cui un altro programma mette i suoi file di blocco non si può leggere',
    hint: 'Monti la condivisione su cui si trova o corregga “lockFiles” del job. Senza di essa nessuno sa se l’altro programma è al lavoro, quindi l’esecuzione non inizia.',
  },
  'lock-file-refused': {
    title: 'Il file di blocco che fa attendere un altro programma non si può creare',
    hint: 'Crei la sua cartella e dia all’utente con cui gira Holdfast il diritto di scrivervi, su una condivisione anche i diritti della condivisione; oppure corregga “own” in “lockFiles” del job.',
  },
  'vault-full': {
    title: 'Nel vault non c’è spazio per ciò che l’esecuzione scriverebbe',
    hint: 'Liberate spazio, aggiungete un disco più grande o conservate meno punti di ripristino.',
  },
  'restore-target-exists': {
    title: 'La cartella in cui ripristinare non è vuota',
    hint: 'Indicate una cartella che ancora non esiste, oppure quali file si possono sovrascrivere.',
  },
  'restore-target-refused': {
    title: 'In questa cartella non si può ripristinare nulla',
    hint: 'Ripristinate in una cartella al di fuori dei vault, delle cartelle personali e del sistema, oppure fate aggiungere da un amministratore una cartella a `restoreRoots` del nodo del job.',
  },
  'restore-point-damaged': {
    title: 'Un punto di ripristino non corrisponde al suo manifesto',
    hint: 'Non fidatevi di questo punto: ripristinate da un altro e controllate il disco su cui si trova.',
  },
  'restore-differs': {
    title: 'Ciò che è stato ripristinato è diverso dal punto di ripristino',
    hint: 'Controllate il disco di destinazione, poi ripristinate di nuovo in un altro posto.',
  },
  'export-target-exists': {
    title: 'La cartella in cui esportare contiene altri file di configurazione',
    hint: 'Indicate una cartella vuota, oppure usate --replace per sovrascrivere i file di un’esportazione precedente.',
  },
  'change-declined': {
    title: 'Una modifica eliminerebbe o sostituirebbe qualcosa e nessuno ha acconsentito',
    hint: 'Guardate le modifiche mostrate; --yes prosegue senza chiedere, senza --prune non si elimina nulla.',
  },
  'write-failed': {
    title: 'Il disco ha segnalato un errore durante la scrittura',
    hint: 'Considerate il disco guasto: controllate il cavo e i valori SMART ed eseguite il job su un altro disco.',
  },
  'command-failed': {
    title: 'Un programma avviato da Holdfast è terminato con un errore',
    hint: 'Le ultime righe del suo output sono nei dettagli; risolvete ciò che dicono ed eseguite di nuovo.',
  },
  'command-missing': {
    title: 'Un programma necessario non è installato',
    hint: 'Installate il pacchetto indicato e ripetete la diagnosi.',
  },
  'run-canceled': {
    title: 'Qualcuno ha annullato l’esecuzione',
    hint: 'Avviate di nuovo il job quando può girare.',
  },
  'run-refused': {
    title: 'Qualcuno ha rifiutato un’esecuzione sospesa',
    hint: 'Guardate che cosa ha trovato il controllo prima di riavviare il job.',
  },
  'wait-canceled': {
    title: 'Un comando in attesa è stato interrotto',
    hint: 'Non è cambiato nulla. Richiamatelo per aspettare ancora.',
  },
  'worker-stopping': {
    title: 'Il worker è stato fermato durante l’esecuzione',
    hint: 'Nulla da fare: l’esecuzione viene ripianificata quando parte un worker.',
  },
  'time-limit': {
    title: 'L’esecuzione ha superato il tempo massimo',
    hint: 'Aumentate il limite di tempo del job, oppure cercate nel log che cosa ha richiesto tanto.',
  },
  'worker-lost': {
    title: 'Il worker è caduto o ha perso la connessione durante l’esecuzione',
    hint: 'Nulla da fare: ciò che era occupato è stato liberato e l’esecuzione viene ripianificata. Se si ripete, controllate la memoria della macchina.',
  },
  'slot-missed': {
    title: 'Alcuni orari di un job sono passati mentre nessun worker era attivo',
    hint: 'Tenete un worker attivo come servizio di sistema; il job dice che cosa accade degli orari persi («schedule.missed»).',
  },
  'notification-unreachable': {
    title: 'Un server di posta o un webhook da avvisare non risponde o chiede di riprovare più tardi',
    hint: 'Verificate host, porta e rete dalla macchina di Holdfast; il messaggio viene rinviato da solo.',
  },
  'notification-refused': {
    title: 'Un server di posta o un webhook ha rifiutato un messaggio su un’esecuzione',
    hint: 'Verificate utente, password, destinatari e intestazioni della notifica: lo stesso messaggio verrebbe rifiutato di nuovo.',
  },
  'not-signed-in': {
    title: 'Non avete effettuato l’accesso, o la sessione è terminata',
    hint: 'Accedete di nuovo, oppure create un nuovo token API.',
  },
  'password-needed': {
    title: 'Inserite la vostra password',
    hint: 'Qualche tempo dopo l’accesso, un token API si crea con la password.',
  },
  'password-wrong': {
    title: 'Questa non è la vostra password attuale',
    hint: 'Inserite la password con cui avete effettuato l’accesso.',
  },
  'sign-in-failed': {
    title: 'Nome e password non corrispondono',
    hint: 'Verificate entrambi. Un amministratore della macchina può impostare una nuova password: «holdfast admin reset-password NOME».',
  },
  'sign-in-locked': {
    title: 'Troppi tentativi di accesso falliti',
    hint: 'Aspettate fino all’ora indicata, poi riprovate.',
  },
  'not-allowed': {
    title: 'Il ruolo dell’utente o l’ambito del token non lo permette',
    hint: 'Chiedete il diritto a un amministratore, oppure usate un token con l’ambito indicato.',
  },
  'cross-site-request': {
    title: 'Un browser ha inviato una modifica che non veniva da una pagina di Holdfast',
    hint: 'Usate Holdfast all’indirizzo di HOLDFAST_URL; un proxy davanti deve trasmettere l’intestazione Host.',
  },
  'hook-refused': {
    title: 'Questo indirizzo di avvio non esiste, o il suo token è errato',
    hint: 'Confrontate nome e token con gli indirizzi di avvio del job.',
  },
  'setup-needed': {
    title: 'Holdfast non ha ancora utenti',
    hint: 'Aprite il link di configurazione stampato dal server all’avvio, oppure eseguite «holdfast admin create NOME».',
  },
  'setup-link-invalid': {
    title: 'Il link di configurazione è già stato usato, o non è l’ultimo stampato dal server',
    hint: 'Usate il link più recente nel log del server; accedete se esiste già un utente.',
  },
  'password-weak': {
    title: 'La nuova password è troppo facile da indovinare',
    hint: 'Usate almeno 12 caratteri, non il nome utente e nessuna delle password comuni.',
  },
  'rate-limited': {
    title: 'Troppe richieste da un solo indirizzo',
    hint: 'Aspettate i secondi indicati e inviate meno richieste alla volta.',
  },
  'request-invalid': {
    title: 'Una richiesta all’API non è ben formata',
    hint: 'Correggete i valori indicati; l’API è descritta in /docs.',
  },
  'request-too-large': {
    title: 'Il contenuto di una richiesta è più grande di quanto l’API accetti',
    hint: 'Inviate meno dati alla volta.',
  },
  'route-unknown': {
    title: 'A questo indirizzo dell’API non c’è nulla',
    hint: 'Ricaricate la pagina; indirizzi e metodi sono descritti in /docs.',
  },
  'edit-conflict': {
    title: 'Qualcun altro ha modificato l’oggetto dopo che è stato letto',
    hint: 'Rileggetelo, guardate che cosa è cambiato e ripetete la vostra modifica.',
  },
  'edit-unconditional': {
    title: 'Una modifica non dice per quale stato dell’oggetto vale',
    hint: 'Ricaricate la pagina. Gli script inviano come If-Match l’ETag che hanno letto.',
  },
  'object-exists': {
    title: 'Esiste già un oggetto con quel nome',
    hint: 'Scegliete un altro nome, oppure modificate quello esistente.',
  },
  'object-in-use': {
    title: 'Qualcosa non può essere eliminato finché altri vi fanno riferimento',
    hint: 'Modificate o eliminate prima quelli indicati.',
  },
  'last-admin': {
    title: 'Dopo la modifica nessuno potrebbe più amministrare Holdfast',
    hint: 'Rendete prima amministratore un altro utente.',
  },
  'idempotency-conflict': {
    title:
      'Una chiave di idempotenza è già stata usata per un’altra richiesta, o quella richiesta è ancora in corso',
    hint: 'Riprovate tra poco. Gli script usano una chiave nuova per ogni nuova richiesta.',
  },
  'secret-key-missing': {
    title: 'La chiave con cui sono cifrati i segreti salvati manca o è un’altra',
    hint: 'Rimettete il file secret.key dal backup accanto ai dati di Holdfast, oppure inserite di nuovo i segreti.',
  },
  'worker-absent': {
    title: 'Nessun worker del sito che possa farlo è attivo',
    hint: 'Avviatene uno con «holdfast worker --site NOME» o «systemctl start holdfast-worker».',
  },
  'server-unreachable': {
    title: 'Il server Holdfast non risponde',
    hint: 'Controlli la rete e che il servizio sia attivo: `systemctl status holdfast`. Ciò che è visualizzato si aggiorna da solo appena risponde; una modifica va inviata di nuovo.',
  },
  'server-answer-invalid': {
    title: 'A questo indirizzo non risponde il server Holdfast atteso',
    hint: 'Ricaricate la pagina; controllate un eventuale proxy davanti al server.',
  },
  'listen-failed': {
    title: 'Il server non può mettersi in ascolto al suo indirizzo',
    hint: 'Fermate ciò che usa la porta, oppure sceglietene un’altra con HOLDFAST_LISTEN.',
  },
  'invariant-broken': {
    title: 'Holdfast ha incontrato una situazione che i suoi autori ritenevano impossibile',
    hint: 'Segnalatelo con il log dell’esecuzione; la diagnosi mostra se c’è altro che non va.',
  },
  'server-certificate-untrusted': {
    title: 'Il certificato del server Holdfast non è considerato attendibile',
    hint: 'Indicate alla riga di comando con --ca-file il file dell’autorità di certificazione, oppure fate correggere il certificato del server.',
  },
  'node-unreachable': {
    title: 'Un nodo non risponde, o la connessione si è interrotta',
    hint: 'Verificate che il server sia in funzione, che il suo indirizzo nel nodo sia giusto e che non ci sia un firewall in mezzo; `holdfast doctor` riprova.',
  },
  'node-auth-failed': {
    title: 'Un nodo ha rifiutato utente, password o token',
    hint: 'Inserite nel nodo l’utente e il segreto giusti, poi verificatelo con `holdfast doctor`.',
  },
  'node-certificate-untrusted': {
    title:
      'Il certificato di un nodo non è firmato da un’autorità che questa macchina considera attendibile, o è per un altro nome',
    hint: 'Indicate nel nodo il file con il certificato dell’autorità (`caFile`) o, dove il nodo la prevede, l’impronta del certificato dopo averla confrontata con quella sul server (`fingerprint`); oppure correggete l’indirizzo.',
  },
  'privilege-missing': {
    title: 'L’utente di un nodo non può fare ciò che serve al job',
    hint: 'Date all’utente del nodo il diritto indicato, oppure inserite un altro utente.',
  },
  'node-refused': {
    title: 'Un nodo ha capito una richiesta e l’ha rifiutata',
    hint: 'Guardate che cosa ha detto il nodo; il suo log dice di più.',
  },
  'node-answer-invalid': {
    title: 'Un nodo ha risposto in modo incomprensibile, o ha interrotto la risposta',
    hint: 'Verificate che l’indirizzo sia quello del server stesso, non di un proxy o di un altro programma.',
  },
  'node-full': {
    title: 'Un nodo non ha più spazio per ciò che deve conservare',
    hint: 'Liberate spazio sulla macchina del nodo, poi riavviate l’esecuzione: riprende da dove si era fermata.',
  },
  'database-absent': {
    title: 'Un database indicato da un job non esiste sul suo nodo',
    hint: 'Correggete il nome nel job, oppure create il database; `holdfast doctor` elenca ciò che c’è.',
  },
  'destination-exists': {
    title: 'Tra il piano e l’esecuzione è comparso un database all’origine o alla destinazione',
    hint: 'Riavviate il job: pianifica da capo, e chiede prima di copiare in ciò che c’è già.',
  },
  'points-refused': {
    title:
      'La destinazione ha rifiutato dei punti: un campo vi ha un altro tipo, o sono più vecchi di quanto conserva',
    hint: 'Copiate in un nuovo database, oppure correggete la destinazione: il messaggio indica measurement, campo e motivo.',
  },
  'copy-differs': {
    title: 'Ciò che è arrivato a destinazione è diverso dall’origine',
    hint: 'Guardate se qualcos’altro scrive nella destinazione, poi riavviate l’esecuzione; indica measurement, finestra e campo.',
  },
}
