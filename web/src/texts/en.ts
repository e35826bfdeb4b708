import { account } from './en/account.ts'
import { errors } from './en/errors.ts'
import { forms } from './en/forms.ts'
import { jobs } from './en/jobs.ts'
import { nodes } from './en/nodes.ts'
import { notifications } from './en/notifications.ts'
import { overview } from './en/overview.ts'
import { points } from './en/points.ts'
import { policies } from './en/policies.ts'
import { runs } from './en/runs.ts'
import { secrets } from './en/secrets.ts'
import { shell } from './en/shell.ts'
import { users } from './en/users.ts'
import { vaults } from './en/vaults.ts'

/**
 * English: the keys all languages have. One file for each namespace; a namespace belongs to one part of the screens.
 *
 * The words are those of the texts of the server, of the drivers and of the messages:
 *
 *   en  job      vault   node    policy      run         restore point               disk set
 *   de  Job      Vault   Knoten  Richtlinie  Lauf        Wiederherstellungspunkt     Wechselplatten-Satz
 *   it  job      vault   nodo    policy      esecuzione  punto di ripristino         set di dischi
 *   fr  job      coffre  nœud    politique   exécution   point de restauration       jeu de disques
 *   es  trabajo  bóveda  nodo    política    ejecución   punto de restauración       juego de discos
 *
 * A disk of a set is a “Platte” in German; in a bay it is “eingesteckt”, “collegato”, “branché”, “conectado”.
 */
export const en = {
  jobs,
  secrets,
  notifications,
  policies,
  nodes,
  vaults,
  forms,
  account,
  errors,
  runs,
  points,
  overview,
  shell,
  users,
} as const
