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
    values: { directory: 'Verzeichnis', webhook: 'Webhook', mail: 'E-Mail' },
  },
  timeZone: { title: 'Zeitzone', description: 'Eine Zone der IANA-Liste' },

  'nodes.kind': {
    title: 'Art',
    description: '`host`: der Rechner, auf dem ein Worker am Standort des Jobs läuft',
    values: { host: 'Host' },
  },
  'nodes.maxParallelRuns': {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig auf diesem Knoten arbeiten dürfen; weitere warten',
  },
  'nodes.restoreRoots': {
    title: 'Ordner für Wiederherstellungen',
    description:
      'Echte absolute Pfade von Ordnern. Wer kein Administrator ist, stellt nur darunter wieder her und, sofern nicht auf einige Knoten beschränkt, in die Quelle des Jobs',
  },

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
  'vaults.directory.minFree': {
    title: 'Freizuhaltender Platz',
    description: 'Speicherplatz, den ein Lauf auf dem Vault frei lassen muss',
  },
  'vaults.directory.maxParallelRuns': {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig in diesen Vault schreiben dürfen; weitere warten',
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
      'Welche Ausgänge eines Laufs gemeldet werden; bei leerer Liste keine, dann bleiben die Zusammenfassung und was die Jobs selbst festlegen (`notify`)',
    values: {
      success: 'Erfolg',
      warning: 'Warnung',
      failed: 'Fehlgeschlagen',
      canceled: 'Abgebrochen',
      skipped: 'Übersprungen',
      missed: 'Verpasst',
      lost: 'Worker ausgefallen',
      held: 'Angehalten',
    },
  },
  jobs: { title: 'Jobs', description: 'Nur für diese Jobs; ohne Angabe für alle' },
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
  'mail.to': { title: 'Empfänger', description: 'Empfänger der E-Mails' },
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
