import { type NotifiedRunEvent, notificationLanguage, type Run } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { expectGolden } from '../../domain/golden.testkit.ts'
import { RUN_EVENTS, SAMPLE_DISK, sampleEvent, sampleReport } from '../sample-run.testkit.ts'
import { composeMessage } from './compose.ts'
import type { MessageStyle } from './message.ts'
import { messageHtml, messageText } from './render.ts'

const LANGUAGES = notificationLanguage.options
const english: MessageStyle = { language: 'en', timeZone: 'UTC' }

function textOf(event: NotifiedRunEvent, changes: Partial<Run> = {}, style = english): string {
  const message = composeMessage(sampleEvent(event, changes), style)
  return `${message.headline}\n\n${messageText(message.blocks)}\n`
}

describe('the whole message', () => {
  it.each(LANGUAGES)('in %s for every event', (language) => {
    const style = { language, timeZone: 'Europe/Rome' }
    const texts = RUN_EVENTS.map((event) => `== ${event} ==\n${textOf(event, {}, style)}`)
    for (const operation of ['verify', 'restore'] as const) {
      texts.push(`== ${operation} ==\n${textOf('failed', { operation }, style)}`)
    }
    for (const event of RUN_EVENTS) {
      if (event !== 'skipped' && event !== 'missed')
        texts.push(`== ${event}, disk ==\n${textOf(event, { disk: SAMPLE_DISK }, style)}`)
    }
    expectGolden(new URL(`testdata/${language}.txt`, import.meta.url), texts.join('\n'))
  })

  it('as a page', () => {
    const page = messageHtml(composeMessage(sampleEvent('warning'), english), 'en')
    expectGolden(new URL('testdata/warning.html.txt', import.meta.url), page)
  })
})

describe('what stands where', () => {
  it('tells a good run in ten lines, however many restore points it made', () => {
    const restorePointIds = Array.from({ length: 250 }, (_, index) => `rp_${String(index).padStart(12, '0')}`)
    for (const language of LANGUAGES) {
      const { blocks } = composeMessage(
        sampleEvent('success', { report: sampleReport({ restorePointIds }), disk: SAMPLE_DISK }),
        { language, timeZone: 'UTC' },
      )
      const lines = messageText(blocks).split('\n')
      expect(lines.length).toBeLessThanOrEqual(10)
      expect(lines).toContainEqual(expect.stringContaining('247'))
    }
  })

  it('gives every warning', () => {
    const warnings = Array.from({ length: 120 }, (_, index) => `file ${index} was left out`)
    const text = textOf('warning', { report: sampleReport({ warnings }) })
    for (const warning of warnings) expect(text).toContain(`- ${warning}\n`)
    expect(text).toMatch(/^documents: succeeded with 120 warnings\n/)
  })

  it('begins a failure with the message and the hint, then the code', () => {
    const { blocks } = composeMessage(sampleEvent('failed'), english)
    expect(messageText(blocks)).toMatch(
      /^vault "shelf" has 3 GiB free, the run needs 12 GiB\n\nHint: Free space .*\nCode: vault-full\n/,
    )
  })

  it('says nothing of an error that a later attempt got over', () => {
    const { error } = sampleEvent('failed').run
    expect(textOf('success', { error, attempt: 2, report: sampleReport({}) })).not.toContain('vault-full')
  })

  it('knows one from many', () => {
    const one = {
      report: sampleReport({ warnings: ['a'], restorePointIds: ['rp_000000000001', 'rp_000000000002'] }),
    }
    const text = textOf('warning', one)
    expect(text).toContain('succeeded with 1 warning\n')
    expect(text).toContain('Restore points: rp_000000000001, rp_000000000002\n')
    const french = textOf(
      'warning',
      { report: sampleReport({ warnings: [] }) },
      { language: 'fr', timeZone: 'UTC' },
    )
    expect(french).toContain('réussi avec 0 avertissement\n')
  })
})

describe('what a run said', () => {
  const german: MessageStyle = { language: 'de', timeZone: 'UTC' }

  it('is told in the language of the receiver', () => {
    expect(textOf('success', {}, german)).toContain(
      '3,5\u00a0GiB kopiert; der Wiederherstellungspunkt enthält',
    )
    expect(textOf('held', {}, german)).toContain('- 900 von 1.000 Dateien des letzten')
  })

  it('stays English where the words are not known, or where an older run said it in plain text', () => {
    const summary = { text: 'copied 3 notes', key: 'other-kind.run.summary', values: { count: 3 } }
    const report = sampleReport({ summary, warnings: ['one note was locked'] })
    const text = textOf('warning', { report }, german)
    expect(text).toContain('Ergebnis: copied 3 notes\n')
    expect(text).toContain('- one note was locked\n')
  })
})

describe('texts from outside', () => {
  it('cannot add a line to the subject, the headline or a list', () => {
    const text = fc.stringMatching(/^[a-z]{1,5}[\r\n\u2028]{1,3}[a-z]{1,5}$/)
    fc.assert(
      fc.property(text, (outside) => {
        const report = sampleReport({ summary: outside, warnings: [outside] })
        const message = composeMessage(sampleEvent('warning', { jobName: outside, report }), english)
        expect(message.headline).not.toMatch(/[\r\n\u2028]/)
        expect(messageText(message.blocks)).not.toContain(outside)
      }),
    )
  })

  it('cannot add markup to the page', () => {
    const warnings = [`<img src="x" onerror='a'>&`]
    const event = sampleEvent('warning', { jobName: '<b>', report: sampleReport({ warnings }) })
    const page = messageHtml(composeMessage(event, english), 'en')
    expect(page).not.toMatch(/<img|<b>|onerror='/)
    expect(page).toContain('&#60;img src=&#34;x&#34; onerror=&#39;a&#39;&#62;&#38;')
  })
})
