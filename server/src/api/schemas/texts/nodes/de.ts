import type { SchemaTexts } from '@holdfast/contract'
import { PRODUCTS } from './products.ts'

/** What forms say about nodes. */
export const de: SchemaTexts = {
  'host.kind': { title: 'Art', description: 'Um welche Art es sich handelt', values: { host: 'Host' } },
  'influxdb.kind': {
    title: 'Art',
    description: 'Um welche Art es sich handelt',
    values: { influxdb: 'InfluxDB' },
  },
  'nodes.host': {
    title: 'Host',
    description: 'Der Rechner, auf dem ein Worker am Standort des Jobs läuft',
  },
  'host.maxParallelRuns': {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig auf diesem Knoten arbeiten dürfen; weitere warten',
  },
  'influxdb.maxParallelRuns': {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig auf diesem Knoten arbeiten dürfen; weitere warten',
  },
  restoreRoots: {
    title: 'Ordner für Wiederherstellungen',
    description:
      'Echte absolute Pfade von Ordnern. Wer kein Administrator ist, stellt nur darunter wieder her und, sofern nicht auf einige Knoten beschränkt, in die Quelle des Jobs',
  },
  'nodes.influxdb': {
    title: 'InfluxDB',
    description: 'Ein Server von InfluxDB oder von etwas, das dessen Protokoll spricht',
  },
  product: {
    title: 'Produkt',
    description: 'Was unter der Adresse antwortet: Gelesen wird nur aus InfluxDB 1.x, geschrieben in alle',
    values: PRODUCTS,
  },
  'influxdb.url': { title: 'Adresse', description: 'Adresse des Servers, ohne Benutzer und Passwort' },
  'influxdb.user': {
    title: 'Benutzer',
    description: 'Anmeldename; ohne ihn und ohne Token meldet sich niemand an',
  },
  'influxdb.password': {
    title: 'Passwort',
    description:
      'Woher das Passwort gelesen wird: aus den von Holdfast verschlüsselt verwahrten Geheimnissen (`secret`), aus einer Umgebungsvariablen (`env`) oder aus einer Datei, die nur Holdfast lesen kann (`file`)',
  },
  'influxdb.token': {
    title: 'Token',
    description: 'Token von InfluxDB 2.x und 3.x, anstelle von Benutzer und Passwort',
  },
  'influxdb.caFile': {
    title: 'Zertifizierungsstellen',
    description:
      'PEM-Datei der Zertifizierungsstellen, denen für diesen Server statt der öffentlichen vertraut wird',
  },
  snapshotAddress: {
    title: 'Adresse für Sicherungen',
    description:
      'Host und Port, unter denen InfluxDB 1.x Sicherungen ausliefert (`bind-address` seiner Konfiguration); damit wird eine neue Datenbank schneller kopiert',
  },
  readers: {
    title: 'Parallele Leseanfragen',
    description: 'Wie viele Anfragen eines Laufs gleichzeitig vom Server lesen',
  },
  'influxdb.writers': {
    title: 'Parallele Schreibanfragen',
    description: 'Wie viele Anfragen eines Laufs gleichzeitig auf den Server schreiben',
  },
  'influxdb.timeout': {
    title: 'Aufgeben nach',
    description: 'Wie lange der Server schweigen darf, bevor eine Anfrage aufgegeben wird',
  },
  'veeam.kind': { title: 'Art', description: 'Um welche Art es sich handelt', values: { veeam: 'Veeam' } },
  'nodes.veeam': { title: 'Veeam', description: 'Ein Server von Veeam Backup & Replication 12.3 oder neuer' },
  'veeam.maxParallelRuns': {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig auf diesem Knoten arbeiten dürfen; weitere warten',
  },
  'veeam.password': {
    title: 'Passwort',
    description:
      'Woher das Passwort gelesen wird: aus den von Holdfast verschlüsselt verwahrten Geheimnissen (`secret`), aus einer Umgebungsvariablen (`env`) oder aus einer Datei, die nur Holdfast lesen kann (`file`)',
  },
  'veeam.caFile': {
    title: 'Zertifizierungsstellen',
    description:
      'PEM-Datei der Zertifizierungsstellen, denen für diesen Server statt der öffentlichen vertraut wird',
  },
  'veeam.timeout': {
    title: 'Aufgeben nach',
    description: 'Wie lange der Server schweigen darf, bevor eine Anfrage aufgegeben wird',
  },
  'cmdbuild.kind': {
    title: 'Art',
    description: 'Um welche Art es sich handelt',
    values: { cmdbuild: 'CMDBuild' },
  },
  'nodes.cmdbuild': { title: 'CMDBuild', description: 'Eine CMDB von CMDBuild, openMAINT oder READY2USE' },
  'cmdbuild.maxParallelRuns': {
    title: 'Gleichzeitige Läufe',
    description: 'Wie viele Läufe gleichzeitig auf diesem Knoten arbeiten dürfen; weitere warten',
  },
  'cmdbuild.password': {
    title: 'Passwort',
    description:
      'Woher das Passwort gelesen wird: aus den von Holdfast verschlüsselt verwahrten Geheimnissen (`secret`), aus einer Umgebungsvariablen (`env`) oder aus einer Datei, die nur Holdfast lesen kann (`file`)',
  },
  'cmdbuild.caFile': {
    title: 'Zertifizierungsstellen',
    description:
      'PEM-Datei der Zertifizierungsstellen, denen für diesen Server statt der öffentlichen vertraut wird',
  },
  'cmdbuild.timeout': {
    title: 'Aufgeben nach',
    description: 'Wie lange der Server schweigen darf, bevor eine Anfrage aufgegeben wird',
  },
  'veeam.url': {
    title: 'Adresse',
    description: 'Adresse der REST-API, ohne Benutzer und Passwort; sie lauscht am Port 9419',
  },
  'veeam.user': {
    title: 'Benutzer',
    description:
      'Anmeldename, mit seiner Domäne, wo er eine hat; die Rolle Backup Viewer genügt, und die Mehrfaktor-Anmeldung muss für ihn abgeschaltet sein',
  },
  fingerprint: {
    title: 'Fingerabdruck des Zertifikats',
    description:
      'SHA-256-Fingerabdruck des Zertifikats dieses Servers: Genau diesem wird vertraut, wer immer es unterschrieben hat',
  },
  apiVersion: {
    title: 'API-Version',
    description:
      'Welche Fassung der REST-API gesprochen wird: `auto` für die neueste, die der Server anbietet',
    values: {
      auto: 'Die neueste, die der Server anbietet',
      '1.3-rev2': '1.3-rev2',
      '1.3-rev1': '1.3-rev1',
      '1.2-rev1': '1.2-rev1',
    },
  },
  pageSize: { title: 'Einträge je Antwort', description: 'Wie viele Einträge auf einmal angefragt werden' },
  parallelRequests: { title: 'Parallele Anfragen', description: 'Wie viele Anfragen gleichzeitig laufen' },
  'cmdbuild.url': {
    title: 'Adresse',
    description:
      'Adresse der Anwendung, ohne Benutzer und Passwort; endet sie nicht mit `/services/rest/v3`, wird das angefügt',
  },
  'cmdbuild.user': {
    title: 'Benutzer',
    description: 'Anmeldename eines Dienstbenutzers, der die Klassen des Jobs lesen und schreiben darf',
  },
  role: {
    title: 'Gruppe',
    description:
      'Gruppe, als die gearbeitet wird; ein Benutzer mehrerer Gruppen ohne Standardgruppe braucht sie',
  },
  'cmdbuild.writers': {
    title: 'Parallele Schreibanfragen',
    description: 'Wie viele Änderungen gleichzeitig geschrieben werden',
  },
}
