import { NO_MARKS, phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { mayShareDamage } from './building/basis.ts'
import { isOlder } from './check.ts'
import { diskCopyConfig } from './config.ts'
import { Deltas } from './planning/deltas.ts'
import { findGuards } from './planning/guards.ts'
import { findUnmounted } from './planning/source-mount.ts'
import { cleanPaths } from './points/find-paths.ts'
import { CopyMeter } from './progress.ts'

const limits = { deletedPercent: 50, changedPercent: 50, newExtensionPercent: 10, minFiles: 10 }
const none = { newFiles: 0, changedFiles: 0, attributeFiles: 0, deletedFiles: 0 }

describe('findGuards', () => {
  it.each([
    ['first run', { ...none, newFiles: 1 }, null, false, []],
    ['first run on an empty source', none, null, true, ['source-empty']],
    ['first run with everything excluded', none, null, false, ['source-empty']],
    ['nothing new', none, 1000, false, []],
    ['just at the limit', { ...none, deletedFiles: 500 }, 1000, false, []],
    ['too many gone', { ...none, deletedFiles: 501 }, 1000, false, ['mass-deletion']],
    ['too many changed', { ...none, changedFiles: 501 }, 1000, false, ['mass-change']],
    [
      'renamed by an attacker',
      { ...none, deletedFiles: 1000, newFiles: 1000 },
      1000,
      false,
      ['mass-deletion'],
    ],
    [
      'both',
      { ...none, deletedFiles: 600, changedFiles: 600 },
      1000,
      false,
      ['mass-deletion', 'mass-change'],
    ],
    ['ten of fourteen gone', { ...none, deletedFiles: 10 }, 14, false, ['mass-deletion']],
    ['too few files to judge', { ...none, deletedFiles: 8 }, 9, false, []],
    ['empty, however few there were', { ...none, deletedFiles: 2 }, 2, true, ['source-empty']],
    ['only excluded files left', { ...none, deletedFiles: 2 }, 2, false, ['source-empty']],
    ['was empty before', none, 0, true, []],
  ])('%s', async (_, counts, previousFiles, sourceIsEmpty, codes) => {
    const hadExtension = async () => false
    const found = { counts, deltas: new Deltas(), previousFiles, sourceIsEmpty, hadExtension }
    expect((await findGuards(found, limits)).map((guard) => guard.code)).toEqual(codes)
  })

  const item = { type: 'item', entry: 'file', sizeBytes: 1, sentBytes: 0 } as const
  const encrypted = (share: number) => {
    const deltas = new Deltas()
    for (let n = 0; n < share; n += 1) {
      deltas.add({ ...item, kind: 'deleted', path: `letters/${n}.doc` })
      deltas.add({ ...item, kind: 'new', path: `letters/${n}.doc.LOCKED` })
    }
    return { deltas, counts: { ...none, newFiles: share, deletedFiles: share } }
  }
  it.each([
    ['a tenth', encrypted(100), false, []],
    ['more than a tenth', encrypted(101), false, ['new-extension']],
    ['more, but the ending is known', encrypted(300), true, []],
    ['more, but nothing is gone', { ...encrypted(300), counts: { ...none, newFiles: 300 } }, false, []],
    ['nearly all', encrypted(900), false, ['mass-deletion', 'new-extension']],
  ])('files with one new ending: %s', async (_, found, isKnown, codes) => {
    const asked: string[] = []
    const hadExtension = async (extension: string) => {
      asked.push(extension)
      return isKnown
    }
    const all = { ...found, previousFiles: 1000, sourceIsEmpty: false, hadExtension }
    expect((await findGuards(all, limits)).map((guard) => guard.code)).toEqual(codes)
    expect(asked.every((extension) => extension === '.locked')).toBe(true)
  })

  it('tell where most of the changes lie', async () => {
    const { deltas, counts } = encrypted(900)
    deltas.add({ ...item, kind: 'deleted', path: 'photos/a.JPG' })
    const hadExtension = async () => true
    const found = { counts, deltas, previousFiles: 1000, sourceIsEmpty: false, hadExtension }
    const [guard] = await findGuards(found, limits)
    expect(phraseText(guard?.message ?? '')).toContain(
      'Most in the folders letters/ (900), photos/ (1); endings: .doc (900), .jpg (1).',
    )
  })
})

describe('Deltas', () => {
  it('does not grow with every name that an attacker makes up', () => {
    const deltas = new Deltas()
    for (let n = 0; n < 100_000; n += 1) {
      const path = `${n}/a.${n}`
      deltas.add({ type: 'item', entry: 'file', sizeBytes: 1, sentBytes: 0, kind: 'new', path })
    }
    expect(deltas.commonestNew()).toEqual({ name: '.0', count: 1 })
  })
})

describe('findUnmounted', () => {
  const disk = { mountPoint: '/srv', type: 'ext4', source: '/dev/sdb1', uuid: 'A' }
  const share = { mountPoint: '/srv', type: 'nfs4', source: 'nas:/data', uuid: null }
  it.each([
    ['never was one', null, disk, false],
    ['is gone', disk, null, true],
    ['lies on what is below', disk, { ...disk, mountPoint: '/' }, true],
    ['bears another name', disk, { ...disk, source: '/dev/sdc1' }, false],
    ['is another disk', disk, { ...disk, source: '/dev/sdc1', uuid: 'B' }, true],
    ['nobody knows', disk, { ...disk, source: '/dev/sdc1', uuid: null }, false],
    ['another kind', disk, { ...disk, type: 'tmpfs' }, true],
    ['another share', share, { ...share, source: 'nas:/other' }, true],
    ['the same share', share, share, false],
  ])('%s', (_, before, now, isHeld) => {
    expect(findUnmounted(before, now).map((guard) => guard.code)).toEqual(isHeld ? ['source-unmounted'] : [])
  })
})

describe('CopyMeter', () => {
  it('measures by what is to be copied, and gives no remaining time before it has settled', () => {
    const meter = new CopyMeter(1000, 0)
    meter.transferred(100)
    expect(meter.at(1000)).toMatchObject({ doneBytes: 100, totalBytes: 1000, bytesPerSecond: 100 })
    expect(meter.at(1000).etaSeconds).toBeUndefined()
    meter.transferred(400)
    meter.addLocal(100)
    expect(meter.at(5000)).toMatchObject({ doneBytes: 500, bytesPerSecond: 100, etaSeconds: 5 })
  })

  it('has something to tell ten times a second at most, whatever the clock does', () => {
    const meter = new CopyMeter(1000, 0)
    const isTold = [0, 99, 100, 150, 200, 20, 60].map((nowMs) => meter.dueAt(nowMs) !== null)
    expect(isTold).toEqual([true, false, true, false, true, true, false])
  })

  it('never runs past its end, and names no total it does not know', () => {
    const meter = new CopyMeter(10, 0)
    meter.transferred(25)
    expect(meter.at(5000)).toMatchObject({ doneBytes: 25, totalBytes: 25, etaSeconds: 0 })
    expect(new CopyMeter(null, 0).at(9000)).toEqual({
      step: 'copy',
      doneBytes: 0,
      doneItems: 0,
      movedBytes: 0,
    })
  })
})

describe('names and paths', () => {
  it('cleans paths to restore and refuses those that lead out', () => {
    expect(cleanPaths(['./a//b/', 'c/./d', '-rf', './'])).toEqual(['a/b', 'c/d', '-rf', '.'])
    for (const path of ['', '/etc', '..', '../x', 'a/../b', 'a/../../x', 'a\0'])
      expect(() => cleanPaths([path])).toThrow()
  })

  it('validates its settings', () => {
    expect(diskCopyConfig.parse({ source: '/srv//x/' })).toMatchObject({
      source: '/srv/x',
      hash: true,
      guards: limits,
    })
    expect(diskCopyConfig.parse({ source: '/' }).source).toBe('/')
    for (const wrong of [
      { source: 'relative' },
      { source: '/x', exclude: ['a\nb'] },
      { source: '/x', exclude: ['!'] },
      { source: '/x', exclude: ['+ a'] },
      { source: '/x', exclude: ['- a'] },
      { source: '/x', unknown: 1 },
    ]) {
      expect(diskCopyConfig.safeParse(wrong).success).toBe(false)
    }
  })
})

describe('mayShareDamage', () => {
  const of = (...results: ('damaged' | 'full' | 'sample' | null)[]) =>
    results.map((result) => ({
      marks: {
        ...NO_MARKS,
        verifiedOk: result === null ? null : result !== 'damaged',
        verifiedLevel: result === null ? null : result === 'sample' ? ('sample' as const) : ('full' as const),
      },
    }))

  it.each([
    ['nothing checked', of(null, null), false],
    ['the newest is damaged', of('damaged', 'full'), true],
    ['an older one is, and nobody knows about the newer', of(null, 'sample', 'damaged'), true],
    ['an older one is, but a newer one was read in full since', of(null, 'full', 'damaged'), false],
    ['no restore point yet', of(), false],
  ])('%s', (_, generations, expected) => expect(mayShareDamage(generations)).toBe(expected))
})

describe('isOlder', () => {
  it.each([
    ['3.4.1', true],
    ['3.5.0', false],
    ['3.5.0pre1', false],
    ['3.10.0', false],
    ['2.9.9', true],
    ['4.0', false],
  ])('rsync %s before 3.5.0: %s', (version, expected) => {
    expect(isOlder(version, [3, 5, 0])).toBe(expected)
  })
})
