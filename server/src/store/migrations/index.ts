import type { Migration } from 'kysely/migration'
import * as foundation from './001-foundation.ts'
import * as face from './002-face.ts'

/** Every migration in order. Forward only: a mistake is mended by the next one. */
export const MIGRATIONS: Record<string, Migration> = {
  '001-foundation': foundation,
  '002-face': face,
}
