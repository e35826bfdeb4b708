import type { ConfigChange, JsonValue, ObjectKind } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { printable } from '../output/printable.ts'

const WORDS: Record<ObjectKind, string> = {
  nodes: 'node',
  vaults: 'vault',
  policies: 'policy',
  notifications: 'notification',
  jobs: 'job',
}

/** `+` created, `~` changed with each value before and after, `-` deleted, then how many of each. */
export function showChanges(cx: CommandContext, changes: readonly ConfigChange[]): void {
  const { style } = cx
  for (const change of changes) {
    const title = printable(`${WORDS[change.kind]} ${change.name}`)
    if (change.action === 'create') cx.line(style.good(`+ ${title}`))
    if (change.action === 'delete') cx.line(style.bad(`- ${title}`))
    if (change.action !== 'update') continue
    cx.line(style.warn(`~ ${title}`))
    for (const { path, before, after } of change.fields) {
      cx.line(`    ${printable(path)}: ${valueText(before)} → ${valueText(after)}`)
    }
  }
  const count = (action: ConfigChange['action']): number =>
    changes.filter((change) => change.action === action).length
  const changed = count('create') + count('update') + count('delete')
  if (changed === 0) cx.line('No change.')
  else cx.line(`${count('create')} to create, ${count('update')} to change, ${count('delete')} to delete.`)
}

function valueText(value: JsonValue): string {
  return value === null ? 'nothing' : printable(JSON.stringify(value))
}
