import { HoldfastError } from '@holdfast/contract'
import type { Context, Job, Vault } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'

type Copying = Pick<Job<InfluxdbCopyConfig>, 'vault' | 'config' | 'spec'>

/** Whether a job saves databases in a vault, instead of copying them to a server. Throws `config-invalid` for both, or neither. */
export function isToVault({ vault, config, spec }: Copying): boolean {
  const hasVault = vault !== null || spec.vault !== undefined
  if (hasVault && config.destination !== undefined) {
    throw new HoldfastError('config-invalid', 'the job has both a vault and a destination', {
      hint: 'Remove one: `vault` keeps restore points, `config.destination` copies to another server. Make two jobs for both.',
    })
  }
  if (!hasVault && config.destination === undefined) {
    throw new HoldfastError('config-invalid', 'the job has neither a vault nor a destination', {
      hint: 'Name a `vault` that keeps restore points, or in `config.destination` the node to copy to.',
    })
  }
  return hasVault
}

/** Where the job keeps restore points. */
export function vaultOf({ job: { vault } }: Pick<Context, 'job'>): Vault {
  if (vault) return vault
  throw new HoldfastError('invariant-broken', 'a job that saves to a vault was started without it')
}
