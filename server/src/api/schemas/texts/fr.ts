import type { SchemaTexts } from '@holdfast/contract'

const DAYS = {
  mon: 'Lundi',
  tue: 'Mardi',
  wed: 'Mercredi',
  thu: 'Jeudi',
  fri: 'Vendredi',
  sat: 'Samedi',
  sun: 'Dimanche',
}
const MESSAGE_ZONE = {
  title: 'Fuseau horaire',
  description: 'Fuseau dans lequel le message indique dates et heures',
}

export const fr: SchemaTexts = {
  name: {
    title: 'Nom',
    description:
      'Un nom qu’aucun autre du même type ne porte et qui ne ressemble pas à un identifiant (job_0123456789ab) ; les autres s’y réfèrent par ce nom',
  },
  description: { title: 'Description', description: 'Une remarque à l’attention des personnes' },
  enabled: { title: 'Actif', description: 'Désactivé (`false`), il est conservé mais ne fait rien' },
  kind: {
    title: 'Type',
    description: 'De quel type il s’agit',
    values: { 'disk-set': 'Jeu de disques', directory: 'Répertoire', webhook: 'Webhook', mail: 'E-mail' },
  },
  timeZone: { title: 'Fuseau horaire', description: 'Un fuseau de la liste IANA' },

  'vaults.directory': {
    title: 'Répertoire',
    description: 'Un répertoire sur un disque de l’hôte ou sur un disque monté',
  },
  'vaults.directory.path': {
    title: 'Chemin',
    description: 'Chemin absolu d’un répertoire réservé à Holdfast',
  },
  'vaults.directory.mustBeMounted': {
    title: 'Doit être monté',
    description:
      'À activer lorsque le chemin est un disque monté : rien n’est écrit tant qu’il n’est pas monté',
  },
  warnFree: {
    title: 'Avertir en dessous de',
    description: 'Une exécution qui laisse moins d’espace libre se termine par un avertissement',
  },
  minFree: {
    title: 'Espace à laisser libre',
    description: 'Espace libre qu’une exécution doit laisser dans le coffre',
  },
  maxParallelRuns: {
    title: 'Exécutions simultanées',
    description: 'Nombre d’exécutions pouvant écrire en même temps dans ce coffre ; les autres attendent',
  },
  'vaults.disk-set': {
    title: 'Jeu de disques',
    description:
      'Des disques qui se relaient dans la machine : reconnus à leur UUID, montés pour une exécution seulement',
  },
  'vaults.disk-set.disks': {
    title: 'Disques',
    description: 'Les disques qui se relaient ; le premier d’entre eux qui est branché est utilisé',
  },
  'vaults.disk-set.disks.uuid': {
    title: 'UUID',
    description:
      'UUID de son système de fichiers ou, s’il est chiffré, du conteneur LUKS ; `holdfast disk list` montre ce qui est branché',
  },
  'vaults.disk-set.disks.label': {
    title: 'Étiquette',
    description: 'Ce qui est écrit sur le disque : les messages et la page du coffre le nomment ainsi',
  },
  'vaults.disk-set.disks.mail': {
    title: 'E-mail à',
    description:
      'Qui a la charge de ce disque : reçoit les e-mails sur ses exécutions, en plus des destinataires des notifications',
  },
  'vaults.disk-set.disks.passphrase': {
    title: 'Phrase de passe LUKS',
    description: 'Ouvre le disque quand il est chiffré avec LUKS',
  },
  'vaults.disk-set.rotation': {
    title: 'Chaque disque de retour sous',
    description:
      'Un disque dont la dernière bonne copie est plus ancienne est en retard, et une alerte le dit ; jamais sans indication',
  },
  'vaults.disk-set.runWhenPluggedIn': {
    title: 'Démarrer au branchement',
    description:
      'Activé (`true`), les jobs qui écrivent dans ce coffre démarrent quand l’un de ses disques est branché',
  },

  'policies.retention': { title: 'Rétention', description: 'Sans elle, rien n’est jamais supprimé' },
  keepLast: { title: 'Conserver les derniers', description: 'Les N plus récents' },
  keepHourly: {
    title: 'Conserver par heure',
    description: 'Le plus récent de chacune des N dernières heures qui en ont un',
  },
  keepDaily: {
    title: 'Conserver par jour',
    description: 'Le plus récent de chacun des N derniers jours qui en ont un',
  },
  keepWeekly: {
    title: 'Conserver par semaine',
    description: 'Le plus récent de chacune des N dernières semaines ISO qui en ont un',
  },
  keepMonthly: {
    title: 'Conserver par mois',
    description: 'Le plus récent de chacun des N derniers mois qui en ont un',
  },
  keepYearly: {
    title: 'Conserver par année',
    description: 'Le plus récent de chacune des N dernières années qui en ont un',
  },
  'retention.timeZone': {
    title: 'Fuseau horaire',
    description: 'Fuseau dans lequel commencent jours, semaines et mois ; UTC par défaut',
  },
  'policies.rpo': {
    title: 'RPO',
    description:
      'Âge maximal accepté du dernier bon point de restauration ; sans lui, la couverture indique « sans politique »',
  },
  'policies.verification': {
    title: 'Vérification',
    description: 'Comment les points de restauration sont vérifiés',
  },
  'verification.afterRun': {
    title: 'Vérification après chaque exécution',
    description:
      'Comment un nouveau point de restauration est vérifié avant que des plus anciens puissent être supprimés',
    values: { none: 'Aucune', sample: 'Par échantillon', full: 'Complète' },
  },
  'verification.samplePercent': {
    title: 'Taille de l’échantillon',
    description: 'Part des fichiers dont une vérification par échantillon lit le contenu, en pourcentage',
  },
  'verification.maxAge': {
    title: 'Validité d’une vérification complète',
    description:
      'Durée pendant laquelle un point de restauration est considéré comme vérifié après sa dernière vérification complète réussie',
  },

  'notifications.webhook': {
    title: 'Webhook',
    description: 'Une requête POST avec l’exécution en JSON, pour messageries et scripts',
  },
  'notifications.mail': { title: 'E-mail', description: 'Un e-mail à une ou plusieurs personnes' },
  on: {
    title: 'Notifier si',
    description:
      'Ce qui est notifié ; rien avec une liste vide, ce qui laisse le récapitulatif et ce que les jobs indiquent eux-mêmes (`notify`)',
    values: {
      started: 'Démarrée',
      success: 'Réussie',
      warning: 'Avertissement',
      failed: 'Échouée',
      canceled: 'Annulée',
      skipped: 'Ignorée',
      missed: 'Non démarrée',
      lost: 'Worker perdu',
      held: 'Retenue',
      'disk-overdue': 'Disque en retard',
      'lock-timeout': 'Verrou non libéré à temps',
    },
  },
  jobs: {
    title: 'Jobs',
    description:
      'Uniquement pour ces jobs, les disques où ils copient et les verrous qu’ils tiennent ; pour tous si absent',
  },
  language: {
    title: 'Langue',
    description: 'Langue du message ; les messages d’erreur et les conseils restent en anglais',
    values: { en: 'English', it: 'Italiano', de: 'Deutsch', fr: 'Français', es: 'Español' },
  },
  'webhook.timeZone': MESSAGE_ZONE,
  'mail.timeZone': MESSAGE_ZONE,
  digest: {
    title: 'Récapitulatif',
    description:
      'Bilan de la période écoulée depuis le précédent : ce qui a tourné, ce qui a échoué, ce qui n’est pas couvert ; à cette heure dans le fuseau de la notification',
  },
  'digest.at': { title: 'Heure', description: 'Heure à laquelle il est envoyé' },
  'digest.days': { title: 'Jours', description: 'Jours de la semaine où il est envoyé', values: DAYS },
  url: {
    title: 'Adresse',
    description:
      'Où envoyer ; une référence lorsque l’adresse elle-même est un secret, comme pour la plupart des messageries',
  },
  'url.string': { title: 'Adresse', description: 'L’adresse elle-même, lisible dans la configuration' },
  headers: { title: 'En-têtes', description: 'En-têtes HTTP à joindre ; par référence s’ils sont secrets' },
  'headers.string': { title: 'Valeur', description: 'La valeur elle-même, lisible dans la configuration' },
  reference: {
    title: 'Secret',
    description:
      'Où lire le secret : parmi ceux que Holdfast conserve chiffrés (`secret`), dans une variable d’environnement (`env`) ou dans un fichier lisible par Holdfast seul (`file`)',
  },
  env: { title: 'Variable d’environnement', description: 'Lu dans l’environnement au moment voulu' },
  'env.env': {
    title: 'Variable',
    description:
      'Nom d’une variable d’environnement du serveur et des workers ; il commence par HOLDFAST_SECRET_',
  },
  secret: {
    title: 'Conservé par Holdfast',
    description: 'Conservé chiffré dans la base de données de Holdfast',
  },
  'secret.secret': { title: 'Secret', description: 'Nom d’un secret que Holdfast conserve' },
  file: { title: 'Fichier', description: 'Lu dans un fichier au moment voulu' },
  'file.file': {
    title: 'Fichier',
    description:
      'Chemin absolu d’un fichier du répertoire des secrets (HOLDFAST_SECRETS_DIR), que seul Holdfast peut lire',
  },
  'mail.from': { title: 'Expéditeur', description: 'Expéditeur des e-mails' },
  'mail.to': {
    title: 'Destinataires',
    description:
      'Destinataires des e-mails ; un e-mail au sujet d’un disque va aussi aux adresses de ce disque',
  },
  'mail.cc': { title: 'Copie à', description: 'Destinataires d’une copie de chaque e-mail' },
  'mail.attachLog': {
    title: 'Joindre le journal',
    description:
      'Quand le journal d’une exécution est joint : avec `on-problem`, les e-mails de réussite n’en ont pas ; ceux de démarrage n’en ont jamais',
    values: { never: 'Jamais', 'on-problem': 'En cas de problème', always: 'Toujours' },
  },
  smtp: { title: 'Serveur de messagerie', description: 'Le serveur de messagerie' },
  'smtp.host': { title: 'Serveur', description: 'Nom ou adresse du serveur de messagerie' },
  'smtp.port': { title: 'Port', description: 'Port TCP' },
  'smtp.tls': {
    title: 'Chiffrement',
    description:
      '`starttls` (en général port 587) et `tls` (en général port 465) ne reviennent jamais au texte en clair ; avec `none`, e-mail et mot de passe sont lisibles par tous en chemin',
    values: { starttls: 'STARTTLS', tls: 'TLS', none: 'Aucun' },
  },
  'smtp.caFile': {
    title: 'Autorités de certification',
    description:
      'Fichier PEM des autorités de certification auxquelles se fier pour ce serveur, au lieu des autorités publiques',
  },
  'smtp.user': { title: 'Utilisateur', description: 'Nom de connexion ; sans lui, aucune authentification' },
  'smtp.password': {
    title: 'Mot de passe',
    description:
      'Où lire le mot de passe : parmi les secrets que Holdfast conserve chiffrés (`secret`), dans une variable d’environnement (`env`) ou dans un fichier lisible par Holdfast seul (`file`)',
  },

  'jobs.kind': { title: 'Type', description: 'Quel pilote l’exécute' },
  'jobs.node': { title: 'Nœud', description: 'Nom du nœud sur lequel il travaille' },
  'jobs.vault': { title: 'Coffre', description: 'Nom du coffre dans lequel il écrit' },
  'jobs.policy': { title: 'Politique', description: 'Nom de sa politique' },
  schedule: { title: 'Planification', description: 'Sans elle, le job ne s’exécute que sur demande' },
  'schedule.cron': {
    title: 'Expression cron',
    description: 'Minute, heure, jour du mois, mois, jour de la semaine',
  },
  'schedule.missed': {
    title: 'Échéances manquées',
    description:
      'Que faire au réveil des échéances que personne n’a exécutées : une seule exécution pour toutes, ou aucune',
    values: { 'run-once': 'Rattraper une fois', skip: 'Ignorer' },
  },
  windows: {
    title: 'Fenêtres',
    description: 'Quand les exécutions peuvent commencer ; à tout moment si la liste est vide',
  },
  'windows.days': { title: 'Jours', description: 'Jours de la semaine où s’ouvre la fenêtre', values: DAYS },
  'windows.from': { title: 'De', description: 'Heure à laquelle s’ouvre la fenêtre' },
  'windows.to': {
    title: 'À',
    description: 'Heure à laquelle elle se ferme ; le lendemain si elle n’est pas postérieure à `from`',
  },
  'windows.atEnd': {
    title: 'À la fermeture',
    description: 'Ce qui arrive à une exécution encore en cours lorsque la fenêtre se ferme',
    values: { finish: 'Laisser l’exécution se terminer', stop: 'Arrêter l’exécution' },
  },
  site: { title: 'Site', description: 'Quels workers peuvent le prendre en charge' },
  locks: {
    title: 'Verrous',
    description:
      'Verrous nommés que l’exécution détient du début à la fin, partagés avec d’autres jobs ou des scripts externes',
  },
  'locks.name': { title: 'Nom', description: 'Nom du verrou : minuscules, chiffres et . _ / -' },
  'locks.mode': {
    title: 'Mode',
    description: 'Si d’autres qui indiquent `shared` peuvent détenir le verrou en même temps',
    values: { shared: 'Partagé', exclusive: 'Exclusif' },
  },
  lockFiles: {
    title: 'Fichiers de verrou',
    description:
      'Fichiers de verrou d’autres programmes, comme les scripts de Veeam : l’exécution attend les leurs, et eux le sien',
  },
  'lockFiles.directory': {
    title: 'Dossier',
    description: 'Dossier dans lequel l’autre programme dépose ses fichiers de verrou',
  },
  'lockFiles.pattern': {
    title: 'Noms de fichiers',
    description:
      'Quels fichiers du dossier comptent, en majuscules ou minuscules : `*` remplace tout, `?` un caractère ; les noms qui commencent par un point ne comptent que si le motif commence de même',
  },
  'lockFiles.ignoreOlderThan': {
    title: 'Ignorer les plus anciens que',
    description:
      'Un fichier plus ancien a été laissé par une tâche interrompue : l’exécution avertit et continue ; sans valeur, chaque fichier est attendu',
  },
  'lockFiles.removeStale': {
    title: 'Supprimer les restes',
    description: 'Activé (`true`), les fichiers ignorés pour leur âge sont aussi supprimés',
  },
  'lockFiles.own': {
    title: 'Propre fichier de verrou',
    description:
      'Fichier présent pendant que l’exécution travaille, pour que l’autre programme attende ; sans valeur, aucun',
  },
  'lockFiles.settle': {
    title: 'Pause après l’annonce',
    description:
      'Durée entre la création du propre fichier de verrou et le dernier regard sur ceux des autres : plus longue que ce qu’il faut à l’autre programme de son regard à son fichier, caches du partage compris',
  },
  startHooks: {
    title: 'Adresses de démarrage',
    description:
      'Adresses qui démarrent le job pour quiconque connaît leur jeton, en plus de la planification, des personnes et des jetons API',
  },
  'startHooks.name': {
    title: 'Nom',
    description:
      'Son adresse est /api/hooks/NOM ; celle de `copy` est aussi /copy. Aucun autre job ne peut utiliser ce nom',
  },
  'startHooks.token': {
    title: 'Jeton',
    description:
      'Ce que l’appelant doit connaître : au moins 16 caractères, par exemple ce qu’affiche `openssl rand -hex 24`',
  },
  timeLimit: { title: 'Durée maximale', description: 'Une exécution qui dure plus longtemps est annulée' },
  maxWait: {
    title: 'Attente maximale',
    description:
      'Durée pendant laquelle une exécution peut attendre verrous ou fenêtres avant d’être ignorée',
  },
  attempts: {
    title: 'Tentatives',
    description: 'Combien de fois une exécution est tentée lorsque l’autre côté est injoignable',
  },
  whenAbsent: {
    title: 'En cas d’absence',
    description: 'Issue lorsque la source ou le coffre n’est pas présent',
    values: { skip: 'Ignorer l’exécution', fail: 'Mettre l’exécution en échec' },
  },
  notify: {
    title: 'Notifications',
    description:
      'Quand notifier au sujet de ce job : `always` à chaque fin d’exécution, `failure` lorsque quelqu’un devrait regarder, `daily` uniquement dans le récapitulatif, `never` jamais ; si absent, selon `on` de chaque notification',
    values: {
      always: 'À chaque fin d’exécution',
      failure: 'Lorsque quelqu’un devrait regarder',
      daily: 'Uniquement dans le récapitulatif',
      never: 'Jamais',
    },
  },
  config: { title: 'Paramètres', description: 'Ce qui est propre à ce type de job' },
}
