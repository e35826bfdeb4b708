import { cronProblem } from '../../../domain/schedule/slots.ts'
import type { Section } from '../../../kit/foreign-config/section.ts'

export interface SyncSettings {
  readonly cron: string | null
  readonly timeLimit: string | null
  readonly pageSize: number | null
}

const LEAST_PAGE = 10
const LARGEST_PAGE = 5000

/** The group `sync`, which the code of the connector knew and its documentation did not. */
export function readSync(root: Section): SyncSettings {
  const section = root.section('sync')
  if (!section) return { cron: null, timeLimit: null, pageSize: null }
  return { cron: readSchedule(section), timeLimit: readTimeout(section), pageSize: readBatch(section) }
}

function readSchedule(section: Section): string | null {
  const cron = section.text('schedule')
  if (cron === null) return null
  const problem = cronProblem(cron)
  if (problem === null) {
    section.tell('schedule', 'taken', 'the schedule of the job')
    return cron
  }
  section.tell('schedule', 'open', `not taken over: ${problem}`)
  return null
}

function readTimeout(section: Section): string | null {
  const seconds = section.number('timeout', 1)
  if (seconds === null) return null
  section.tell('timeout', 'taken', 'the time limit of the job')
  return `${Math.round(seconds)}s`
}

function readBatch(section: Section): number | null {
  const size = section.number('batch_size', 1)
  if (size === null) return null
  const used = Math.min(Math.max(Math.round(size), LEAST_PAGE), LARGEST_PAGE)
  const remark = 'the number of items in one answer, at both nodes'
  if (used === size) section.tell('batch_size', 'taken', remark)
  else section.tell('batch_size', 'changed', `${used}: ${remark}`)
  return used
}
