import { type Delivery, delivery } from '@holdfast/contract'
import { Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { OUTCOME_EXIT_CODES } from '../exit-codes.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { afterOption, allOption, limitOption, noteMore, type PageFlags, readPages } from '../paging.ts'

interface DeliveryOptions extends JsonFlag, PageFlags {
  notification?: string
  state?: Delivery['state']
  run?: string
}

export function deliveriesCommand(cx: CommandContext): Command {
  return new Command('deliveries')
    .description('What was told to whom, newest first, and whether it arrived')
    .option('--notification <notification>', 'only of this notification')
    .addOption(new Option('--state <state>', 'only in this state').choices(delivery.shape.state.options))
    .option('--run <run>', 'only about this run')
    .addOption(limitOption(50))
    .addOption(afterOption())
    .addOption(allOption())
    .addOption(jsonOption('{items: Delivery[], next}'))
    .action((options: DeliveryOptions) =>
      cx.withControl(async (control) => {
        const { notification, state, run: runId } = options
        const page = await readPages(options, (request) =>
          control.listDeliveries({ ...request, notification, state, runId }),
        )
        if (options.json) return cx.json(page)
        if (page.items.length === 0) return cx.line('Nothing was sent.')
        print(cx, page.items)
        noteMore(cx, page)
      }),
    )
}

function print(cx: CommandContext, deliveries: readonly Delivery[]): void {
  cx.table(
    [
      { title: 'when', whole: true },
      { title: 'notification' },
      { title: 'about' },
      { title: 'state', whole: true, painted: true },
      { title: 'tries', align: 'right', whole: true },
      { title: 'problem' },
    ],
    deliveries.map((each) => [
      formatRelative(each.lastTriedAt ?? each.createdAt, cx.now()),
      each.notification,
      aboutText(each),
      stateText(cx, each.state),
      String(each.attempts),
      each.problem ?? '',
    ]),
  )
}

/** What came to which job, disk or lock. */
function aboutText({ subject, event, jobName }: Delivery): string {
  if (jobName !== null) return `${jobName}: ${event ?? subject}`
  const isNamed = subject === 'disk-overdue' || subject === 'lock-timeout'
  return isNamed && event !== null ? `${event}: ${subject}` : subject
}

function stateText(cx: CommandContext, state: Delivery['state']): string {
  if (state === 'sent') return cx.style.good('✔ sent')
  return state === 'failed' ? cx.style.bad('✖ failed') : cx.style.warn('◌ waiting')
}

export function notifyCommand(cx: CommandContext): Command {
  const test = new Command('test')
    .description('Send a test message now; exit code 1 when it was not taken')
    .argument('<notification>', 'name or id of a notification')
    .addOption(jsonOption('Delivery'))
    .action((ref: string, options: JsonFlag) =>
      cx.withControl(async (control) => {
        const sent = await control.testNotification(ref, { by: cx.by })
        if (sent.state !== 'sent') cx.exit(OUTCOME_EXIT_CODES.failed)
        if (options.json) return cx.json(sent)
        const problem = sent.problem === null ? '' : `: ${sent.problem}`
        cx.line(`${stateText(cx, sent.state)}  ${printable(`${sent.notification}${problem}`)}`)
      }),
    )
  return new Command('notify').description('Try notifications out').addCommand(test)
}
