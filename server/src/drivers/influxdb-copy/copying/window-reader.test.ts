import { expect, test } from 'vitest'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import {
  chunk,
  encoded,
  integer,
  list,
  series,
} from '../../../clients/influxdb/transcode/testkit/answer.testkit.ts'
import type { Window } from '../planning/windows.ts'
import { WindowReader } from './window-reader.ts'

const row = (time: bigint) => list([integer(time), encoded({ type: 'boolean', value: true })])
const columns = ['time', 'f']
/** Its second series has a name that line protocol cannot express. */
const REFUSED = chunk(
  [
    series('m', [['k', 'fine']], columns, [row(1n)]),
    series('m', [['k', 'ends in a backslash\\']], columns, [row(2n)]),
  ],
  false,
)
const FINE = chunk([series('other', [], columns, [row(9n)])], false)

const window = (database: string): Window =>
  ({ database, as: database, rp: 'autogen', measurement: 'm', startNs: 0n, endNs: 100n }) as unknown as Window

function readerOf(answers: Readonly<Record<string, Buffer>>): WindowReader {
  const server = {
    async *stream(_statement: string, { db }: { db: string }) {
      yield answers[db]
    },
  } as unknown as InfluxServer
  return new WindowReader({ server, pageSize: 1000, tags: [], signal: new AbortController().signal })
}

async function linesOf(reader: WindowReader, database: string): Promise<string[]> {
  const lines: string[] = []
  await reader.read(database, window(database), async (batch) => {
    lines.push(batch.bytes.toString())
    batch.release()
  })
  return lines
}

test('nothing of a window that was refused half-way goes where the next one goes', async () => {
  const reader = readerOf({ refused: REFUSED, fine: FINE })
  await expect(linesOf(reader, 'refused')).rejects.toMatchObject({ code: 'points-refused' })
  expect(await linesOf(reader, 'fine')).toEqual(['other f=t 9\n'])
})

test('nothing is left either of a window that its destination did not take', async () => {
  // Several batches, of which the first is refused.
  const many = Array.from({ length: 11_000 }, (_, index) => row(BigInt(index)))
  const first = chunk([series('first', [], columns, many)], false)
  const reader = readerOf({ first, second: chunk([series('second', [], columns, [row(3n)])], false) })
  const refusing = reader.read('first', window('first'), () => Promise.reject(new Error('not taken')))
  await expect(refusing).rejects.toThrow('not taken')
  expect(await linesOf(reader, 'second')).toEqual(['second f=t 3\n'])
})
