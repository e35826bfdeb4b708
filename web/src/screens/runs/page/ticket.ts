import { phraseText, type Run, type RunStep } from '@holdfast/contract'

/** A run that went wrong as plain text for a ticket. In English, as the messages and logs of the server are. */
export function ticketText(run: Run, steps: readonly RunStep[], address: string): string {
  const error = run.error
  const facts: [string, string | null | undefined][] = [
    ['Job', `${run.jobName} (${run.jobKind}, ${run.jobId})`],
    ['Run', `${run.id}, ${run.operation}, attempt ${run.attempt}`],
    ['Outcome', run.outcome ?? run.status],
    ['Started by', run.startedBy === null ? run.trigger : `${run.startedBy} (${run.trigger})`],
    ['Created', run.createdAt],
    ['Started', run.startedAt],
    ['Finished', run.finishedAt],
    ['Error', error?.code],
    ['Message', error?.message],
    ['Hint', error?.hint],
    ['Details', error?.details && JSON.stringify(error.details)],
    ['Summary', run.report && phraseText(run.report.summary)],
  ]
  const told = facts.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []))
  const done = steps.map(
    (step) =>
      `  ${step.outcome ?? 'not finished'}: ${step.name}${step.error ? ` (${step.error.message})` : ''}`,
  )
  const warnings = run.report?.warnings.map((warning) => `  ${phraseText(warning)}`) ?? []
  return [
    ...told,
    ...(done.length > 0 ? ['Steps:', ...done] : []),
    ...(warnings.length > 0 ? ['Warnings:', ...warnings] : []),
    address,
  ].join('\n')
}
