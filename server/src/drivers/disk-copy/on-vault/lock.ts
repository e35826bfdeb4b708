import { jobLockOf } from '../../../point-directories/lock.ts'

export const jobLock = jobLockOf('disk-copy-lock')
