import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const PASSWORD = 'only on this machine 5'

/** A user, two nodes and three jobs to look at; one of the jobs fails on purpose. Changes nothing that is there. */
export async function prepareSamples(root: string, data: string): Promise<string> {
  const holdfast = (args: string[], input = '') => call(path.join(root, 'holdfast'), args, data, input)
  const users = JSON.parse(await holdfast(['admin', 'list', '--json'])) as unknown[]
  if (users.length === 0) {
    await holdfast(['admin', 'create', 'dev', '--password-stdin'], PASSWORD)
    const folder = path.join(data, 'samples')
    await mkdir(folder, { recursive: true })
    const file = path.join(folder, 'samples.yaml')
    // JSON is YAML: no quoting of paths to get wrong.
    await writeFile(file, JSON.stringify(sampleConfiguration(root, data), null, 2))
    await holdfast(['apply', file])
  }
  return `Sign in at http://localhost:5173 as "dev" with the password "${PASSWORD}" (if you have not changed it).`
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
    const env = { ...process.env, HOLDFAST_DATA: data, HOLDFAST_LOG_LEVEL: 'error' }
    const child = execFile(program, ['--local', ...args], { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`holdfast ${args.join(' ')}: ${stderr || error.message}`))
      else resolve(stdout)
    })
    child.stdin?.end(input)
  })
}
