import type { Migration } from 'kysely/migration'
import * as foundation from './001-foundation.ts'

/** Every migration in order. Forward only: a mistake is mended by the next one. */
export const MIGRATIONS: Record<string, Migration> = {
  '001-foundation': foundation,
}
