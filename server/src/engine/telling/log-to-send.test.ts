import { notificationSpec, type RunLogLine } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { logToSend, takesLog } from './log-to-send.ts'

const RUN = 'run_0123456789ab'

function lines(count: number): RunLogLine[] {
  return Array.from({ length: count }, (_, position) => ({
    position,
    at: '2026-08-20T00:30:02.000Z',
    level: 'info',
    message: 'copied a file',
    fields: { path: `/srv/größe/${position}` },
  }))
}

const runsWith = (all: RunLogLine[]) => ({
  log: async (_runId: string, after: number, limit: number) =>
    all.filter(({ position }) => position > after).slice(0, limit),
})

describe('which mail takes the log along', () => {
  const spec = (attachLog?: string) =>
    notificationSpec.parse({
      ...{ name: 'ops', kind: 'mail', from: 'a@example.org', to: ['b@example.org'] },
      ...{ smtp: { host: 'localhost' }, attachLog },
    })

  it.each([
    [undefined, ['success'], ['warning', 'failed', 'canceled', 'skipped', 'missed', 'lost', 'held']],
    ['always', [], ['success', 'failed']],
    ['never', ['success', 'failed', 'warning'], []],
  ] as const)('with %s', (attachLog, without, having) => {
    for (const event of without) expect(takesLog(spec(attachLog), event)).toBe(false)
    for (const event of having) expect(takesLog(spec(attachLog), event)).toBe(true)
    expect(takesLog(spec(attachLog), 'started')).toBe(false)
  })

  it('no webhook', () => {
    const hook = notificationSpec.parse({ name: 'chat', kind: 'webhook', url: 'https://chat.example.org' })
    expect(takesLog(hook, 'failed')).toBe(false)
  })
})

describe('the log', () => {
  it('is whole, over any number of pages, and nothing without lines', async () => {
    const text = await logToSend(runsWith(lines(4500)), RUN)
    expect(text?.match(/\n/g)).toHaveLength(4500)
    expect(text?.split('\n')[4499]).toBe(
      '2026-08-20T00:30:02.000Z info    copied a file {"path":"/srv/größe/4499"}',
    )
    expect(await logToSend(runsWith([]), RUN)).toBeNull()
  })

  it.each([2000, 10_000])(
    'of too many lines is its beginning and its end, at most %i bytes',
    async (most) => {
      const text = (await logToSend(runsWith(lines(500)), RUN, most)) ?? ''
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most)
      expect(Buffer.byteLength(text)).toBeGreaterThan(most * 0.8)
      const told = text.trimEnd().split('\n')
      const gap = told.findIndex((line) => line.startsWith('['))
      expect(told[gap]).toBe(
        `[${500 - told.length + 1} lines are left out here; holdfast logs ${RUN} shows all]`,
      )
      expect(told[0]).toContain('/srv/größe/0"')
      expect(told.at(-1)).toContain('/srv/größe/499"')
      expect(gap).toBeLessThan(told.length / 2)
    },
  )

  it('of one line that is too long says so', async () => {
    const [line] = lines(1)
    const runs = runsWith(line ? [{ ...line, message: 'x'.repeat(5000) }] : [])
    expect(await logToSend(runs, RUN, 2000)).toBe(
      `[1 lines are left out here; holdfast logs ${RUN} shows all]\n`,
    )
  })
})
