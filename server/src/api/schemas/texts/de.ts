import type { SchemaTexts } from '@holdfast/contract'

const DAYS = {
  mon: 'Montag',
  tue: 'Dienstag',
  wed: 'Mittwoch',
  thu: 'Donnerstag',
  fri: 'Freitag',
  sat: 'Samstag',
  sun: 'Sonntag',
}
const MESSAGE_ZONE = { title: 'Zeitzone', description: 'Zone, in der die Nachricht Datum und Uhrzeit angibt' }
const KEEP_HINT = 'zu denen es einen gibt'

export const de: SchemaTexts = {
  name: {
    title: 'Name',
    description:
      'Ein Name, den nichts anderes derselben Art trägt und der nicht wie eine ID (job_0123456789ab) aussieht; andere verweisen mit ihm darauf',
  },
  description: { title: 'Beschreibung', description: 'Eine Bemerkung für die Beteiligten' },
  enabled: { title: 'Aktiv', description: 'Ausgeschaltet (`false`) bleibt es erhalten, tut aber nichts' },
  kind: {
    title: 'Art',
    description: 'Um welche Art es sich handelt',
    values: {
      'disk-set': 'Wechselplatten-Satz',
      directory: 'Verzeichnis',
      webhook: 'Webhook',
      mail: 'E-Mail',
    },
  },
  timeZone: { title: 'Zeitzone', description: 'Eine Zone der IANA-Liste' },

  'vaults.directory': {
    title: 'Verzeichnis',
    description: 'Ein Verzeichnis auf einem Datenträger des Hosts oder auf einem eingehängten',
  },
  'vaults.directory.path': {
    title: 'Pfad',
    description: 'Absoluter Pfad eines Verzeichnisses, das Holdfast allein gehört',
  },
  'vaults.directory.mustBeMounted': {
    title: 'Muss eingehängt sein',
    description:
      'Einschalten, wenn der Pfad ein eingehängter Datenträger ist: Solange er nicht eingehängt ist, wird nichts geschrieben',
  },
  warnFree: {
    title: 'Warnen unter',
    description: 'Bleibt nach einem Lauf weniger Platz frei, endet er mit einer Warnung',
  },
  minFree: {
    title: 'Freizuhaltender Platz',
    description: 'Speicherplatz, den ein Lauf auf dem Vault frei lassen muss',
  },
  maxParallelRuns: {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig in diesen Vault schreiben dürfen; weitere warten',
  },
  'vaults.disk-set': {
    title: 'Wechselplatten-Satz',
    description:
      'Platten, die abwechselnd eingesteckt werden: an der UUID erkannt, nur für einen Lauf eingehängt',
  },
  'vaults.disk-set.disks': {
    title: 'Platten',
    description: 'Die Platten, die sich abwechseln; benutzt wird die erste von ihnen, die eingesteckt ist',
  },
  'vaults.disk-set.disks.uuid': {
    title: 'UUID',
    description:
      'UUID des Dateisystems oder, wenn verschlüsselt, des LUKS-Containers; `holdfast disk list` zeigt, was eingesteckt ist',
  },
  'vaults.disk-set.disks.label': {
    title: 'Bezeichnung',
    description: 'Was auf der Platte geschrieben steht: So nennen sie Meldungen und die Seite des Vaults',
  },
  'vaults.disk-set.disks.mail': {
    title: 'E-Mail an',
    description:
      'Wer diese Platte betreut: erhält die E-Mails über ihre Läufe, neben den Empfängern der Benachrichtigungen',
  },
  'vaults.disk-set.disks.passphrase': {
    title: 'LUKS-Passphrase',
    description: 'Öffnet die Platte, wenn sie mit LUKS verschlüsselt ist',
  },
  'vaults.disk-set.rotation': {
    title: 'Jede Platte zurück innerhalb',
    description:
      'Eine Platte, deren letzte gute Kopie älter ist, ist überfällig, und ein Alarm sagt es; ohne Angabe nie',
  },
  'vaults.disk-set.runWhenPluggedIn': {
    title: 'Beim Einstecken starten',
    description:
      'Eingeschaltet (`true`) beginnen die Jobs, die in diesen Vault schreiben, wenn eine seiner Platten eingesteckt wird',
  },

  'policies.retention': { title: 'Aufbewahrung', description: 'Ohne Angabe wird nie etwas entfernt' },
  keepLast: { title: 'Letzte behalten', description: 'Die neuesten N' },
  keepHourly: {
    title: 'Stündliche behalten',
    description: `Den neuesten jeder der letzten N Stunden, ${KEEP_HINT}`,
  },
  keepDaily: {
    title: 'Tägliche behalten',
    description: `Den neuesten jedes der letzten N Tage, ${KEEP_HINT}`,
  },
  keepWeekly: {
    title: 'Wöchentliche behalten',
    description: `Den neuesten jeder der letzten N ISO-Wochen, ${KEEP_HINT}`,
  },
  keepMonthly: {
    title: 'Monatliche behalten',
    description: `Den neuesten jedes der letzten N Monate, ${KEEP_HINT}`,
  },
  keepYearly: {
    title: 'Jährliche behalten',
    description: `Den neuesten jedes der letzten N Jahre, ${KEEP_HINT}`,
  },
  'retention.timeZone': {
    title: 'Zeitzone',
    description: 'Zone, in der Tage, Wochen und Monate beginnen; ohne Angabe UTC',
  },
  'policies.rpo': {
    title: 'RPO',
    description:
      'Höchstes zulässiges Alter des neuesten guten Wiederherstellungspunkts; ohne Angabe lautet die Abdeckung „keine Richtlinie“',
  },
  'policies.verification': { title: 'Prüfung', description: 'Wie Wiederherstellungspunkte geprüft werden' },
  'verification.afterRun': {
    title: 'Prüfung nach jedem Lauf',
    description: 'Wie ein neuer Wiederherstellungspunkt geprüft wird, bevor ältere entfernt werden dürfen',
    values: { none: 'Keine', sample: 'Stichprobe', full: 'Vollständig' },
  },
  'verification.samplePercent': {
    title: 'Umfang der Stichprobe',
    description: 'Anteil der Dateien, deren Inhalt eine Stichprobe liest, in Prozent',
  },
  'verification.maxAge': {
    title: 'Gültigkeit einer vollständigen Prüfung',
    description:
      'So lange nach seiner letzten bestandenen vollständigen Prüfung gilt ein Wiederherstellungspunkt als geprüft',
  },

  'notifications.webhook': {
    title: 'Webhook',
    description: 'Ein POST mit dem Lauf als JSON, für Chats und Skripte',
  },
  'notifications.mail': { title: 'E-Mail', description: 'Eine E-Mail an eine oder mehrere Personen' },
  on: {
    title: 'Melden bei',
    description:
      'Was gemeldet wird; bei leerer Liste nichts, dann bleiben die Zusammenfassung und was die Jobs selbst festlegen (`notify`)',
    values: {
      started: 'Begonnen',
      success: 'Erfolg',
      warning: 'Warnung',
      failed: 'Fehlgeschlagen',
      canceled: 'Abgebrochen',
      skipped: 'Übersprungen',
      missed: 'Verpasst',
      lost: 'Worker ausgefallen',
      held: 'Angehalten',
      'disk-overdue': 'Platte überfällig',
      'lock-timeout': 'Sperre nicht rechtzeitig frei',
    },
  },
  jobs: {
    title: 'Jobs',
    description:
      'Nur für diese Jobs, für die Platten, auf die sie kopieren, und die Sperren, die sie halten; ohne Angabe für alle',
  },
  language: {
    title: 'Sprache',
    description: 'Sprache der Nachricht; Fehlermeldungen und Hinweise bleiben englisch',
    values: { en: 'English', it: 'Italiano', de: 'Deutsch', fr: 'Français', es: 'Español' },
  },
  'webhook.timeZone': MESSAGE_ZONE,
  'mail.timeZone': MESSAGE_ZONE,
  digest: {
    title: 'Zusammenfassung',
    description:
      'Bericht über die Zeit seit dem letzten: was lief, was fehlschlug, was nicht abgedeckt ist; zu dieser Uhrzeit in der Zeitzone der Benachrichtigung',
  },
  'digest.at': { title: 'Uhrzeit', description: 'Uhrzeit, zu der sie versandt wird' },
  'digest.days': { title: 'Tage', description: 'Wochentage, an denen sie versandt wird', values: DAYS },
  url: {
    title: 'Adresse',
    description:
      'Wohin gesendet wird; ein Verweis, wenn die Adresse selbst geheim ist, wie bei den meisten Chat-Diensten',
  },
  'url.string': { title: 'Adresse', description: 'Die Adresse selbst, in der Konfiguration lesbar' },
  headers: { title: 'Header', description: 'HTTP-Header, die mitgesendet werden; geheime als Verweis' },
  'headers.string': { title: 'Wert', description: 'Der Wert selbst, in der Konfiguration lesbar' },
  reference: {
    title: 'Geheimnis',
    description:
      'Woher das Geheimnis gelesen wird: aus den von Holdfast verschlüsselt verwahrten (`secret`), aus einer Umgebungsvariablen (`env`) oder aus einer Datei, die nur Holdfast lesen kann (`file`)',
  },
  env: { title: 'Umgebungsvariable', description: 'Wird bei Bedarf aus der Umgebung gelesen' },
  'env.env': {
    title: 'Variable',
    description: 'Name einer Umgebungsvariablen von Server und Workern; er beginnt mit HOLDFAST_SECRET_',
  },
  secret: {
    title: 'Von Holdfast verwahrt',
    description: 'Verschlüsselt in der Datenbank von Holdfast verwahrt',
  },
  'secret.secret': { title: 'Geheimnis', description: 'Name eines Geheimnisses, das Holdfast verwahrt' },
  file: { title: 'Datei', description: 'Wird bei Bedarf aus einer Datei gelesen' },
  'file.file': {
    title: 'Datei',
    description:
      'Absoluter Pfad einer Datei im Verzeichnis für Geheimnisse (HOLDFAST_SECRETS_DIR), die nur Holdfast lesen kann',
  },
  'mail.from': { title: 'Absender', description: 'Absender der E-Mails' },
  'mail.to': {
    title: 'Empfänger',
    description:
      'Empfänger der E-Mails; eine E-Mail, in der es um eine Platte geht, erhalten auch deren Adressen',
  },
  'mail.cc': { title: 'Kopie an', description: 'Empfänger einer Kopie jeder E-Mail' },
  'mail.attachLog': {
    title: 'Protokoll anhängen',
    description:
      'Wann das Protokoll eines Laufs angehängt wird: Mit `on-problem` fehlt es in E-Mails über einen Erfolg; E-Mails über einen Beginn haben keines',
    values: { never: 'Nie', 'on-problem': 'Bei einem Problem', always: 'Immer' },
  },
  smtp: { title: 'Mailserver', description: 'Der Mailserver' },
  'smtp.host': { title: 'Server', description: 'Name oder Adresse des Mailservers' },
  'smtp.port': { title: 'Port', description: 'TCP-Port' },
  'smtp.tls': {
    title: 'Verschlüsselung',
    description:
      '`starttls` (meist Port 587) und `tls` (meist Port 465) weichen nie auf Klartext aus; mit `none` sind E-Mail und Passwort unterwegs für jeden lesbar',
    values: { starttls: 'STARTTLS', tls: 'TLS', none: 'Keine' },
  },
  'smtp.caFile': {
    title: 'Zertifizierungsstellen',
    description:
      'PEM-Datei der Zertifizierungsstellen, denen für diesen Server statt der öffentlichen vertraut wird',
  },
  'smtp.user': { title: 'Benutzer', description: 'Anmeldename; ohne ihn wird keine Anmeldung versucht' },
  'smtp.password': {
    title: 'Passwort',
    description:
      'Woher das Passwort gelesen wird: aus den von Holdfast verschlüsselt verwahrten Geheimnissen (`secret`), aus einer Umgebungsvariablen (`env`) oder aus einer Datei, die nur Holdfast lesen kann (`file`)',
  },

  'jobs.kind': { title: 'Art', description: 'Welcher Treiber ihn ausführt' },
  'jobs.node': { title: 'Knoten', description: 'Name des Knotens, auf dem er arbeitet' },
  'jobs.vault': { title: 'Vault', description: 'Name des Vaults, in den er schreibt' },
  'jobs.policy': { title: 'Richtlinie', description: 'Name seiner Richtlinie' },
  schedule: { title: 'Zeitplan', description: 'Ohne Zeitplan läuft der Job nur auf Anforderung' },
  'schedule.cron': {
    title: 'Cron-Ausdruck',
    description: 'Minute, Stunde, Tag des Monats, Monat, Wochentag',
  },
  'schedule.missed': {
    title: 'Verpasste Termine',
    description:
      'Was nach dem Aufwachen mit Terminen geschieht, die niemand ausgeführt hat: ein Lauf für alle oder keiner',
    values: { 'run-once': 'Einmal nachholen', skip: 'Auslassen' },
  },
  windows: { title: 'Zeitfenster', description: 'Wann Läufe beginnen dürfen; bei leerer Liste jederzeit' },
  'windows.days': {
    title: 'Tage',
    description: 'Wochentage, an denen sich das Fenster öffnet',
    values: DAYS,
  },
  'windows.from': { title: 'Von', description: 'Uhrzeit, zu der sich das Fenster öffnet' },
  'windows.to': {
    title: 'Bis',
    description: 'Uhrzeit, zu der es sich schließt; am Folgetag, wenn sie nicht nach `from` liegt',
  },
  'windows.atEnd': {
    title: 'Beim Schließen',
    description: 'Was mit einem Lauf geschieht, der beim Schließen des Fensters noch nicht fertig ist',
    values: { finish: 'Lauf beenden lassen', stop: 'Lauf anhalten' },
  },
  site: { title: 'Standort', description: 'Welche Worker ihn übernehmen dürfen' },
  locks: {
    title: 'Sperren',
    description:
      'Benannte Sperren, die der Lauf von Anfang bis Ende hält, gemeinsam mit anderen Jobs oder fremden Skripten',
  },
  'locks.name': { title: 'Name', description: 'Name der Sperre: Kleinbuchstaben, Ziffern und . _ / -' },
  'locks.mode': {
    title: 'Modus',
    description: 'Ob andere, die ebenfalls `shared` angeben, die Sperre gleichzeitig halten dürfen',
    values: { shared: 'Geteilt', exclusive: 'Exklusiv' },
  },
  lockFiles: {
    title: 'Sperrdateien',
    description:
      'Sperrdateien anderer Programme, etwa von Veeam-Skripten: der Lauf wartet auf ihre und sie auf seine',
  },
  'lockFiles.directory': {
    title: 'Ordner',
    description: 'Ordner, in den das andere Programm seine Sperrdateien legt',
  },
  'lockFiles.pattern': {
    title: 'Dateinamen',
    description:
      'Welche Dateien des Ordners zählen, in Groß- oder Kleinschreibung: `*` steht für alles, `?` für ein Zeichen; Namen, die mit einem Punkt beginnen, zählen nur, wenn auch das Muster so beginnt',
  },
  'lockFiles.ignoreOlderThan': {
    title: 'Ältere übergehen',
    description:
      'Eine Datei, die älter ist, hat ein abgestürzter Job hinterlassen: der Lauf warnt und macht weiter; ohne Angabe wird auf jede Datei gewartet',
  },
  'lockFiles.removeStale': {
    title: 'Überbleibsel entfernen',
    description:
      'Eingeschaltet (`true`), werden Dateien, die wegen ihres Alters übergangen werden, auch entfernt',
  },
  'lockFiles.own': {
    title: 'Eigene Sperrdatei',
    description:
      'Datei, die da ist, solange der Lauf arbeitet, damit das andere Programm wartet; ohne Angabe keine',
  },
  'lockFiles.settle': {
    title: 'Pause nach dem Ankündigen',
    description:
      'Wie lange der Lauf zwischen dem Anlegen seiner eigenen Sperrdatei und dem letzten Blick nach denen der anderen wartet: länger, als das andere Programm von seinem Blick bis zu seiner Datei braucht, Zwischenspeicher der Freigabe eingerechnet',
  },
  startHooks: {
    title: 'Start-Adressen',
    description:
      'Adressen, die den Job für jeden starten, der ihr Token kennt, neben Zeitplan, Personen und API-Token',
  },
  'startHooks.name': {
    title: 'Name',
    description:
      'Seine Adresse ist /api/hooks/NAME; die von `copy` ist auch /copy. Kein anderer Job darf den Namen verwenden',
  },
  'startHooks.token': {
    title: 'Token',
    description:
      'Was der Aufrufer wissen muss: mindestens 16 Zeichen, zum Beispiel was `openssl rand -hex 24` ausgibt',
  },
  timeLimit: { title: 'Zeitlimit', description: 'Ein Lauf, der länger dauert, wird abgebrochen' },
  maxWait: {
    title: 'Längste Wartezeit',
    description: 'Wie lange ein Lauf auf Sperren oder Zeitfenster warten darf, bevor er übersprungen wird',
  },
  attempts: {
    title: 'Versuche',
    description: 'Wie oft ein Lauf versucht wird, wenn die Gegenseite nicht erreichbar ist',
  },
  whenAbsent: {
    title: 'Wenn etwas fehlt',
    description: 'Ausgang, wenn die Quelle oder der Vault nicht vorhanden ist',
    values: { skip: 'Lauf überspringen', fail: 'Lauf fehlschlagen lassen' },
  },
  notify: {
    title: 'Benachrichtigen',
    description:
      'Wann zu diesem Job benachrichtigt wird: `always` bei jedem Ende eines Laufs, `failure` wenn jemand nachsehen sollte, `daily` nur in der Zusammenfassung, `never` nie; ohne Angabe gilt `on` der Benachrichtigungen',
    values: {
      always: 'Bei jedem Ende eines Laufs',
      failure: 'Wenn jemand nachsehen sollte',
      daily: 'Nur in der Zusammenfassung',
      never: 'Nie',
    },
  },
  config: { title: 'Einstellungen', description: 'Was dieser Art von Job eigen ist' },
}
