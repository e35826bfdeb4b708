import { type AroundRun, HoldfastError, notificationLanguage, type Run } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { type RUN_EVENTS, SAMPLE_DISK, sampleEvent } from '../sample-run.testkit.ts'
import { composeMessage } from './compose.ts'
import { messageText } from './render.ts'

type Event = (typeof RUN_EVENTS)[number]

function messageOf(event: Event, changes: Partial<Run> = {}, around: Partial<AroundRun> = {}) {
  const told = sampleEvent(event, { disk: SAMPLE_DISK, ...changes }, around)
  const { headline, blocks } = composeMessage(told, { language: 'en', timeZone: 'UTC' })
  return { headline, text: messageText(blocks) }
}

const report = (code: ConstructorParameters<typeof HoldfastError>[0]) =>
  new HoldfastError(code, 'that happened').report()
const unsafe = { ...SAMPLE_DISK, safeToRemove: false }

describe('the disk of a run', () => {
  it('stands in the subject and in a row with its free space, in every language', () => {
    expect(messageOf('failed').headline).toBe('documents: failed, vault-full, disk "Monday"')
    expect(messageOf('success').text).toContain('Disk: Monday, 1.2\u00a0TiB of 1.8\u00a0TiB free\n')
    for (const language of notificationLanguage.options) {
      const told = sampleEvent('success', { disk: { ...SAMPLE_DISK, label: 'Größe 2' } })
      const { headline, blocks } = composeMessage(told, { language, timeZone: 'UTC' })
      expect(headline).toContain('Größe 2')
      expect(messageText(blocks).split('\n').length).toBeLessThanOrEqual(10)
    }
  })

  it('has a row of its label alone while nobody measured it', () => {
    const { text } = messageOf('failed', { disk: { ...unsafe, freeBytes: null, totalBytes: null } })
    expect(text).toContain('Disk: Monday\n')
  })

  it('may be removed when it is safe, after a good end and a bad one', () => {
    for (const event of ['success', 'warning', 'failed', 'canceled'] as const) {
      expect(messageOf(event).text).toContain('You can remove the disk "Monday" now.')
    }
  })

  it('must stay when it could not be unmounted, and while a run goes on, waits or is planned again', () => {
    expect(messageOf('failed', { disk: unsafe }).text).toContain(
      'Do not remove the disk "Monday" yet: it could not be unmounted.',
    )
    expect(messageOf('lost').text).toContain('it may still be in use, and the run is planned again.')
    expect(messageOf('held').text).toContain('Leave the disk "Monday" where it is until this is decided')
    expect(messageOf('started').text).toContain('Leave the disk "Monday" where it is until a message says')
    for (const event of ['started', 'held', 'lost'] as const)
      expect(messageOf(event).text).not.toContain('You can remove')
  })

  it('is not spoken of once it was pulled', () => {
    const { text } = messageOf('failed', { disk: unsafe, error: report('disk-removed') })
    expect(text).not.toMatch(/remove the disk/i)
  })
})

describe('what a bad end means', () => {
  const at = '2026-08-13T00:35:00Z'

  it('names the last good copy, on the disk where there is one', () => {
    expect(messageOf('failed', { disk: null }).text).toContain(
      'the last good one is of 13 Aug 2026, 00:35 UTC.',
    )
    expect(messageOf('canceled').text).toContain(
      'the last good one on this disk is of 13 Aug 2026, 00:35 UTC.',
    )
  })

  it('says that there is none, or that one was made before', () => {
    const none = { lastGood: { at: null, isOfThisRun: false } }
    expect(messageOf('failed', { disk: null }, none).text).toContain('and there is no good one yet.')
    expect(messageOf('failed', {}, none).text).toContain('no good one on this disk yet.')
    const made = messageOf('failed', {}, { lastGood: { at, isOfThisRun: true } }).text
    expect(made).toContain('A new copy was made before that.')
    expect(made).not.toContain('No new copy')
  })

  it('is nothing where a run makes no copies, and after a good end', () => {
    expect(messageOf('failed', {}, { lastGood: null }).text).not.toContain('copy')
    for (const event of ['success', 'warning', 'started', 'held'] as const)
      expect(messageOf(event).text).not.toContain('No new copy')
  })
})

describe('a run that was skipped because no disk was there', () => {
  const absent = { disk: null, error: report('disk-absent') }

  it('names the disks that were expected', () => {
    const { text } = messageOf('skipped', absent, { disks: ['Monday', 'Tuesday'] })
    expect(text).toContain('Disks expected: Monday, Tuesday\n')
  })

  it('counts what would be too many', () => {
    const disks = Array.from({ length: 30 }, (_, index) => `no. ${index}`)
    expect(messageOf('skipped', absent, { disks }).text).toContain('no. 7 and 22 more\n')
  })

  it('names none where something else was missing', () => {
    expect(messageOf('skipped', { disk: null }, { disks: ['Monday'] }).text).not.toContain('Monday')
  })
})

describe('how it was checked', () => {
  it.each([
    ['sample', 'Checked: a sample was read back'],
    ['full', 'Checked: everything was read back'],
  ] as const)('%s', (checked, line) => {
    expect(messageOf('success', {}, { checked }).text).toContain(line)
  })

  it('is not said while it was not', () => {
    expect(messageOf('success', {}, { checked: null }).text).not.toContain('Checked')
  })
})
