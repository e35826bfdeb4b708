import { HoldfastError } from '@holdfast/contract'
import { type ProtobufField, protobufBytes, protobufFields } from './protobuf.ts'

/** What a new database is made from: metadata with this one database, and the shards it names. */
export interface DatabaseMetadata {
  readonly bytes: Buffer
  readonly shardIds: readonly number[]
}

/** Numbers of fields in the messages that InfluxDB 1.x keeps its metadata in. */
const DATA = { nodes: 4, databases: 5, users: 6, dataNodes: 10, metaNodes: 11 }
const DATABASE = { name: 1, policies: 3, continuousQueries: 4 }
const POLICY = { groups: 5 }
const GROUP = { deletedAt: 4, shards: 5 }
const SHARD = { id: 1 }

/**
 * Takes one database out of the metadata of a server. What the destination would not use stays behind: other databases,
 * continuous queries, and users with the hashes of their passwords, which are nobody else's business. It is also shorter
 * that way, which InfluxDB 1.6 and 1.7 need: they take it with a single read. Throws `database-absent`, and
 * `node-answer-invalid` for what is not metadata.
 */
export function onlyDatabase(metadata: Buffer, name: string): DatabaseMetadata {
  try {
    return databaseOf(metadata, name)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = `the metadata of the source cannot be understood: ${error.message}`
    throw new HoldfastError('node-answer-invalid', message, { cause: error })
  }
}

function databaseOf(metadata: Buffer, name: string): DatabaseMetadata {
  const left: readonly number[] = [DATA.nodes, DATA.databases, DATA.users, DATA.dataNodes, DATA.metaNodes]
  const fields = [...protobufFields(metadata)]
  const database = messages(fields, DATA.databases).find((bytes) => nameOf(bytes).equals(Buffer.from(name)))
  if (!database) throw new HoldfastError('database-absent', `the source has no database "${name}"`)
  const kept = [...protobufFields(database)].filter(({ number }) => number !== DATABASE.continuousQueries)
  const bytes = Buffer.concat([
    ...fields.filter(({ number }) => !left.includes(number)).map(({ whole }) => whole),
    protobufBytes(DATA.databases, Buffer.concat(kept.map(({ whole }) => whole))),
  ])
  return { bytes, shardIds: shardIdsOf(kept) }
}

/** Without those of deleted groups: the server still remembers them, but has no data of them. */
function shardIdsOf(database: readonly ProtobufField[]): number[] {
  return messages(database, DATABASE.policies)
    .flatMap((policy) => messages(protobufFields(policy), POLICY.groups))
    .filter((group) => numberIn(group, GROUP.deletedAt) === 0)
    .flatMap((group) => messages(protobufFields(group), GROUP.shards))
    .map((shard) => numberIn(shard, SHARD.id))
}

function messages(fields: Iterable<ProtobufField>, wanted: number): Buffer[] {
  return [...fields].flatMap(({ number, value }) =>
    number === wanted && Buffer.isBuffer(value) ? [value] : [],
  )
}

function nameOf(database: Buffer): Buffer {
  return messages(protobufFields(database), DATABASE.name)[0] ?? Buffer.alloc(0)
}

function numberIn(message: Buffer, wanted: number): number {
  for (const { number, value } of protobufFields(message)) {
    if (number === wanted && typeof value === 'bigint') return Number(value)
  }
  return 0
}
