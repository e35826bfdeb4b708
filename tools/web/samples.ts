import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ownEnvironment } from './own-environment.ts'

/** A user, two nodes and three jobs to look at; one of the jobs fails on purpose. Changes nothing that is there. */
export async function prepareSamples(root: string, data: string): Promise<string> {
  const holdfast = (args: string[], input = '') => call(path.join(root, 'holdfast'), args, data, input)
  const users = JSON.parse(await holdfast(['admin', 'list', '--json'])) as unknown[]
  const folder = path.join(data, 'samples')
  const passwordFile = path.join(folder, 'password')
  if (users.length === 0) {
    const password = randomBytes(18).toString('base64url')
    await mkdir(folder, { recursive: true })
    await writeFile(passwordFile, password, { mode: 0o600 })
    await holdfast(['admin', 'create', 'dev', '--password-stdin'], password)
    const file = path.join(folder, 'samples.yaml')
    // JSON is YAML: no quoting of paths to get wrong.
    await writeFile(file, JSON.stringify(sampleConfiguration(root, data), null, 2))
    await holdfast(['apply', file])
  }
  const password = await readFile(passwordFile, 'utf8').catch(() => null)
  if (password === null) return 'Sign in at http://localhost:5173.'
  return `Sign in at http://localhost:5173 as "dev" with the password "${password}" (if you have not changed it).`
}

function sampleConfiguration(root: string, data: string) {
  const job = (name: string, source: string, cron: string, node: string) => ({
    name,
    kind: 'disk-copy',
    node,
    vault: 'shelf',
    policy: 'daily',
    schedule: { cron, timeZone: 'Europe/Rome' },
    config: { source },
  })
  return {
    nodes: [
      { name: 'office', kind: 'host', description: 'Files of the office' },
      { name: 'workshop', kind: 'host' },
    ],
    vaults: [{ name: 'shelf', kind: 'directory', path: path.join(data, 'vault') }],
    policies: [{ name: 'daily', rpo: '26h', retention: { keepLast: 5, keepDaily: 7, keepWeekly: 4 } }],
    jobs: [
      job('documents', path.join(root, 'docs'), '*/10 * * * *', 'office'),
      job('designs', path.join(root, 'examples'), '30 2 * * *', 'workshop'),
      job('lost-share', path.join(data, 'not-there'), '*/15 * * * *', 'workshop'),
    ],
  }
}

function call(program: string, args: string[], data: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...ownEnvironment(data), HOLDFAST_LOG_LEVEL: 'error' }
    const child = execFile(program, ['--local', ...args], { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`holdfast ${args.join(' ')}: ${stderr || error.message}`))
      else resolve(stdout)
    })
    child.stdin?.end(input)
  })
}
