import { upgradeEmbedded } from '../upgrade.ts'

/** The upgrade in a process of its own, for a test that kills it. */
await upgradeEmbedded({ dir: process.argv[2] ?? '', log: () => {} })
