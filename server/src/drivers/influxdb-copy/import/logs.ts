import type { Section } from '../../../kit/foreign-config/section.ts'

const LOG = 'each run keeps its own log: `holdfast logs RUN` and the page of the run'

/** Where the toolkit logged to. Loki is the only part of it that somebody has to see to. */
export function tellLogs(options: Section): void {
  if (options.text('log_directory') !== null)
    options.tell('log_directory', 'unneeded', `${LOG}; HOLDFAST_LOG_FILE names a file for server and worker`)
  if (options.word('log_level', ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']))
    options.tell('log_level', 'unneeded', `${LOG}; \`--level\` chooses what is shown of it`)
  if (options.section('log_rotation'))
    options.tell(
      'log_rotation',
      'unneeded',
      'logs of runs are kept by age; HOLDFAST_LOG_MAX_SIZE and HOLDFAST_LOG_KEEP are for HOLDFAST_LOG_FILE',
    )
  const loki = options.section('loki')
  if (!loki) return
  if (loki.flag('enabled') !== true) {
    options.tell('loki', 'unneeded', 'nothing was sent to Loki')
    return
  }
  const address = lokiAddress(loki)
  options.tell('loki', 'open', `not taken over: set HOLDFAST_LOKI_URL=${address} for server and worker`)
  loki.tell(
    'tags',
    'open',
    'not taken over: what Holdfast sends to Loki bears the labels app, host and level',
  )
}

function lokiAddress(loki: Section): string {
  const port = loki.number('port', 1) ?? 3100
  const host = (loki.text('url') ?? 'loki').replace(/^https?:\/\//i, '').replace(/^[^/]*@/, '')
  return `http://${host.replace(/[:/].*$/, '')}:${port}`
}
