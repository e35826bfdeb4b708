import type { SchemaTexts } from '@holdfast/contract'
import { PRODUCTS } from './products.ts'

/** What forms say about nodes. */
export const fr: SchemaTexts = {
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
  'influxdb.writers': {
    title: 'Écritures parallèles',
    description: 'Nombre de requêtes d’une exécution qui écrivent sur le serveur en même temps',
  },
  'influxdb.timeout': {
    title: 'Abandonner après',
    description: 'Durée pendant laquelle le serveur peut se taire avant qu’une requête soit abandonnée',
  },
  'veeam.kind': { title: 'Type', description: 'De quel type il s’agit', values: { veeam: 'Veeam' } },
  'nodes.veeam': { title: 'Veeam', description: 'Un serveur Veeam Backup & Replication 12.3 ou plus récent' },
  'veeam.maxParallelRuns': {
    title: 'Exécutions simultanées',
    description: 'Nombre d’exécutions pouvant travailler en même temps sur ce nœud ; les autres attendent',
  },
  'veeam.password': {
    title: 'Mot de passe',
    description:
      'Où lire le mot de passe : parmi les secrets que Holdfast conserve chiffrés (`secret`), dans une variable d’environnement (`env`) ou dans un fichier lisible par Holdfast seul (`file`)',
  },
  'veeam.caFile': {
    title: 'Autorités de certification',
    description:
      'Fichier PEM des autorités de certification auxquelles se fier pour ce serveur, au lieu des autorités publiques',
  },
  'veeam.timeout': {
    title: 'Abandonner après',
    description: 'Durée pendant laquelle le serveur peut se taire avant qu’une requête soit abandonnée',
  },
  'cmdbuild.kind': { title: 'Type', description: 'De quel type il s’agit', values: { cmdbuild: 'CMDBuild' } },
  'nodes.cmdbuild': { title: 'CMDBuild', description: 'Une CMDB de CMDBuild, openMAINT ou READY2USE' },
  'cmdbuild.maxParallelRuns': {
    title: 'Exécutions simultanées',
    description: 'Nombre d’exécutions pouvant travailler en même temps sur ce nœud ; les autres attendent',
  },
  'cmdbuild.password': {
    title: 'Mot de passe',
    description:
      'Où lire le mot de passe : parmi les secrets que Holdfast conserve chiffrés (`secret`), dans une variable d’environnement (`env`) ou dans un fichier lisible par Holdfast seul (`file`)',
  },
  'cmdbuild.caFile': {
    title: 'Autorités de certification',
    description:
      'Fichier PEM des autorités de certification auxquelles se fier pour ce serveur, au lieu des autorités publiques',
  },
  'cmdbuild.timeout': {
    title: 'Abandonner après',
    description: 'Durée pendant laquelle le serveur peut se taire avant qu’une requête soit abandonnée',
  },
  'veeam.url': {
    title: 'Adresse',
    description: 'Adresse de l’API REST, sans utilisateur ni mot de passe ; elle écoute sur le port 9419',
  },
  'veeam.user': {
    title: 'Utilisateur',
    description:
      'Nom de connexion, avec son domaine s’il en a un ; le rôle Backup Viewer suffit, et l’authentification multifacteur doit être désactivée pour lui',
  },
  fingerprint: {
    title: 'Empreinte du certificat',
    description:
      'Empreinte SHA-256 du certificat de ce serveur : c’est à lui seul qu’on fait confiance, quel que soit le signataire',
  },
  apiVersion: {
    title: 'Version de l’API',
    description:
      'Quelle révision de l’API REST est parlée : `auto` pour la plus récente que le serveur propose',
    values: {
      auto: 'La plus récente que le serveur propose',
      '1.3-rev2': '1.3-rev2',
      '1.3-rev1': '1.3-rev1',
      '1.2-rev1': '1.2-rev1',
    },
  },
  pageSize: { title: 'Éléments par réponse', description: 'Combien d’éléments sont demandés à la fois' },
  parallelRequests: {
    title: 'Requêtes parallèles',
    description: 'Combien de requêtes sont en cours en même temps',
  },
  'cmdbuild.url': {
    title: 'Adresse',
    description:
      'Adresse de l’application, sans utilisateur ni mot de passe ; si elle ne finit pas par `/services/rest/v3`, c’est ajouté',
  },
  'cmdbuild.user': {
    title: 'Utilisateur',
    description: 'Nom de connexion d’un utilisateur de service qui peut lire et écrire les classes du job',
  },
  role: {
    title: 'Groupe',
    description:
      'Groupe au nom duquel travailler ; un utilisateur de plusieurs groupes sans groupe par défaut en a besoin',
  },
  'cmdbuild.writers': {
    title: 'Écritures parallèles',
    description: 'Combien de modifications sont écrites en même temps',
  },
}
