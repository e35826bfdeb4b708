import type { errors as english } from '../en/errors.ts'
import type { Same } from '../same.ts'

export const errors: Same<typeof english> = {
  'config-invalid': {
    title: 'Une valeur n’est pas valide',
    hint: 'Corrigez la valeur indiquée, puis réessayez.',
  },
  'config-unreadable': {
    title: 'Un fichier ou un dossier de configuration n’a pas pu être lu',
    hint: 'Vérifiez que le chemin existe et que l’utilisateur de Holdfast peut le lire.',
  },
  'config-conflict': {
    title: 'La configuration a été modifiée par quelqu’un d’autre depuis qu’elle a été planifiée ou lue',
    hint: 'Relancez « holdfast plan » pour voir ce qui reste à changer, puis appliquez encore une fois.',
  },
  'name-unknown': {
    title: 'Aucun job, coffre, nœud, politique, exécution ou point de restauration ne porte ce nom',
    hint: 'Regardez dans la liste ce qui existe : il a peut-être été renommé ou supprimé.',
  },
  'environment-invalid': {
    title: 'Une variable d’environnement de Holdfast a une valeur inutilisable',
    hint: 'Corrigez la variable indiquée ; docs/reference/environment.md les énumère toutes.',
  },
  'secret-unavailable': {
    title: 'Un secret auquel on se réfère ne peut pas être lu',
    hint: 'Définissez la variable d’environnement ou créez le fichier indiqué, lisible par Holdfast seulement.',
  },
  'secret-bound': {
    title: 'Un secret enregistré serait envoyé à une autre adresse que celle pour laquelle il a été saisi',
    hint: 'Saisissez à nouveau le secret, puis enregistrez la modification : il est lié à la nouvelle adresse.',
  },
  'permission-denied': {
    title: 'Le système d’exploitation a refusé la lecture ou l’écriture d’un fichier',
    hint: 'Donnez le droit indiqué à l’utilisateur de Holdfast, ou lancez le worker sous un utilisateur qui l’a.',
  },
  'database-unreachable': {
    title: 'PostgreSQL ne répond pas',
    hint: 'Vérifiez HOLDFAST_DATABASE_URL et que le serveur tourne ; pour la base intégrée, voyez le journal dans le dossier des données.',
  },
  'database-unsafe': {
    title: 'Le serveur PostgreSQL est réglé de façon à pouvoir perdre des données confirmées',
    hint: 'Réactivez les réglages indiqués (fsync, full_page_writes, synchronous_commit) et redémarrez.',
  },
  'database-version': {
    title: 'La base de données vient d’une autre version que celle installée',
    hint: 'Lancez « holdfast upgrade-db », ou installez la version de Holdfast qui a créé la base.',
  },
  'database-not-empty': {
    title: 'La restauration de la base de contrôle a trouvé des données déjà présentes',
    hint: 'Restaurez dans un dossier de données neuf, ou écartez l’existant avec --replace.',
  },
  'backup-file-invalid': {
    title: 'Un fichier de sauvegarde de la base de contrôle est endommagé ou n’est pas de Holdfast',
    hint: 'Prenez un fichier plus ancien ; s’il n’y en a pas, reconstruisez le catalogue avec « holdfast reindex ».',
  },
  'no-progress': {
    title: 'Un transfert n’avançait plus et a été abandonné',
    hint: 'Vérifiez l’état du disque et le réseau entre les deux bouts.',
  },
  'lock-held': {
    title: 'Autre chose détient un verrou nécessaire',
    hint: 'Attendez le détenteur indiqué. Une exécution peut être annulée, le verrou d’un script rendu avec `holdfast lock release` ; la page « Verrous » les montre tous.',
  },
  'window-closed': {
    title: 'Le job ne peut tourner que dans sa fenêtre, qui est fermée',
    hint: 'Rien à faire : l’exécution démarre à l’ouverture. Élargissez la fenêtre si des exécutions sont ignorées.',
  },
  'run-state': {
    title: 'L’état de l’exécution ne permet pas ce qui est demandé',
    hint: 'Regardez l’exécution : seule une exécution retenue s’approuve, seule une exécution en cours s’annule.',
  },
  'source-gone': {
    title: 'Le dossier à protéger n’existe pas',
    hint: 'Montez ou créez la source, ou corrigez le chemin dans le job.',
  },
  'vault-absent': {
    title: 'L’endroit qui contient les points de restauration n’est pas là',
    hint: 'Montez le disque ou créez le dossier du coffre, puis relancez le job.',
  },
  'vault-foreign': {
    title: 'Le dossier d’un coffre contient des fichiers étrangers ou appartient à un autre coffre',
    hint: 'Donnez au coffre un dossier vide à lui, ou corrigez son chemin.',
  },
  'disk-absent': {
    title: 'Le disque nécessaire n’est pas branché',
    hint: 'Branchez l’un des disques nommés ; le job démarre de lui-même dès qu’il le peut.',
  },
  'disk-ambiguous': {
    title: 'Deux appareils portent l’UUID du disque : l’un est une copie de l’autre',
    hint: 'Débranchez la copie ou donnez-lui un UUID à elle (tune2fs -U random, xfs_admin -U generate, btrfstune -u).',
  },
  'disk-system': {
    title: 'Le disque porte le système de cette machine ou les données de Holdfast',
    hint: 'Corrigez l’UUID dans le jeu de disques : les copies ne vont jamais sur le disque dont le système tourne.',
  },
  'disk-unlock-failed': {
    title: 'Le disque chiffré ne s’ouvre pas avec la phrase de passe du jeu de disques',
    hint: 'Entrez de nouveau la phrase de passe de ce disque sous « Secrets », puis relancez le job.',
  },
  'disk-mount-failed': {
    title: 'Le disque ne peut pas être monté',
    hint: 'Lisez dans les détails ce que dit mount ; si le système de fichiers est endommagé, vérifiez-le avec fsck pendant que le disque ne sert pas.',
  },
  'disk-read-only': {
    title: 'Le disque est protégé en écriture ou son système de fichiers n’accepte rien',
    hint: 'Cherchez un interrupteur de protection ; s’il n’y en a pas, le disque est peut-être en train de lâcher : vérifiez ses valeurs SMART et prenez-en un autre.',
  },
  'disk-busy': {
    title: 'Le disque ne peut pas être démonté ou utilisé parce qu’un autre programme l’utilise',
    hint: 'Fermez les programmes nommés, il est alors démonté de lui-même. Ne débranchez pas le disque avant.',
  },
  'disk-removed': {
    title: 'Le disque a été débranché ou est tombé en panne pendant qu’il servait',
    hint: 'Rebranchez-le et lancez le job : la copie reprend où elle en était. Si personne n’a touché le disque, vérifiez son câble et ses valeurs SMART.',
  },
  'disk-failing': {
    title: 'Le disque n’a pas rendu ce qui y avait été écrit',
    hint: 'Ne vous fiez pas à ce disque : remplacez-le, et exécutez le job aujourd’hui avec un autre du jeu.',
  },
  'file-system-unsupported': {
    title: 'Le système de fichiers d’un disque ne peut pas garder ce qu’il faut à une copie',
    hint: 'Formatez le disque en ext4, XFS ou Btrfs, par exemple « mkfs.ext4 -m 0 -L ÉTIQUETTE APPAREIL », et entrez son nouvel UUID.',
  },
  'lock-files-unreachable': {
    title: 'Le dossier où un autre programme met ses fichiers de verrou ne peut pas être lu',
    hint: 'Montez le partage où il se trouve, ou corrigez « lockFiles » du job. Sans lui, personne ne sait si l’autre programme travaille, donc l’exécution ne commence pas.',
  },
  'lock-file-refused': {
    title: 'Le fichier de verrou qui fait attendre un autre programme ne peut pas être créé',
    hint: 'Créez son dossier et donnez à l’utilisateur de Holdfast le droit d’y écrire, sur un partage aussi les droits du partage ; ou corrigez « own » dans « lockFiles » du job.',
  },
  'vault-full': {
    title: 'Le coffre n’a pas assez de place pour ce que l’exécution écrirait',
    hint: 'Libérez de la place, ajoutez un disque plus grand ou gardez moins de points de restauration.',
  },
  'restore-target-exists': {
    title: 'Le dossier où restaurer n’est pas vide',
    hint: 'Indiquez un dossier qui n’existe pas encore, ou les fichiers qui peuvent être écrasés.',
  },
  'restore-target-refused': {
    title: 'Rien ne peut être restauré dans ce dossier',
    hint: 'Restaurez dans un dossier à l’écart des coffres, des dossiers personnels et du système, ou demandez à un administrateur d’ajouter un dossier à `restoreRoots` du nœud du job.',
  },
  'restore-point-damaged': {
    title: 'Un point de restauration ne correspond pas à son manifeste',
    hint: 'Ne comptez pas sur ce point : restaurez depuis un autre et vérifiez le disque où il se trouve.',
  },
  'restore-differs': {
    title: 'Ce qui a été restauré diffère du point de restauration',
    hint: 'Vérifiez le disque de destination, puis restaurez encore une fois ailleurs.',
  },
  'export-target-exists': {
    title: 'Le dossier d’export contient d’autres fichiers de configuration',
    hint: 'Indiquez un dossier vide, ou écrasez avec --replace les fichiers d’un export antérieur.',
  },
  'change-declined': {
    title: 'Une modification supprimerait ou remplacerait quelque chose et personne ne l’a accepté',
    hint: 'Regardez les modifications ; --yes continue sans demander, sans --prune rien n’est supprimé.',
  },
  'write-failed': {
    title: 'Le disque a signalé une erreur d’écriture',
    hint: 'Considérez le disque comme défaillant : vérifiez son câble et ses valeurs SMART, et lancez le job vers un autre disque.',
  },
  'command-failed': {
    title: 'Un programme lancé par Holdfast s’est terminé par une erreur',
    hint: 'Les dernières lignes de sa sortie sont dans les détails ; réglez ce qu’elles disent et relancez.',
  },
  'command-missing': {
    title: 'Un programme nécessaire n’est pas installé',
    hint: 'Installez le paquet indiqué et relancez le diagnostic.',
  },
  'run-canceled': {
    title: 'Quelqu’un a annulé l’exécution',
    hint: 'Relancez le job quand il pourra tourner.',
  },
  'run-refused': {
    title: 'Quelqu’un a refusé une exécution retenue',
    hint: 'Regardez ce que le garde-fou a trouvé avant de relancer le job.',
  },
  'wait-canceled': {
    title: 'Une commande en attente a été interrompue',
    hint: 'Rien n’a changé. Rappelez-la pour attendre encore.',
  },
  'worker-stopping': {
    title: 'Le worker a été arrêté pendant l’exécution',
    hint: 'Rien à faire : l’exécution sera replanifiée au démarrage d’un worker.',
  },
  'time-limit': {
    title: 'L’exécution a dépassé sa durée limite',
    hint: 'Augmentez la limite du job, ou cherchez dans le journal ce qui a pris si longtemps.',
  },
  'worker-lost': {
    title: 'Le worker est tombé ou a perdu sa connexion pendant l’exécution',
    hint: 'Rien à faire : ce qu’elle tenait est libéré et elle est replanifiée. Si cela se répète, vérifiez la mémoire de la machine.',
  },
  'slot-missed': {
    title: 'Des échéances d’un job sont passées sans qu’aucun worker ne tourne',
    hint: 'Gardez un worker actif comme service système ; le job dit ce que deviennent les échéances manquées (« schedule.missed »).',
  },
  'notification-unreachable': {
    title: 'Un serveur de courrier ou un webhook à prévenir ne répond pas ou demande de revenir plus tard',
    hint: 'Vérifiez hôte, port et réseau depuis la machine de Holdfast ; le message est renvoyé tout seul.',
  },
  'notification-refused': {
    title: 'Un serveur de courrier ou un webhook a refusé un message sur une exécution',
    hint: 'Vérifiez utilisateur, mot de passe, destinataires et en-têtes : le même message serait de nouveau refusé.',
  },
  'not-signed-in': {
    title: 'Vous n’êtes pas connecté, ou votre session est terminée',
    hint: 'Reconnectez-vous, ou créez un nouveau jeton d’API.',
  },
  'password-needed': {
    title: 'Saisissez votre mot de passe',
    hint: 'Quelque temps après la connexion, un jeton d’API se crée avec le mot de passe.',
  },
  'password-wrong': {
    title: 'Ce n’est pas votre mot de passe actuel',
    hint: 'Saisissez le mot de passe avec lequel vous vous êtes connecté.',
  },
  'sign-in-failed': {
    title: 'Le nom et le mot de passe ne vont pas ensemble',
    hint: 'Vérifiez les deux. Un administrateur de la machine peut définir un nouveau mot de passe : « holdfast admin reset-password NOM ».',
  },
  'sign-in-locked': {
    title: 'Trop de tentatives de connexion ont échoué',
    hint: 'Attendez jusqu’à l’heure indiquée, puis réessayez.',
  },
  'not-allowed': {
    title: 'Le rôle de l’utilisateur ou la portée du jeton ne le permet pas',
    hint: 'Demandez ce droit à un administrateur, ou utilisez un jeton de la portée indiquée.',
  },
  'cross-site-request': {
    title: 'Un navigateur a envoyé une modification qui ne venait pas d’une page de Holdfast',
    hint: 'Utilisez Holdfast à l’adresse de HOLDFAST_URL ; un proxy placé devant doit transmettre l’en-tête Host.',
  },
  'hook-refused': {
    title: 'Cette adresse de démarrage n’existe pas, ou son jeton est faux',
    hint: 'Comparez le nom et le jeton avec les adresses de démarrage du job.',
  },
  'setup-needed': {
    title: 'Holdfast n’a pas encore d’utilisateur',
    hint: 'Ouvrez le lien d’installation affiché par le serveur au démarrage, ou lancez « holdfast admin create NOM ».',
  },
  'setup-link-invalid': {
    title: 'Le lien d’installation a déjà servi, ou n’est pas le dernier affiché',
    hint: 'Prenez le lien le plus récent dans le journal du serveur ; connectez-vous si un utilisateur existe déjà.',
  },
  'password-weak': {
    title: 'Le nouveau mot de passe est trop facile à deviner',
    hint: 'Prenez au moins 12 caractères, pas le nom d’utilisateur et aucun mot de passe courant.',
  },
  'rate-limited': {
    title: 'Trop de requêtes depuis une même adresse',
    hint: 'Attendez les secondes indiquées et envoyez moins de requêtes à la fois.',
  },
  'request-invalid': {
    title: 'Une requête à l’API est mal formée',
    hint: 'Corrigez les valeurs indiquées ; l’API est décrite sous /docs.',
  },
  'request-too-large': {
    title: 'Le contenu d’une requête est plus grand que ce que l’API accepte',
    hint: 'Envoyez moins de données à la fois.',
  },
  'route-unknown': {
    title: 'Il n’y a rien à cette adresse de l’API',
    hint: 'Rechargez la page ; adresses et méthodes sont décrites sous /docs.',
  },
  'edit-conflict': {
    title: 'Quelqu’un d’autre a modifié l’objet depuis sa lecture',
    hint: 'Relisez-le, regardez ce qui a changé, puis refaites votre modification.',
  },
  'edit-unconditional': {
    title: 'Une modification ne dit pas à quel état de l’objet elle s’applique',
    hint: 'Rechargez la page. Les scripts envoient en If-Match l’ETag qu’ils ont lu.',
  },
  'object-exists': {
    title: 'Un objet de ce nom existe déjà',
    hint: 'Choisissez un autre nom, ou modifiez celui qui existe.',
  },
  'object-in-use': {
    title: 'Impossible de supprimer ce à quoi d’autres se réfèrent',
    hint: 'Modifiez ou supprimez d’abord ceux qui sont indiqués.',
  },
  'last-admin': {
    title: 'Après cette modification, plus personne ne pourrait administrer Holdfast',
    hint: 'Faites d’abord d’un autre utilisateur un administrateur.',
  },
  'idempotency-conflict': {
    title: 'Une clé d’idempotence a déjà servi à une autre requête, ou celle-ci est encore en cours',
    hint: 'Réessayez dans un instant. Les scripts prennent une nouvelle clé pour chaque nouvelle requête.',
  },
  'secret-key-missing': {
    title: 'La clé qui chiffre les secrets enregistrés manque ou est une autre',
    hint: 'Remettez le fichier secret.key de votre sauvegarde à côté des données de Holdfast, ou saisissez à nouveau les secrets.',
  },
  'worker-absent': {
    title: 'Aucun worker du site ne tourne qui pourrait le faire',
    hint: 'Démarrez-en un avec « holdfast worker --site NOM » ou « systemctl start holdfast-worker ».',
  },
  'server-unreachable': {
    title: 'Le serveur Holdfast ne répond pas',
    hint: 'Vérifiez votre réseau et que le service fonctionne : `systemctl status holdfast`. Ce qui est affiché se met à jour tout seul dès qu’il répond ; une modification doit être envoyée à nouveau.',
  },
  'server-answer-invalid': {
    title: 'Ce qui répond à cette adresse n’est pas le serveur Holdfast attendu',
    hint: 'Rechargez la page ; vérifiez un éventuel proxy devant le serveur.',
  },
  'listen-failed': {
    title: 'Le serveur ne peut pas écouter à son adresse',
    hint: 'Arrêtez ce qui occupe le port, ou choisissez-en un autre avec HOLDFAST_LISTEN.',
  },
  'invariant-broken': {
    title: 'Holdfast a rencontré une situation que ses auteurs croyaient impossible',
    hint: 'Merci de le signaler avec le journal de l’exécution ; le diagnostic montre si autre chose ne va pas.',
  },
  'server-certificate-untrusted': {
    title: 'Le certificat du serveur Holdfast n’est pas reconnu',
    hint: 'Indiquez à la ligne de commande, avec --ca-file, le fichier de l’autorité de certification, ou faites corriger le certificat du serveur.',
  },
  'node-unreachable': {
    title: 'Un nœud ne répond pas, ou la connexion s’est interrompue',
    hint: 'Vérifiez que le serveur fonctionne, que son adresse dans le nœud est juste et qu’aucun pare-feu ne s’interpose ; `holdfast doctor` réessaie.',
  },
  'node-auth-failed': {
    title: 'Un nœud a refusé l’utilisateur, le mot de passe ou le jeton',
    hint: 'Saisissez dans le nœud le bon utilisateur et le bon secret, puis vérifiez-le avec `holdfast doctor`.',
  },
  'node-certificate-untrusted': {
    title:
      'Le certificat d’un nœud n’est pas signé par une autorité reconnue par cette machine, ou est établi pour un autre nom',
    hint: 'Indiquez dans le nœud le fichier du certificat de l’autorité (`caFile`) ou, si le nœud l’accepte, l’empreinte du certificat, après l’avoir comparée à celle du serveur (`fingerprint`) ; ou corrigez l’adresse.',
  },
  'privilege-missing': {
    title: 'L’utilisateur d’un nœud n’a pas le droit de faire ce dont le job a besoin',
    hint: 'Donnez à l’utilisateur du nœud le droit indiqué, ou saisissez un autre utilisateur.',
  },
  'node-refused': {
    title: 'Un nœud a compris une requête et l’a refusée',
    hint: 'Regardez ce que le nœud a dit ; son propre journal en dit plus.',
  },
  'node-answer-invalid': {
    title: 'Un nœud a répondu de façon incompréhensible, ou a interrompu sa réponse',
    hint: 'Vérifiez que l’adresse est celle du serveur lui-même, et non d’un proxy ou d’un autre programme.',
  },
  'node-full': {
    title: 'Un nœud n’a plus de place pour ce qu’il doit enregistrer',
    hint: 'Libérez de la place sur la machine du nœud, puis relancez l’exécution : elle reprend où elle s’est arrêtée.',
  },
  'database-absent': {
    title: 'Une base de données nommée par un job n’existe pas sur son nœud',
    hint: 'Corrigez le nom dans le job, ou créez la base ; `holdfast doctor` énumère ce qu’il y a.',
  },
  'destination-exists': {
    title: 'Une base de données est apparue à la source ou à la destination entre le plan et l’exécution',
    hint: 'Relancez le job : il planifie à nouveau, et demande avant de copier dans ce qui s’y trouve.',
  },
  'points-refused': {
    title:
      'La destination a refusé des points : un champ y a un autre type, ou ils sont plus anciens que ce qu’elle conserve',
    hint: 'Copiez dans une nouvelle base, ou corrigez la destination : le message nomme measurement, champ et motif.',
  },
  'copy-differs': {
    title: 'Ce qui est arrivé à destination diffère de la source',
    hint: 'Regardez si autre chose écrit dans la destination, puis relancez l’exécution ; elle nomme measurement, fenêtre et champ.',
  },
}
