import { z } from 'zod'
import { jobSpec } from './job.ts'
import { nodeSpec } from './node/node.ts'
import { notificationSpec } from './notification.ts'
import { policySpec } from './policy.ts'
import { vaultSpec } from './vault.ts'

/** The kinds of object a configuration file can hold, in the order in which they are applied. */
export const OBJECT_KINDS = ['nodes', 'vaults', 'policies', 'notifications', 'jobs'] as const
export type ObjectKind = (typeof OBJECT_KINDS)[number]

export const OBJECT_SCHEMAS = {
  nodes: nodeSpec,
  vaults: vaultSpec,
  policies: policySpec,
  notifications: notificationSpec,
  jobs: jobSpec,
} as const

export type ObjectSpec<K extends ObjectKind = ObjectKind> = z.infer<(typeof OBJECT_SCHEMAS)[K]>

/** One configuration file. Several files of a folder are read as if they were one. */
export const configDocument = z.strictObject({
  nodes: z.array(nodeSpec).default([]),
  vaults: z.array(vaultSpec).default([]),
  policies: z.array(policySpec).default([]),
  notifications: z.array(notificationSpec).default([]),
  jobs: z.array(jobSpec).default([]),
})
export type ConfigDocument = z.infer<typeof configDocument>
