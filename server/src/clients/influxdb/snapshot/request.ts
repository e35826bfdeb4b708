/** What the port can be asked, by the number it knows it under. */
export const REQUESTS = {
  shardBackup: 0,
  metadata: 1,
  databaseInfo: 3,
  metadataUpdate: 6,
  shardUpdate: 7,
} as const

/** The first byte of each connection: several services share the port. */
const SNAPSHOT_SERVICE = 3
/** Begins answers that are not JSON or an archive. */
export const MAGIC = 0x59590101n
/** The zero of times, as Go prints it. */
const NO_TIME = '0001-01-01T00:00:00Z'

export interface RequestFields {
  readonly BackupDatabase?: string
  readonly RestoreDatabase?: string
  readonly ShardID?: number
  readonly UploadSize?: number
}

/** A request: two bytes, its fields as one line of JSON, then what is uploaded. */
export function requestBytes(
  type: Exclude<keyof typeof REQUESTS, 'shardUpdate'>,
  fields: RequestFields,
  upload: Buffer = Buffer.alloc(0),
): Buffer {
  const all = {
    Type: REQUESTS[type],
    BackupDatabase: '',
    RestoreDatabase: '',
    BackupRetentionPolicy: '',
    RestoreRetentionPolicy: '',
    ShardID: 0,
    Since: NO_TIME,
    ExportStart: NO_TIME,
    ExportEnd: NO_TIME,
    UploadSize: 0,
    ...fields,
  }
  const head = Buffer.from([SNAPSHOT_SERVICE, REQUESTS[type]])
  return Buffer.concat([head, Buffer.from(`${JSON.stringify(all)}\n`), upload])
}

/** Says which shard the archive that follows is for. This request alone has no JSON. */
export function shardUpdateBytes(shardId: number): Buffer {
  const bytes = Buffer.alloc(10)
  bytes[0] = SNAPSHOT_SERVICE
  bytes[1] = REQUESTS.shardUpdate
  bytes.writeBigUInt64BE(BigInt(shardId), 2)
  return bytes
}
