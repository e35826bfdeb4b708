import { WindowDigest } from '../digest/window-digest.ts'
import { FlatTranscoder } from '../flat-transcoder.ts'
import { GroupedTranscoder } from '../grouped-transcoder.ts'
import { LineBuffer } from '../line/line-buffer.ts'
import { LineDigester } from '../line-digester.ts'
import { latin1, type Table } from './points.testkit.ts'

export interface Transcoded {
  lines: Buffer
  digest: WindowDigest
  points: number
  values: number
  batches: { lines: number; values: number; bytes: number }[]
}

interface Transcoder {
  push(chunk: Buffer): void
  end(): void
  readonly points: number
  readonly values: number
}

export interface Limits {
  maxLines: number
  maxBytes: number
}
const LIMITS: Limits = { maxLines: 3, maxBytes: 1 << 20 }

/** Runs an answer through a transcoder and gathers what comes out. Buffers are wiped once they are given back. */
export function run(
  make: (out: LineBuffer, digest: WindowDigest) => Transcoder,
  chunks: readonly Buffer[],
  limits = LIMITS,
): Transcoded {
  const parts: Buffer[] = []
  const batches: Transcoded['batches'] = []
  const out = new LineBuffer({
    ...limits,
    onBatch: (batch) => {
      parts.push(Buffer.from(batch.bytes))
      batches.push({ lines: batch.lines, values: batch.values, bytes: batch.bytes.length })
      batch.bytes.fill(0xee)
      batch.release()
    },
  })
  const digest = new WindowDigest()
  const transcoder = make(out, digest)
  for (const chunk of chunks) {
    const own = Buffer.from(chunk)
    transcoder.push(own)
    own.fill(0xdd)
  }
  transcoder.end()
  out.flush()
  const { points, values } = transcoder
  return { lines: Buffer.concat(parts), digest, points, values, batches }
}

export const grouped = (chunks: readonly Buffer[], limits?: Limits) =>
  run((out, digest) => new GroupedTranscoder(out, digest), chunks, limits)

export const flat = ({ measurement, tagKeys, fieldKeys }: Table, chunks: readonly Buffer[]) =>
  run(
    (out, digest) =>
      new FlatTranscoder(out, digest, {
        measurement: latin1(measurement),
        tags: tagKeys.map(latin1),
        fields: fieldKeys.map(latin1),
      }),
    chunks,
  )

export function digestOf(chunks: readonly Buffer[]): WindowDigest {
  const digest = new WindowDigest()
  const digester = new LineDigester(digest)
  for (const chunk of chunks) digester.push(chunk)
  digester.end()
  return digest
}

/** The digest of lines given as text. */
export const digestOfText = (text: string) => digestOf([latin1(text)])
