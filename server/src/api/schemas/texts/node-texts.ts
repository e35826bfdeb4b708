import type { KindTexts } from '@holdfast/contract'

const PRODUCTS = {
  'influxdb-1': 'InfluxDB 1.x',
  'influxdb-2': 'InfluxDB 2.x',
  'influxdb-3': 'InfluxDB 3.x',
  'victoria-metrics': 'VictoriaMetrics',
}

/** What forms say about nodes. */
export const NODE_TEXTS: KindTexts = {
  de: {
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
    writers: {
      title: 'Parallele Schreibanfragen',
      description: 'Wie viele Anfragen eines Laufs gleichzeitig auf den Server schreiben',
    },
    'influxdb.timeout': {
      title: 'Aufgeben nach',
      description: 'Wie lange der Server schweigen darf, bevor eine Anfrage aufgegeben wird',
    },
  },
  it: {
    'host.kind': { title: 'Tipo', description: 'Di quale tipo si tratta', values: { host: 'Host' } },
    'influxdb.kind': {
      title: 'Tipo',
      description: 'Di quale tipo si tratta',
      values: { influxdb: 'InfluxDB' },
    },
    'nodes.host': { title: 'Host', description: 'La macchina su cui gira un worker del sito del job' },
    'host.maxParallelRuns': {
      title: 'Esecuzioni contemporanee',
      description:
        'Quante esecuzioni possono lavorare su questo nodo nello stesso momento; le altre attendono',
    },
    'influxdb.maxParallelRuns': {
      title: 'Esecuzioni contemporanee',
      description:
        'Quante esecuzioni possono lavorare su questo nodo nello stesso momento; le altre attendono',
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
      description:
        'Nome utente per l’accesso; senza questo e senza token non viene eseguita l’autenticazione',
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
    writers: {
      title: 'Scritture parallele',
      description: 'Quante richieste di un’esecuzione scrivono sul server nello stesso momento',
    },
    'influxdb.timeout': {
      title: 'Rinunciare dopo',
      description: 'Per quanto tempo il server può tacere prima che si rinunci a una richiesta',
    },
  },
  fr: {
    'host.kind': { title: 'Type', description: 'De quel type il s’agit', values: { host: 'Hôte' } },
    'influxdb.kind': {
      title: 'Type',
      description: 'De quel type il s’agit',
      values: { influxdb: 'InfluxDB' },
    },
    'nodes.host': { title: 'Hôte', description: 'La machine sur laquelle tourne un worker du site du job' },
    'host.maxParallelRuns': {
      title: 'Exécutions simultanées',
      description: 'Nombre d’exécutions pouvant travailler en même temps sur ce nœud ; les autres attendent',
    },
    'influxdb.maxParallelRuns': {
      title: 'Exécutions simultanées',
      description: 'Nombre d’exécutions pouvant travailler en même temps sur ce nœud ; les autres attendent',
    },
    restoreRoots: {
      title: 'Dossiers de restauration',
      description:
        'Chemins absolus réels de dossiers. Qui n’est pas administrateur ne restaure que dans ceux-ci et, sauf limitation à certains nœuds, dans la source du job',
    },
    'nodes.influxdb': {
      title: 'InfluxDB',
      description: 'Un serveur InfluxDB, ou d’un produit qui parle son protocole',
    },
    product: {
      title: 'Produit',
      description: 'Ce qui répond à l’adresse : on ne lit que dans InfluxDB 1.x, on écrit dans tous',
      values: PRODUCTS,
    },
    'influxdb.url': { title: 'Adresse', description: 'Adresse du serveur, sans utilisateur ni mot de passe' },
    'influxdb.user': {
      title: 'Utilisateur',
      description: 'Nom de connexion ; sans lui et sans jeton, aucune authentification',
    },
    'influxdb.password': {
      title: 'Mot de passe',
      description:
        'Où lire le mot de passe : parmi les secrets que Holdfast conserve chiffrés (`secret`), dans une variable d’environnement (`env`) ou dans un fichier lisible par Holdfast seul (`file`)',
    },
    'influxdb.token': {
      title: 'Jeton',
      description: 'Jeton d’InfluxDB 2.x et 3.x, au lieu d’un utilisateur et d’un mot de passe',
    },
    'influxdb.caFile': {
      title: 'Autorités de certification',
      description:
        'Fichier PEM des autorités de certification auxquelles se fier pour ce serveur, au lieu des autorités publiques',
    },
    snapshotAddress: {
      title: 'Adresse des sauvegardes',
      description:
        'Hôte et port où InfluxDB 1.x sert les sauvegardes (`bind-address` de sa configuration) ; une nouvelle base est ainsi copiée plus vite',
    },
    readers: {
      title: 'Lectures parallèles',
      description: 'Nombre de requêtes d’une exécution qui lisent le serveur en même temps',
    },
    writers: {
      title: 'Écritures parallèles',
      description: 'Nombre de requêtes d’une exécution qui écrivent sur le serveur en même temps',
    },
    'influxdb.timeout': {
      title: 'Abandonner après',
      description: 'Durée pendant laquelle le serveur peut se taire avant qu’une requête soit abandonnée',
    },
  },
  es: {
    'host.kind': { title: 'Tipo', description: 'De qué tipo es', values: { host: 'Host' } },
    'influxdb.kind': { title: 'Tipo', description: 'De qué tipo es', values: { influxdb: 'InfluxDB' } },
    'nodes.host': {
      title: 'Host',
      description: 'La máquina en la que se ejecuta un worker del sitio del trabajo',
    },
    'host.maxParallelRuns': {
      title: 'Ejecuciones simultáneas',
      description: 'Cuántas ejecuciones pueden trabajar a la vez en este nodo; las demás esperan',
    },
    'influxdb.maxParallelRuns': {
      title: 'Ejecuciones simultáneas',
      description: 'Cuántas ejecuciones pueden trabajar a la vez en este nodo; las demás esperan',
    },
    restoreRoots: {
      title: 'Carpetas para restaurar',
      description:
        'Rutas absolutas reales de carpetas. Quien no es administrador restaura solo dentro de ellas y, si no está limitado a algunos nodos, en el origen del trabajo',
    },
    'nodes.influxdb': {
      title: 'InfluxDB',
      description: 'Un servidor de InfluxDB, o de algo que habla su protocolo',
    },
    product: {
      title: 'Producto',
      description: 'Qué responde en la dirección: solo se lee de InfluxDB 1.x, se escribe en todos',
      values: PRODUCTS,
    },
    'influxdb.url': { title: 'Dirección', description: 'Dirección del servidor, sin usuario ni contraseña' },
    'influxdb.user': {
      title: 'Usuario',
      description: 'Nombre de acceso; sin él y sin token no se inicia sesión',
    },
    'influxdb.password': {
      title: 'Contraseña',
      description:
        'De dónde leer la contraseña: de los secretos que Holdfast guarda cifrados (`secret`), de una variable de entorno (`env`) o de un archivo que solo Holdfast puede leer (`file`)',
    },
    'influxdb.token': {
      title: 'Token',
      description: 'Token de InfluxDB 2.x y 3.x, en lugar de usuario y contraseña',
    },
    'influxdb.caFile': {
      title: 'Autoridades de certificación',
      description:
        'Archivo PEM de las autoridades de certificación en las que se confía para este servidor, en lugar de las públicas',
    },
    snapshotAddress: {
      title: 'Dirección para copias',
      description:
        'Host y puerto en los que InfluxDB 1.x sirve copias de seguridad (`bind-address` de su configuración); con ella una base de datos nueva se copia más deprisa',
    },
    readers: {
      title: 'Lecturas paralelas',
      description: 'Cuántas peticiones de una ejecución leen del servidor a la vez',
    },
    writers: {
      title: 'Escrituras paralelas',
      description: 'Cuántas peticiones de una ejecución escriben en el servidor a la vez',
    },
    'influxdb.timeout': {
      title: 'Desistir tras',
      description: 'Cuánto puede callar el servidor antes de desistir de una petición',
    },
  },
}
