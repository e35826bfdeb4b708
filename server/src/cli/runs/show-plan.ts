import { phraseText, type StoredPlan } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { formatBytes } from '../output/format.ts'
import { printable } from '../output/printable.ts'

/** What a run would do: each item with its reason and expected bytes, then the guards that would hold it. */
export function showPlan(cx: CommandContext, title: string, plan: StoredPlan): void {
  cx.line(`${cx.style.bold(printable(title))}: ${printable(phraseText(plan.summary))}`)
  if (plan.items.length > 0) {
    cx.table(
      [{ title: 'what' }, { title: 'bytes', align: 'right', whole: true }, { title: 'reason' }],
      plan.items.map((item) => [
        phraseText(item.what),
        formatBytes(item.expectedBytes),
        phraseText(item.reason),
      ]),
    )
  }
  cx.line(
    `Expected: ${plan.expectedBytes === null ? 'nobody can know beforehand' : formatBytes(plan.expectedBytes)}`,
  )
  for (const { code, message } of plan.guards) {
    const found = `${phraseText(message)} (${code})`
    cx.line(cx.style.warn(printable(`! A run would be held for a decision: ${found}`)))
  }
}
