import { asHoldfastError, type Finding, HoldfastError } from '@holdfast/contract'
import { listDatabases, startedAt } from '../../clients/influxdb/schema.ts'
import type { Context } from '../driver.ts'
import type { InfluxdbCopyConfig } from './config.ts'
import { isPortThere } from './copying/relay.ts'
import { openDestination } from './destinations/open.ts'
import { chosenDatabases } from './planning/survey.ts'
import { connectTo, destinationNode, type InfluxNode, sourceNode } from './servers.ts'
import { isToVault } from './to-vault/vault-of.ts'

function asFinding(subject: string, thrown: unknown): Finding {
  const { message, hint } = asHoldfastError(thrown)
  return { level: 'error', subject, message, hint }
}

type End = readonly [subject: 'source' | 'destination', nodeOf: () => InfluxNode]

/** The vault of a job that has one is looked at by the engine. */
function endsOf(job: Context<InfluxdbCopyConfig>['job']): readonly End[] {
  const source: End = ['source', () => sourceNode(job)]
  const destination: End = ['destination', () => destinationOf(job)]
  const hasVault = job.vault !== null || job.spec.vault !== undefined
  return hasVault && job.config.destination === undefined ? [source] : [source, destination]
}

/** Throws `config-invalid` for a job with a vault as well as for one with neither. */
function destinationOf(job: Context<InfluxdbCopyConfig>['job']): InfluxNode {
  isToVault(job)
  return destinationNode(job)
}

/** Whether both servers answer, let the user in, and have what the job names. */
export async function checkInfluxdbCopy(cx: Context<InfluxdbCopyConfig>): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [subject, nodeOf] of endsOf(cx.job)) {
    try {
      const node = nodeOf()
      findings.push(...(await (subject === 'source' ? checkSource(cx, node) : checkDestination(cx, node))))
      findings.push(...(await checkPort(cx, subject, node)))
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error
      findings.push(asFinding(subject, error))
    }
  }
  return findings
}

async function checkDestination(cx: Context<InfluxdbCopyConfig>, node: InfluxNode): Promise<Finding[]> {
  await using destination = await openDestination(cx, node)
  return await destination.check(cx.signal)
}

async function checkSource(cx: Context<InfluxdbCopyConfig>, node: InfluxNode): Promise<Finding[]> {
  const subject = 'source'
  const { signal } = cx
  await using server = await connectTo(cx, node)
  const { version } = await server.ping(signal)
  const databases = await listDatabases(server, { signal })
  // Tells whether the user may see the counters by which changes are found.
  await startedAt(server, { signal })
  const answers: Finding = { level: 'ok', subject, message: `InfluxDB ${version} answers` }
  const chosen = chosenDatabases(cx.job.config, databases)
  const names = chosen.map(({ name }) => name).join(', ')
  return [
    answers,
    chosen.length > 0
      ? { level: 'ok', subject, message: `databases to copy: ${names}` }
      : {
          level: 'warning',
          subject,
          message: 'it has no database that is copied',
          hint: 'Check that the user of the node may see the databases: SHOW DATABASES lists only those.',
        },
  ]
}

/** Without the port everything is copied too, only slower. */
async function checkPort(cx: Context, subject: string, node: InfluxNode): Promise<Finding[]> {
  if (node.snapshotAddress === undefined) return []
  const message = `the port for backups at ${node.snapshotAddress}`
  return (await isPortThere(node, cx.signal))
    ? [{ level: 'ok', subject, message: `${message} answers` }]
    : [
        {
          level: 'warning',
          subject,
          message: `${message} does not answer`,
          hint: 'Set `bind-address` in the configuration of InfluxDB to an address that this machine reaches, and open it to this machine alone: the port asks nobody for a password.',
        },
      ]
}
