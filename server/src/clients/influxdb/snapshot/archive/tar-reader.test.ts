import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../../../tools/lab/properties.testkit.ts'
import { BLOCK, END_OF_ARCHIVE, fileHeader, paddingAfter } from './tar-header.ts'
import { TarReader } from './tar-reader.ts'

const LONG = Buffer.from(`${'é'.repeat(90)}/rp ☃/12/000000001-000000001.tsm`).toString('latin1')

function entry(path: string, data: Buffer): Buffer {
  return Buffer.concat([fileHeader(path, data.length), data, Buffer.alloc(paddingAfter(data.length))])
}

function archiveOf(...files: [string, Buffer][]): Buffer {
  return Buffer.concat([...files.map(([path, data]) => entry(path, data)), END_OF_ARCHIVE])
}

const FILES: [string, Buffer][] = [
  ['db/rp/1/000000001-000000001.tsm', Buffer.from('a'.repeat(700))],
  ['db/rp/1/000000002-000000001.tsm', Buffer.alloc(0)],
  [LONG, Buffer.alloc(BLOCK, 'x')],
]

function read(chunks: readonly Buffer[]): { files: [string, Buffer][]; isComplete: boolean } {
  const files: [string, Buffer][] = []
  const reader = new TarReader({
    file: (path) => files.push([path, Buffer.alloc(0)]),
    data: (bytes) => {
      const last = files.at(-1)
      if (last) last[1] = Buffer.concat([last[1], bytes])
    },
  })
  for (const chunk of chunks) reader.push(chunk)
  return { files, isComplete: reader.isComplete }
}

/** Changes a header and corrects its checksum, so that only the change is wrong with it. */
function changed(archive: Buffer, change: (header: Buffer) => void): Buffer {
  const copy = Buffer.from(archive)
  change(copy)
  copy.fill(' ', 148, 156)
  const sum = copy.subarray(0, BLOCK).reduce((total, byte) => total + byte, 0)
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return copy
}

describe('reading archives', () => {
  const archive = archiveOf(...FILES)

  it('files and data are the same however the archive is cut into chunks', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: archive.length }), { maxLength: 12 })
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), archive.length]
        const chunks = edges.slice(1).map((end, index) => archive.subarray(edges[index], end))
        expect(read(chunks)).toEqual({ files: FILES, isComplete: true })
      }),
    )
  })

  it('byte by byte', () => {
    expect(read([...archive].map((byte) => Buffer.from([byte])))).toEqual({ files: FILES, isComplete: true })
  })

  it('an archive that is cut off anywhere is never complete', () => {
    for (let end = 0; end < archive.length; end += 1) {
      expect(read([archive.subarray(0, end)]).isComplete, `${end} bytes`).toBe(false)
    }
  })

  it('tar reads what is written, long and foreign names too', () => {
    const listed = execFileSync('tar', ['--list', '--quoting-style=literal'], { input: archive }).toString()
    expect(listed.trimEnd().split('\n')).toEqual(
      FILES.map(([path]) => Buffer.from(path, 'latin1').toString()),
    )
  })

  it('what tar writes is read: long paths in the prefix of the header and in extensions, folders', () => {
    for (const format of ['ustar', 'pax']) {
      const name = `${'d'.repeat(90)}/${'f'.repeat(80)}`
      const transform = ['--transform', `s|^null$|${name}|`, '-C', '/dev', 'null']
      const bytes = execFileSync('sh', [
        '-c',
        `cd "$(mktemp -d)" && printf hello > null && tar --format=${format} ${transform[0]} '${transform[1]}' -b 2 -cf - null; rm null; rmdir "$PWD"`,
      ])
      expect(read([bytes.subarray(0, bytes.lastIndexOf('hello') + BLOCK + 2 * BLOCK)])).toEqual({
        files: [[name, Buffer.from('hello')]],
        isComplete: true,
      })
    }
  })
})

describe('refused', () => {
  const one = archiveOf(['db/rp/1/000000001-000000001.tsm', Buffer.from('data')])
  const cases: [string, Buffer, RegExp][] = [
    ['a wrong checksum', Buffer.concat([Buffer.from('X'), one.subarray(1)]), /wrong checksum/],
    [
      'a checksum that is no number',
      Buffer.concat([one.subarray(0, 148), Buffer.from('zzzz'), one.subarray(152)]),
      /checksum in a header is not a number/,
    ],
    ['another format', changed(one, (header) => header.write('other', 257)), /not of the form ustar/],
    ['a symbolic link', changed(one, (header) => header.write('2', 156)), /of type "2"/],
    ['a hard link', changed(one, (header) => header.write('1', 156)), /of type "1"/],
    [
      'a huge size',
      changed(one, (header) => header.write('77777777777', 124)),
      /says it has 8589934591 bytes/,
    ],
    [
      'a size as a binary number',
      changed(one, (header) => header.fill(0x80, 124, 136)),
      /size in a header is not a number/,
    ],
    [
      'a huge extension',
      changed(one, (header) => header.write('x', 156) && header.write('00001000000', 124)),
      /says it has 262144 bytes/,
    ],
    ['a folder with data', changed(one, (header) => header.write('5', 156)), /folder has data/],
    ['something after the end', Buffer.concat([one, Buffer.alloc(1)]), /follows after its end/],
    ['a file after a block of zeros', Buffer.concat([Buffer.alloc(BLOCK), one]), /between two files/],
    [
      'an extension without sense',
      changed(one, (header) => header.write('x', 156)),
      /extension of a header cannot be understood/,
    ],
    [
      'an extension at the end',
      Buffer.concat([fileHeader(LONG, 0).subarray(0, 2 * BLOCK), END_OF_ARCHIVE]),
      /nothing follows/,
    ],
    [
      'two extensions',
      Buffer.concat([fileHeader(LONG, 0).subarray(0, 2 * BLOCK), fileHeader(LONG, 0)]),
      /extension follows on another/,
    ],
  ]

  it.each(cases)('%s', (_name, bytes, message) => {
    expect(() => read([bytes])).toThrow(RangeError)
    expect(() => read([bytes])).toThrow(message)
  })
})
