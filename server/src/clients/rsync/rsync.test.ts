import { cp, mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import type { ExecResult } from '../../kit/exec.ts'
import { Complaints } from './complaints.ts'
import { parseName } from './names.ts'
import { judge } from './outcome.ts'
import { parseToken, type RsyncItem } from './output.ts'
import { copyArguments, dryRun } from './rsync.ts'

describe('names as rsync prints them', () => {
  it.each([
    ['plain', 'plain'],
    ['line\\#012feed', 'line\nfeed'],
    ['\\#134#012', '\\#012'],
    ['caf\\#303\\#251', 'caf\xc3\xa9'],
    ['latin-\\#351', 'latin-\xe9'],
    ['a\\b', 'a\\b'],
  ])('%s', (printed, name) => expect(parseName(printed)).toBe(name))

  it('every escaped name comes back', () => {
    const byte = fc.integer({ min: 1, max: 255 }).filter((code) => code !== 47)
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1 }), (codes) => {
        const octal = (code: number) => `\\#${code.toString(8).padStart(3, '0')}`
        const printed = codes.map((code) =>
          code < 32 || code > 126 || code === 92 ? octal(code) : String.fromCharCode(code),
        )
        expect(parseName(printed.join(''))).toBe(String.fromCharCode(...codes))
      }),
    )
  })
})

describe('parseToken', () => {
  it.each([
    [
      '=>f+++++++++|100000|0|d1/f0.dat',
      { kind: 'new', entry: 'file', sizeBytes: 100_000, path: 'd1/f0.dat' },
    ],
    ['=>f.st......|5|9|a|b', { kind: 'changed', entry: 'file', path: 'a|b' }],
    ['=.f...p.....|7|0|x', { kind: 'attributes', entry: 'file', sizeBytes: 7 }],
    ['=cf...p.....|7|0|x', { kind: 'attributes', entry: 'file', sizeBytes: 7 }],
    ['=hf+++++++++|7|0|x', { kind: 'linked', entry: 'file' }],
    ['=hf         |7|0|x', { kind: 'relinked', entry: 'file' }],
    ['=cd+++++++++|4096|0|sub/', { kind: 'new', entry: 'directory' }],
    ['=.d..t......|4096|0|./', { kind: 'attributes', entry: 'directory' }],
    ['=cL+++++++++|1|0|l', { kind: 'new', entry: 'symlink' }],
    ['=cLc.t......|1|0|l', { kind: 'changed', entry: 'symlink' }],
    ['=*deleting   |0|0|name', { kind: 'deleted', entry: 'file', path: 'name' }],
    ['=*deleting   |0|0|dir/', { kind: 'deleted', entry: 'directory' }],
  ])('%s', (token, expected) => expect(parseToken(token)).toMatchObject({ type: 'item', ...expected }))

  it.each([
    ['         32,768   0%    0.00kB/s    0:00:00  ', { doneBytes: 32_768, bytesPerSecond: 0 }],
    [
      '    683,575,100 100%    1.02GB/s    0:00:00 (xfr#2004, to-chk=0/2025)',
      { doneBytes: 683_575_100, bytesPerSecond: 1.02 * 1024 ** 3 },
    ],
  ])('%s', (token, expected) => expect(parseToken(token)).toEqual({ type: 'progress', ...expected }))

  it.each(['created directory /x', 'sent 1 bytes', 'building file list'])('leaves out %s', (token) =>
    expect(parseToken(token)).toBeNull(),
  )
})

function ended(exitCode: number | null, ...stderr: string[]): [ExecResult, Complaints] {
  const complaints = new Complaints()
  for (const line of stderr) complaints.add(line)
  return [
    { exitCode, killedBy: exitCode === null ? 'SIGKILL' : null, stdout: [], stderr, durationMs: 1 },
    complaints,
  ]
}

describe('judge', () => {
  it.each([
    [11, 'rsync: [receiver] write failed on "/v/a": No space left on device (28)', 'vault-full'],
    [10, 'rsync: [receiver] write failed on "/v/a": No space left on device (28)', 'vault-full'],
    [11, 'rsync: [receiver] mkstemp "/v/a": Disk quota exceeded (122)', 'vault-full'],
    [11, 'rsync: [receiver] write failed on "/v/a": Input/output error (5)', 'write-failed'],
    [3, 'rsync: [Receiver] cannot stat destination "/v": Input/output error (5)', 'write-failed'],
    [23, 'rsync: [receiver] mkstemp "/v/.a.XX" failed: Read-only file system (30)', 'write-failed'],
    [23, 'rsync: [sender] change_dir "/nonexistent" failed: No such file or directory (2)', 'source-gone'],
    [30, 'rsync error: timeout in data send/receive (code 30) at io.c(200)', 'no-progress'],
    [23, 'rsync: [sender] change_dir "/mnt/nas" failed: Stale file handle (116)', 'source-gone'],
    [
      23,
      'rsync: [sender] change_dir "/mnt/fuse" failed: Transport endpoint is not connected (107)',
      'source-gone',
    ],
    [11, 'rsync: [receiver] mkstemp "/v/a" failed: Structure needs cleaning (117)', 'write-failed'],
    [11, 'rsync: [receiver] open "/v/a" failed: No such device or address (6)', 'write-failed'],
    [25, 'Deletions stopped due to --max-delete limit (3 skipped)', 'command-failed'],
    [1, 'rsync: --nonsense: unknown option', 'command-failed'],
    [10, 'rsync: [sender] write error: Broken pipe (32)', 'command-failed'],
    [20, 'rsync error: received SIGINT, SIGTERM, or SIGHUP (code 20)', 'command-failed'],
    [12, 'rsync: connection unexpectedly closed', 'command-failed'],
    [null, '', 'command-failed'],
  ])('code %s, %s: %s', (exitCode, line, code) => {
    expect(() => judge(...ended(exitCode, line))).toThrow(expect.objectContaining({ code }))
  })

  it('names files the source did not give, and counts vanished ones, without failing', () => {
    const denied = 'rsync: [sender] send_files failed to open "/s/caf\\#303\\#251": Permission denied (13)'
    expect(judge(...ended(23, denied, 'rsync error: some files (code 23)'))).toEqual({
      complete: false,
      leftOut: ['/s/café'],
      leftOutCount: 1,
      leftOutFolders: [],
      leftOutFolderCount: 0,
      vanishedCount: 0,
    })
    expect(judge(...ended(24, 'file has vanished: "/s/x"'))).toMatchObject({
      complete: true,
      vanishedCount: 1,
    })
    const reading = 'rsync: [sender] read errors mapping "/s/x": Input/output error (5)'
    expect(judge(...ended(23, reading))).toMatchObject({ complete: false, leftOut: ['/s/x'] })
  })

  it.each([
    'rsync: [sender] opendir "/s/closed" failed: Permission denied (13)',
    'rsync: [sender] readdir("/s/closed"): Permission denied (13)',
  ])('tells a folder from a file: %s', (line) => {
    const outcome = judge(...ended(23, line, 'rsync: [sender] send_files failed to open "/s/f": Denied (13)'))
    expect(outcome).toMatchObject({ leftOutCount: 2, leftOutFolders: ['/s/closed'], leftOutFolderCount: 1 })
  })

  it('counts a folder once when its copy cannot be read either', () => {
    const lines = [
      'rsync: [sender] opendir "/s/closed" failed: Permission denied (13)',
      'rsync: [generator] gen_entry_copy_xattrs: openat("/t/closed") failed: Permission denied (13)',
    ]
    expect(judge(...ended(23, ...lines), { source: '/s', target: '/t' })).toMatchObject({ leftOutCount: 1 })
    expect(judge(...ended(23, ...lines))).toMatchObject({ leftOutCount: 2 })
  })

  it('names what has too long a path', () => {
    const outcome = judge(...ended(23, 'filename overflows max-path len by 128: ok/dd'))
    expect(outcome).toMatchObject({ complete: false, leftOut: ['ok/dd'], leftOutCount: 1 })
  })

  it('keeps a hundred names and counts all', () => {
    const lines = Array.from(
      { length: 1500 },
      (_, n) => `rsync: [sender] send_files failed to open "/s/${n}": Permission denied (13)`,
    )
    const { leftOut, leftOutCount } = judge(...ended(23, ...lines))
    expect([leftOut.length, leftOutCount]).toEqual([100, 1500])
  })
})

describe('copyArguments', () => {
  const paths = { source: '/s', target: '/t' }

  it('gives up on a stall, but never while contents are compared: hashing a big file is silent', () => {
    expect(copyArguments({}, [], paths)).toContain('--timeout=300')
    const comparing = copyArguments({ checksum: true }, [], paths)
    expect(comparing.filter((argument) => argument.startsWith('--timeout'))).toEqual([])
  })
})

describe('copyArguments of a dry run against nothing', () => {
  it('reads no ACLs and attributes, which would be compared with none', () => {
    const given = copyArguments({ countsOnly: true }, ['--dry-run'], { source: '/s', target: '/t' })
    expect(given).toContain('-aHS')
    expect(given.join()).not.toContain('-aHAXS')
  })
})

describe('copyArguments for a target that is worked on', () => {
  const paths = { source: '/s', target: '/t' }

  it('deletes at the end and no more than it may, and writes in place only when told', () => {
    const given = copyArguments({ mirror: true, inPlace: true, maxDelete: 7 }, [], paths)
    for (const argument of ['--delete-delay', '--max-delete=7', '--inplace', '--no-whole-file'])
      expect(given).toContain(argument)
    expect(given).not.toContain('--ignore-errors')
    expect(copyArguments({ mirror: true, deletesUnread: true }, [], paths)).toContain('--ignore-errors')
    expect(copyArguments({ mirror: true, linkDest: '/p' }, [], paths).join()).not.toMatch(
      /inplace|max-delete/,
    )
  })
})

describe('dryRun', () => {
  it('takes a target that is not there for empty, whatever lies in the working directory', async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-rsync-'))
    const source = join(directory.path, 'source')
    await mkdir(source)
    await cp('package.json', join(source, 'package.json'), { preserveTimestamps: true })
    const items: RsyncItem[] = []
    await dryRun({ source, target: join(directory.path, 'none') }, (item) => items.push(item))
    const found = items.map((item) => `${item.kind} ${item.path}`)
    expect(found).toEqual(['attributes ./', 'new package.json'])
    expect(await readdir(directory.path)).toEqual(['source'])
  })

  it('lists names that look like comments', async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-rsync-'))
    for (const name of ['#a', ';b', '-c']) await writeFile(join(directory.path, name), '')
    const only = ['#a', ';b', '-c'].map((name) => Buffer.from(name))
    const found: string[] = []
    const options = { source: directory.path, target: '/nowhere', only, keepExtra: true }
    await dryRun(options, (item) => found.push(item.path))
    expect(found.filter((path) => path !== './').sort()).toEqual(['#a', '-c', ';b'])
  })
})
