import { notificationLanguage } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { expectGolden } from '../../domain/golden.testkit.ts'
import { sampleLockTimeout, sampleOverdue } from '../sample-run.testkit.ts'
import { composeEvent } from './compose-event.ts'
import { messageHtml, messageText } from './render.ts'

const english = { language: 'en', timeZone: 'UTC' } as const

function textOf(...[event, style]: Parameters<typeof composeEvent>): string {
  const { headline, blocks } = composeEvent(event, style)
  return `${headline}\n\n${messageText(blocks)}\n`
}

describe('an overdue disk, and a lock that was not free in time', () => {
  it.each(notificationLanguage.options)('in %s', (language) => {
    const style = { language, timeZone: 'Europe/Rome' }
    const byScript = { heldBy: "copy of anna's disk", jobName: null }
    const texts = [
      `== overdue ==\n${textOf(sampleOverdue(), style)}`,
      `== overdue, never copied ==\n${textOf({ ...sampleOverdue({ lastCopyAt: null }), carriers: [] }, style)}`,
      `== lock of a run ==\n${textOf(sampleLockTimeout(), style)}`,
      `== lock of a script ==\n${textOf(sampleLockTimeout(byScript), style)}`,
    ]
    expectGolden(new URL(`testdata/alarm.${language}.txt`, import.meta.url), texts.join('\n'))
  })

  it('link to the vault, to the run, to the locks', () => {
    const holdfastUrl = 'https://backup.example.org'
    const url = (event: Parameters<typeof composeEvent>[0]) =>
      composeEvent({ ...event, holdfastUrl }, english).url
    expect(url(sampleOverdue())).toBe(`${holdfastUrl}/vaults/vlt_0123456789ab`)
    expect(url(sampleLockTimeout())).toBe(`${holdfastUrl}/runs/run_0123456789ab`)
    expect(url(sampleLockTimeout({ jobName: null }))).toBe(`${holdfastUrl}/locks`)
  })

  it('let no text from outside add a line, markup or an argument', () => {
    const outside = "a\n\nb <img src=x> '; reboot"
    const timeout = sampleLockTimeout({ name: outside, waiter: outside, heldBy: outside, jobName: null })
    for (const event of [timeout, sampleOverdue({ label: outside, vault: outside })]) {
      expect(textOf(event, english)).not.toContain(outside)
      expect(composeEvent(event, english).headline).not.toContain('\n')
      expect(messageHtml(composeEvent(event, english), 'en')).not.toContain('<img')
    }
    expect(textOf(timeout, english)).toContain(
      `holdfast lock release 'a b <img src=x> '\\''; reboot' --holder 'a b <img src=x> '\\''; reboot'`,
    )
  })
})
