/** A folder is named like the database. */
const MOST_NAME_BYTES = 255

/** A file of a shard, as archives of the port name it: DATABASE/RETENTION POLICY/SHARD/FILE. All latin1. */
export interface ShardFile {
  readonly policy: string
  readonly file: string
  /** `points`: values; `deletes`: what of them was deleted since; `other`: what a server makes anew by itself. */
  readonly kind: 'points' | 'deletes' | 'other'
}

/** Takes a path of an archive apart. Throws RangeError where it could lead anywhere but into that shard. */
export function shardFile(path: string, shardId: number): ShardFile {
  const [database, policy, shard, ...rest] = path.split('/')
  const shown = JSON.stringify(Buffer.from(path, 'latin1').toString())
  if (!database || !policy || rest.length === 0)
    throw new RangeError(`the path ${shown} is not that of a shard`)
  if (shard !== String(shardId)) throw new RangeError(`the path ${shown} is not of shard ${shardId}`)
  const names = [database, policy, ...rest]
  if (names.some((name) => name === '' || name === '.' || name === '..' || name.includes('\0'))) {
    throw new RangeError(`the path ${shown} is not that of a shard`)
  }
  return { policy, file: rest.join('/'), kind: kindOf(rest) }
}

function kindOf(names: readonly string[]): ShardFile['kind'] {
  const [name = '', ...deeper] = names
  if (deeper.length > 0 || name === 'fields.idx') return 'other'
  if (/^\d+-\d+\.tsm$/.test(name)) return 'points'
  if (/^\d+-\d+\.tombstone$/.test(name)) return 'deletes'
  throw new RangeError(`a file is named ${JSON.stringify(Buffer.from(name, 'latin1').toString())}`)
}

/**
 * Whether InfluxDB takes such a name for a database. The port does not ask itself: it would make one named `..` where that
 * leads to.
 */
export function isDatabaseName(name: string): boolean {
  if (name === '.' || name === '..' || Buffer.byteLength(name) > MOST_NAME_BYTES) return false
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) && !/[/\\]/.test(name)
}
