import { notificationLanguage } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { expectGolden } from '../../domain/golden.testkit.ts'
import { PHRASES } from '../../wiring/phrases.ts'
import { sampleDigest } from '../sample-digest.testkit.ts'
import { sampleEvent } from '../sample-run.testkit.ts'
import { composeEvent } from './compose-event.ts'
import { messageHtml, messageText } from './render.ts'

const LANGUAGES = notificationLanguage.options
const english = { language: 'en', timeZone: 'UTC' } as const

function textOf(...[event, style]: Parameters<typeof composeEvent>): string {
  const { headline, blocks } = composeEvent(event, style)
  return `${headline}\n\n${messageText(blocks)}\n`
}

describe('digest and test message', () => {
  it.each(LANGUAGES)('in %s', (language) => {
    const style = { language, timeZone: 'Europe/Rome' }
    const at = '2026-08-20T05:00:00.000Z'
    const texts = [
      `== good ==\n${textOf(sampleDigest('good'), style)}`,
      `== bad ==\n${textOf(sampleDigest('bad'), style)}`,
      `== nothing ==\n${textOf(sampleDigest('good', { runs: {}, protectedCount: 0 }), style)}`,
      `== test ==\n${textOf({ subject: 'test', at, holdfastUrl: 'https://backup.example.org', phrases: PHRASES }, style)}`,
    ]
    expectGolden(new URL(`testdata/digest.${language}.txt`, import.meta.url), texts.join('\n'))
  })

  it('says a good day in three lines and in the subject', () => {
    for (const language of LANGUAGES) {
      const { blocks } = composeEvent(sampleDigest('good'), { language, timeZone: 'UTC' })
      expect(messageText(blocks).split('\n')).toHaveLength(3)
    }
    expect(composeEvent(sampleDigest('good'), english).headline).toBe('Summary: all is well')
  })

  it('counts what it does not list', () => {
    expect(textOf(sampleDigest('bad'), english)).toContain('- and 23 more\n')
    expect(composeEvent(sampleDigest('bad'), english).headline).toBe('Summary: 37 things need attention')
  })

  it('lets no text from outside add a line or markup', () => {
    const [problem] = sampleDigest('bad').digest.problems
    if (!problem) throw new Error('the sample has no problem')
    const message = 'a\n\nb <img src=x>'
    const event = sampleDigest('bad', { problems: [{ ...problem, message }], selfBackupProblem: message })
    expect(textOf(event, english)).not.toContain(message)
    expect(messageHtml(composeEvent(event, english), 'en')).not.toContain('<img')
  })
})

describe('with the address of Holdfast', () => {
  const holdfastUrl = 'https://backup.example.org'

  it('a message about a run links to it instead of naming the command', () => {
    const message = composeEvent({ ...sampleEvent('held'), holdfastUrl }, english)
    const url = `${holdfastUrl}/runs/run_0123456789ab`
    expect(message.url).toBe(url)
    expect(messageText(message.blocks)).toContain(`Details: ${url}`)
    expect(messageText(message.blocks)).not.toContain('holdfast runs')
    expect(messageHtml(message, 'en')).toContain(`Details: <a href="${url}">${url}</a>`)
  })

  it('a digest that needs attention links to the start page', () => {
    const message = composeEvent({ ...sampleDigest('bad'), holdfastUrl }, english)
    expect(messageText(message.blocks)).toContain(`Details: ${holdfastUrl}`)
  })
})
