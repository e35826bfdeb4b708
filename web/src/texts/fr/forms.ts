import type { forms as english } from '../en/forms.ts'
import type { Same } from '../same.ts'

export const forms: Same<typeof english> = {
  advanced_one: 'Un autre réglage',
  advanced_other: '{{count}} autres réglages',
  saved: '{{name}} est enregistré.',
  updated: 'Modifié',
  problem: {
    required: 'Ceci est nécessaire.',
    pattern: 'Ceci n’a pas la forme attendue.',
    patternLike: 'Ceci n’a pas la forme attendue, par exemple {{example}}.',
    range: 'Ce nombre est trop petit ou trop grand.',
    json: 'Ce n’est pas encore du JSON valide.',
  },
  zone: {
    here: 'Prendre celui de ce navigateur : {{zone}}',
  },
  texts: {
    placeholder: 'Saisir, puis Entrée',
  },
  reference: {
    choose: 'Choisir',
    nothing: 'Rien de ce nom',
    create: 'En créer un (dans un nouvel onglet)',
  },
  list: {
    item: 'Numéro {{number}}',
    add: 'Ajouter',
    remove: 'Retirer le numéro {{number}}',
  },
  map: {
    name: 'Nom',
    remove: 'Retirer {{name}}',
  },
  secret: {
    where: 'D’où il est lu',
    new: 'Saisir un nouveau secret',
    name: 'Nom du secret',
    nameHint: 'Minuscules, chiffres et . _ - comme smtp-password',
    value: 'Valeur',
    valueHint: 'Conservée chiffrée ; elle n’est plus montrée à personne.',
    keep: 'Conserver',
    cancel: 'Annuler',
    kept: 'Le secret {{name}} est conservé.',
  },
  bay: {
    choose: 'Choisir un disque branché',
    title: 'Branchés maintenant',
    hint: 'Branchez le disque : il apparaît ici de lui-même.',
    nothing: 'Rien de branché ne porte de système de fichiers.',
    at: 'Branché à {{host}} comme {{device}}',
    noLabel: 'Sans étiquette',
    encrypted: 'Chiffré (LUKS)',
    encryptedHint: 'Entrez sa phrase de passe ci-dessous, pour que les exécutions puissent l’ouvrir.',
    unsuited:
      'Ce système de fichiers ne peut pas garder tout ce qu’il faut à une copie : formatez le disque en ext4, XFS ou Btrfs.',
    obstacle: {
      system: 'Porte le système de la machine : jamais utilisé pour des copies.',
      taken: 'Appartient au coffre {{vault}}.',
      listed: 'Figure déjà dans ce formulaire.',
      twice: 'Deux appareils portent cet UUID : débranchez d’abord la copie.',
    },
  },
  cron: {
    examples: 'Planifications prêtes',
    hourly: 'Toutes les heures',
    fourHours: 'Toutes les 4 heures',
    nightly: 'Chaque nuit à 2 h 30',
    workdays: 'Du lundi au vendredi à 22 h',
    sundays: 'Le dimanche à 3 h',
    monthly: 'Le 1er à 4 h',
    next: 'Les prochaines fois ({{zone}})',
  },
  remove: {
    title: 'Supprimer {{name}} ?',
    hint: 'Seule la configuration est supprimée ; aucun point de restauration n’est touché. Ce à quoi d’autres objets se réfèrent ne peut pas être supprimé.',
    done: '{{name}} est supprimé.',
  },
  changes: {
    title: 'Modifications',
    created: 'Créé',
    changed: 'Modifié',
    deleted: 'Supprimé',
    revision: 'Révision {{number}}',
    nothing: 'Rien ne diffère d’avant',
    before: 'Avant',
    after: 'Après',
    absent: 'non défini',
  },
}
