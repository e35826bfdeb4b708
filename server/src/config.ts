import os from 'node:os'
import path from 'node:path'
import { byteSize, byteSizeOf, HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import type { SecretFiles } from './kit/secret/secret-files.ts'

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
  HOLDFAST_LISTEN: z
    .string()
    .regex(/^(\[[0-9a-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'host and port such as 127.0.0.1:8420 or [::1]:8420')
    .default('127.0.0.1:8420')
    .meta({
      description:
        'Where the server listens. Give it another address than 127.0.0.1 only together with TLS, its own or that of a proxy in front',
    }),
  HOLDFAST_URL: z
    .url({ protocol: /^https?$/, error: 'an address such as https://backup.example.org' })
    .optional()
    .meta({
      description:
        'Address at which people reach the server, such as `https://backup.example.org`: for links in messages, and the only origin from which a browser may change anything',
    }),
  HOLDFAST_TLS_CERT: z.string().startsWith('/').optional().meta({
    description:
      'PEM file with the certificate (and its chain) of the server, together with HOLDFAST_TLS_KEY',
  }),
  HOLDFAST_TLS_KEY: z.string().startsWith('/').optional().meta({
    description: 'PEM file with the private key of the certificate',
  }),
  HOLDFAST_TRUSTED_PROXIES: z.string().optional().meta({
    description:
      'Addresses or networks, separated by commas, of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; none without it',
  }),
  HOLDFAST_SECRET_KEY_FILE: z.string().startsWith('/').optional().meta({
    description:
      'File with the key that stored secrets are encrypted with. Default: `secret.key` in the data directory; made with the first secret',
  }),
  HOLDFAST_SECRETS_DIR: z.string().startsWith('/').optional().meta({
    description:
      'Directory whose files a configuration may name as secrets (`file`), beside the credentials of systemd. Default: `secrets` in the data directory',
  }),
  HOLDFAST_WEBHOOK_ALLOW: z.string().optional().meta({
    description:
      'Hosts, addresses or networks, separated by commas, to which webhooks may be posted although they are this machine or link-local, such as `127.0.0.1, hooks.example.org, 169.254.0.0/16`; none without it',
  }),
  HOLDFAST_BACKUP_DIR: z.string().startsWith('/').optional().meta({
    description: 'Where a worker puts the backups of the database. Default: `backups` in the data directory',
  }),
  HOLDFAST_BACKUP_CRON: z
    .string()
    .regex(/^(off|\S+( +\S+){4})$/, 'five fields such as 30 1 * * *, or off')
    .default('30 1 * * *')
    .meta({ description: 'When the database is backed up, as a cron expression in UTC; `off` for never' }),
  HOLDFAST_BACKUP_KEEP: z.coerce.number().int().min(1).max(10_000).default(14).meta({
    description: 'How many backups of the database stay',
  }),
  HOLDFAST_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
    description: 'What a worker writes to its log (standard error); commands only write warnings and errors',
  }),
  HOLDFAST_LOG_FILE: z.string().startsWith('/').optional().meta({
    description:
      'File to which server and worker log as well, one each: `/var/log/holdfast/server.log` becomes `server.1.log`, `server.2.log` and so on, the highest number being the present one',
  }),
  HOLDFAST_LOG_MAX_SIZE: byteSize.default('20MiB').meta({
    description: 'Size at which the next log file is begun',
  }),
  HOLDFAST_LOG_KEEP: z.coerce.number().int().min(1).max(1000).default(10).meta({
    description: 'How many full log files stay',
  }),
  HOLDFAST_LOKI_URL: z
    .url({ protocol: /^https?$/, error: 'an address such as http://loki.example.org:3100' })
    .refine((url) => !/^[^/]*\/\/[^/]*@/.test(url), 'without user and password: they belong in a file')
    .optional()
    .meta({
      description:
        'Grafana Loki that gets the log of server and worker as well, labelled with app, host and level, such as `http://loki.example.org:3100`',
    }),
  HOLDFAST_LOKI_CREDENTIALS_FILE: z.string().startsWith('/').optional().meta({
    description: 'File, readable by Holdfast only, with `user:password` or a token for Loki',
  }),
})

export interface Environment {
  dataDir: string
  databaseUrl: string | undefined
  listen: { host: string; port: number }
  /** Public address without a slash at the end. */
  url: string | undefined
  tls: { certFile: string; keyFile: string } | undefined
  trustedProxies: string[]
  pgBinDir: string | undefined
  secretKeyFile: string
  secretFiles: SecretFiles
  webhookAllow: string[]
  /** Null when it is switched off. */
  selfBackup: { dir: string; cron: string; keep: number } | null
  logLevel: z.infer<typeof environmentSchema>['HOLDFAST_LOG_LEVEL']
  logFile: { path: string; maxBytes: number; keep: number } | undefined
  loki: { url: string; credentialsFile: string | undefined } | undefined
}

/** Throws `environment-invalid` naming the variable; never repeats a value, since an address may hold a password. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new HoldfastError('environment-invalid', `${issue?.path.join('.')}: ${issue?.message}`)
  }
  const values = parsed.data
  const dataDir = path.resolve(values.HOLDFAST_DATA ?? defaultDataDir(env))
  return {
    dataDir,
    databaseUrl: values.HOLDFAST_DATABASE_URL,
    listen: parseListen(values.HOLDFAST_LISTEN),
    url: values.HOLDFAST_URL?.replace(/\/+$/, ''),
    tls: tlsFiles(values.HOLDFAST_TLS_CERT, values.HOLDFAST_TLS_KEY),
    trustedProxies: listOf(values.HOLDFAST_TRUSTED_PROXIES),
    webhookAllow: listOf(values.HOLDFAST_WEBHOOK_ALLOW),
    pgBinDir: values.HOLDFAST_PG_BINDIR,
    secretKeyFile: values.HOLDFAST_SECRET_KEY_FILE ?? path.join(dataDir, 'secret.key'),
    secretFiles: secretFilesOf(values, dataDir, env.CREDENTIALS_DIRECTORY),
    selfBackup:
      values.HOLDFAST_BACKUP_CRON === 'off'
        ? null
        : {
            dir: values.HOLDFAST_BACKUP_DIR ?? path.join(dataDir, 'backups'),
            cron: values.HOLDFAST_BACKUP_CRON,
            keep: values.HOLDFAST_BACKUP_KEEP,
          },
    logLevel: values.HOLDFAST_LOG_LEVEL,
    ...logTargets(values),
  }
}

/** Host and port of `127.0.0.1:8420` or `[::1]:8420`, which has been validated. */
export function parseListen(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

/** A directory for secrets around the data directory would open the database and its key to whoever configures. */
function secretFilesOf(
  values: z.infer<typeof environmentSchema>,
  dataDir: string,
  credentials: string | undefined,
): SecretFiles {
  const directory = path.resolve(values.HOLDFAST_SECRETS_DIR ?? path.join(dataDir, 'secrets'))
  if (`${dataDir}/`.startsWith(directory === '/' ? '/' : `${directory}/`)) {
    throw new HoldfastError(
      'environment-invalid',
      'HOLDFAST_SECRETS_DIR: a directory of its own, not one that holds the data directory',
    )
  }
  const own = [values.HOLDFAST_TLS_CERT, values.HOLDFAST_TLS_KEY, values.HOLDFAST_LOKI_CREDENTIALS_FILE]
  const key = values.HOLDFAST_SECRET_KEY_FILE ?? path.join(dataDir, 'secret.key')
  return { directory, credentials, withheld: [key, ...own.filter((file) => file !== undefined)] }
}

function tlsFiles(certFile: string | undefined, keyFile: string | undefined) {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile }
  if (certFile === undefined && keyFile === undefined) return undefined
  const missing = certFile === undefined ? 'HOLDFAST_TLS_CERT' : 'HOLDFAST_TLS_KEY'
  throw new HoldfastError('environment-invalid', `${missing} is missing: certificate and key go together`)
}

function logTargets(values: z.infer<typeof environmentSchema>): Pick<Environment, 'logFile' | 'loki'> {
  const { HOLDFAST_LOG_FILE: path, HOLDFAST_LOKI_URL: url } = values
  const maxBytes = byteSizeOf(values.HOLDFAST_LOG_MAX_SIZE)
  return {
    logFile: path === undefined ? undefined : { path, maxBytes, keep: values.HOLDFAST_LOG_KEEP },
    loki: url === undefined ? undefined : { url, credentialsFile: values.HOLDFAST_LOKI_CREDENTIALS_FILE },
  }
}

function defaultDataDir(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/holdfast'
  return path.join(env.XDG_DATA_HOME || path.join(os.homedir(), '.local/share'), 'holdfast')
}
