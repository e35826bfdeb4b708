import type { EngineDeps } from '../deps.ts'
import { newestDigestSlots } from './digest-slots.ts'

/**
 * Puts the digests that are due in the queue. Any number of processes may do so at once, and die at any moment: a slot
 * has one digest. Of slots that were missed the newest is made up for, since its digest tells of the whole time. An
 * edit of the notification begins anew: it brings no digest for a slot before it.
 */
export async function sendDigests({ store, now }: EngineDeps): Promise<void> {
  for (const { id, spec, updatedAt, lastSlot } of await store.deliveries.digestReceivers()) {
    const slot = newestDigestSlots(spec, now())?.slot
    if (!slot || slot <= updatedAt || (lastSlot && slot <= lastSlot)) continue
    await store.deliveries.addDigest({ id, name: spec.name }, slot)
  }
}
