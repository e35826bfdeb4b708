import os from 'node:os'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'

/** The environment, read once. `.meta` texts become docs/reference/environment.md. */
export const environmentSchema = z.object({
  HOLDFAST_DATA: z.string().min(1).optional().meta({
    description:
      'Directory for the embedded database and other state. Default: `/var/lib/holdfast` as root, otherwise `holdfast` in `$XDG_DATA_HOME` or `~/.local/share`',
  }),
  HOLDFAST_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a PostgreSQL address such as postgresql://user@host/holdfast')
    .optional()
    .meta({ description: 'A PostgreSQL server (15 or newer) to use instead of the embedded one' }),
  HOLDFAST_PG_BINDIR: z.string().startsWith('/').optional().meta({
    description:
      'Directory with the programs of PostgreSQL 18 for the embedded database, instead of the ones Holdfast brings',
  }),
  HOLDFAST_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
    description: 'What a worker writes to its log (standard error); commands only write warnings and errors',
  }),
})

export interface Environment {
  dataDir: string
  databaseUrl: string | undefined
  pgBinDir: string | undefined
  logLevel: z.infer<typeof environmentSchema>['HOLDFAST_LOG_LEVEL']
}

/** Throws `environment-invalid` naming the variable; never repeats a value, since an address may hold a password. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new HoldfastError('environment-invalid', `${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { HOLDFAST_DATA, HOLDFAST_DATABASE_URL, HOLDFAST_PG_BINDIR, HOLDFAST_LOG_LEVEL } = parsed.data
  return {
    dataDir: path.resolve(HOLDFAST_DATA ?? defaultDataDir(env)),
    databaseUrl: HOLDFAST_DATABASE_URL,
    pgBinDir: HOLDFAST_PG_BINDIR,
    logLevel: HOLDFAST_LOG_LEVEL,
  }
}

function defaultDataDir(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/holdfast'
  return path.join(env.XDG_DATA_HOME || path.join(os.homedir(), '.local/share'), 'holdfast')
}
