import {
  type AuditEntry,
  type AuditFilter,
  type By,
  type ConfigDocument,
  type ConfigObject,
  configDocument,
  type Delivery,
  type DeliveryFilter,
  type Edit,
  HoldfastError,
  ID_PREFIXES,
  type JobKind,
  type LockStatus,
  type ObjectFilter,
  type ObjectKind,
  type ObjectRevision,
  type ObjectSpec,
  type Page,
  type PageRequest,
  type ScheduleSpec,
  type StoredSecret,
} from '@holdfast/contract'

export const NOW = new Date('2026-08-20T12:00:00.000Z')

const PREFIXES: Record<ObjectKind, string> = {
  nodes: ID_PREFIXES.node,
  vaults: ID_PREFIXES.vault,
  policies: ID_PREFIXES.policy,
  notifications: ID_PREFIXES.notification,
  jobs: ID_PREFIXES.job,
}

/** The id of an object by its place in the configuration. */
export function idAt(kind: ObjectKind, index: number): string {
  return `${PREFIXES[kind]}_${String(index + 1).padStart(12, '0')}`
}

/** A page whose cursor is the number of items before it. */
export function pageFrom<T>(all: readonly T[], { limit = 50, after = '0' }: PageRequest): Page<T> {
  const from = Number(after)
  const next = from + limit < all.length ? String(from + limit) : null
  return { items: all.slice(from, from + limit), next }
}

/** The part of a control plane in memory that keeps objects, secrets, locks and records. */
export class FakeObjects {
  document: ConfigDocument = configDocument.parse({})
  readonly calls: string[] = []
  readonly secrets = new Map<string, string>()
  locks: LockStatus[] = []
  deliveries: Delivery[] = []
  audit: AuditEntry[] = []
  kinds: JobKind[] = []
  private readonly revisions = new Map<string, number>()

  private specs<K extends ObjectKind>(kind: K): ObjectSpec<K>[] {
    return this.document[kind] as ObjectSpec<K>[]
  }

  private indexOf(kind: ObjectKind, ref: string): number {
    const index = this.specs(kind).findIndex((spec, at) => spec.name === ref || idAt(kind, at) === ref)
    if (index < 0) throw new HoldfastError('name-unknown', `there is no "${ref}" among the ${kind}`)
    return index
  }

  private objectAt<K extends ObjectKind>(kind: K, index: number): ConfigObject<K> {
    const spec = this.specs(kind)[index]
    if (!spec) throw new Error(`no ${kind} at ${index}`)
    const id = idAt(kind, index)
    const revision = this.revisions.get(id) ?? 1
    return { id, kind, revision, createdAt: NOW.toISOString(), updatedAt: NOW.toISOString(), spec }
  }

  async listObjects<K extends ObjectKind>(kind: K, filter: ObjectFilter): Promise<Page<ConfigObject<K>>> {
    const all = this.specs(kind).map((_, index) => this.objectAt(kind, index))
    return pageFrom(
      all.filter((object) => filter.q === undefined || object.spec.name.includes(filter.q)),
      filter,
    )
  }

  async getObject<K extends ObjectKind>(kind: K, ref: string): Promise<ConfigObject<K>> {
    return this.objectAt(kind, this.indexOf(kind, ref))
  }

  async createObject<K extends ObjectKind>(
    kind: K,
    spec: ObjectSpec<K>,
    { by }: By,
  ): Promise<ConfigObject<K>> {
    this.calls.push(`create ${kind} ${spec.name} by ${by}`)
    this.specs(kind).push(spec)
    return this.objectAt(kind, this.specs(kind).length - 1)
  }

  async replaceObject<K extends ObjectKind>(
    kind: K,
    ref: string,
    spec: ObjectSpec<K>,
    edit: Edit,
  ): Promise<ConfigObject<K>> {
    const index = this.edited(kind, ref, edit)
    this.specs(kind)[index] = spec
    const id = idAt(kind, index)
    this.revisions.set(id, (this.revisions.get(id) ?? 1) + 1)
    return this.objectAt(kind, index)
  }

  async deleteObject(kind: ObjectKind, ref: string, edit: Edit): Promise<void> {
    this.specs(kind).splice(this.edited(kind, ref, edit), 1)
  }

  private edited(kind: ObjectKind, ref: string, { revision, by }: Edit): number {
    const index = this.indexOf(kind, ref)
    const present = this.objectAt(kind, index).revision
    this.calls.push(`edit ${kind} ${ref} at ${revision} by ${by}`)
    if (revision === null || revision === present) return index
    throw new HoldfastError('edit-conflict', `it is at revision ${present}`, {
      details: { revision: present },
    })
  }

  async listRevisions(kind: ObjectKind, ref: string): Promise<ObjectRevision[]> {
    const { revision, spec } = await this.getObject(kind, ref)
    return [{ revision, at: NOW.toISOString(), by: 'user:ada', name: spec.name, spec: { name: spec.name } }]
  }

  async jobKinds(): Promise<JobKind[]> {
    return this.kinds
  }

  async previewSchedule(_schedule: ScheduleSpec, count: number): Promise<string[]> {
    return Array.from({ length: count }, (_, day) => new Date(NOW.getTime() + day * 86_400_000).toISOString())
  }

  async listSecrets(): Promise<StoredSecret[]> {
    const at = NOW.toISOString()
    return [...this.secrets.keys()].map((name) => ({
      name,
      createdAt: at,
      updatedAt: at,
      updatedBy: 'user:ada',
    }))
  }

  async putSecret(name: string, value: string, { by }: By): Promise<void> {
    this.calls.push(`secret ${name} by ${by}`)
    this.secrets.set(name, value)
  }

  async deleteSecret(name: string, { by }: By): Promise<void> {
    this.calls.push(`forget ${name} by ${by}`)
    if (!this.secrets.delete(name)) throw new HoldfastError('name-unknown', `there is no secret "${name}"`)
  }

  async listDeliveries(filter: DeliveryFilter): Promise<Page<Delivery>> {
    const found = this.deliveries
      .filter((each) => filter.state === undefined || each.state === filter.state)
      .filter((each) => filter.notification === undefined || each.notification === filter.notification)
      .filter((each) => filter.runId === undefined || each.runId === filter.runId)
    return pageFrom(found, filter)
  }

  async testNotification(ref: string, { by }: By): Promise<Delivery> {
    this.calls.push(`test ${ref} by ${by}`)
    const sent = this.deliveries.find((each) => each.notification === ref)
    if (!sent) throw new HoldfastError('name-unknown', `there is no notification "${ref}"`)
    return { ...sent, subject: 'test' }
  }

  async listAudit(filter: AuditFilter): Promise<Page<AuditEntry>> {
    const found = this.audit
      .filter((each) => filter.by === undefined || each.by === filter.by)
      .filter((each) => filter.objectId === undefined || each.objectId === filter.objectId)
    return pageFrom(found, filter)
  }

  async acquireLock(request: {
    name: string
    holder: string
    leaseSeconds: number
    waitSeconds: number
    signal?: AbortSignal
  }): Promise<void> {
    const { name, holder, leaseSeconds, waitSeconds, signal } = request
    this.calls.push(`acquire ${name} ${holder} ${leaseSeconds} ${waitSeconds}`)
    const held = this.locks.find((lock) => lock.name === name && lock.holder !== holder)
    if (held && waitSeconds > 0) signal?.throwIfAborted()
    if (held) throw new HoldfastError('lock-held', `${name} is held by ${held.holder}`)
    const expiresAt = new Date(NOW.getTime() + leaseSeconds * 1000).toISOString()
    this.locks.push({ name, mode: 'exclusive', holder, since: NOW.toISOString(), expiresAt })
  }

  async releaseLock(name: string, holder: string): Promise<boolean> {
    const before = this.locks.length
    this.locks = this.locks.filter((lock) => lock.name !== name || lock.holder !== holder)
    return this.locks.length < before
  }

  async listLocks(): Promise<LockStatus[]> {
    return this.locks
  }
}
