import type { Job, Session, TaskSession } from '../estate/estate.ts'
import { by, type List, type ListRequest, same } from './list.ts'
import { instantOf } from './query.ts'
import { renderJob, renderJobState } from './render-jobs.ts'
import { renderSession, renderTaskSession } from './render-protection.ts'
import { jobStatus, jobType, lowerCamel, showsJob } from './versions.ts'

const shownJobs = ({ estate, version }: ListRequest) =>
  estate.jobs.filter(({ type }) => showsJob(type, version))

export const JOB_STATES: List<Job> = {
  rows: shownJobs,
  render: (job, { version }) => renderJobState(job, version),
  columns: [
    'Name',
    'Type',
    'Status',
    'LastRun',
    'LastResult',
    'NextRun',
    'Description',
    'RepositoryId',
    'ObjectsCount',
  ],
  filters: {
    idFilter: by.id,
    nameFilter: by.name,
    typeFilter: {
      kind: 'text',
      keeps: (job, value) => job.type === value || jobType(job.type, '1.2-rev1') === value,
    },
    lastResultFilter: same('lastResult'),
    statusFilter: {
      kind: 'text',
      keeps: (job, value) => job.status === value || jobStatus(job.status, '1.2-rev1') === value,
    },
    workloadFilter: {
      kind: 'text',
      keeps: (job, value) => job.workload === value || lowerCamel(job.workload, '1.2-rev1') === value,
    },
    lastRunAfterFilter: {
      kind: 'instant',
      keeps: ({ lastRun }, value) => instantOf(lastRun ?? '') > instantOf(value),
    },
    lastRunBeforeFilter: {
      kind: 'instant',
      keeps: ({ lastRun }, value) => instantOf(lastRun ?? '') < instantOf(value),
    },
    isHighPriorityJobFilter: same('highPriority', 'boolean'),
    repositoryIdFilter: same('repositoryId', 'id'),
    objectsCountFilter: same('objectsCount', 'number'),
  },
  newer: {
    columns: ['RepositoryName', 'AfterJobName'],
    filters: {
      afterJobIdFilter: { kind: 'id', keeps: ({ runAfterJob }, value) => runAfterJob?.jobId === value },
      afterJobNameFilter: { kind: 'text', keeps: ({ runAfterJob }, value) => runAfterJob?.jobName === value },
    },
  },
}

export const JOBS: List<Job> = {
  rows: shownJobs,
  render: (job, { version }) => renderJob(job, version),
  columns: ['Name', 'Type', 'Description'],
  filters: { nameFilter: by.name, typeFilter: same('type') },
}

const SESSION_FILTERS = {
  nameFilter: by.name,
  createdAfterFilter: by.createdAfter,
  createdBeforeFilter: by.createdBefore,
  endedAfterFilter: {
    kind: 'instant',
    keeps: (row: { endTime?: string }, value: string) => instantOf(row.endTime ?? '') > instantOf(value),
  },
  endedBeforeFilter: {
    kind: 'instant',
    keeps: (row: { endTime?: string }, value: string) => instantOf(row.endTime ?? '') < instantOf(value),
  },
} as const

export const SESSIONS: List<Session> = {
  rows: ({ estate }) => estate.sessions,
  render: (session) => renderSession(session),
  columns: ['Name', 'SessionType', 'CreationTime', 'EndTime', 'State', 'Result'],
  filters: {
    ...SESSION_FILTERS,
    typeFilter: same('sessionType', 'text', true),
    stateFilter: same('state'),
    resultFilter: same('result', 'text', true),
    jobIdFilter: same('jobId', 'id'),
  },
  newer: { columns: ['InitiatedBy'] },
}

export const TASK_SESSIONS: List<TaskSession> = {
  rows: ({ estate }) => estate.taskSessions,
  render: (task, { version }) => renderTaskSession(task, version),
  columns: [
    'Name',
    'Type',
    'SessionType',
    'CreationTime',
    'EndTime',
    'State',
    'Result',
    'ScanState',
    'ScanResult',
  ],
  filters: {
    ...SESSION_FILTERS,
    typeFilter: { kind: 'text', keeps: (_, value) => value === 'Backup' },
    // Servers of this age take it for a filter that nothing fits.
    sessionTypeFilter: { kind: 'text', keeps: () => false },
    stateFilter: same('state'),
    resultFilter: same('result'),
    sessionIdFilter: same('sessionId', 'id'),
  },
}
