import type { ConfigDocument, ConfigProblem, JobSpec, NodeKind } from '@holdfast/contract'
import type { AnyDriver } from '../../../drivers/driver.ts'
import { schemaProblems } from '../../../kit/schema-problems.ts'
import { suggestion } from '../../../kit/text/nearest-word.ts'
import { nodeNamesOf, placesOfNode } from '../job-nodes.ts'
import { type Names, type Place, unknownName } from './names.ts'

/** What the kind of a job says about its settings, its vault and its nodes. */
export function driverProblems(
  job: JobSpec,
  index: number,
  { document, drivers, names }: { document: ConfigDocument; drivers: readonly AnyDriver[]; names: Names },
): ConfigProblem[] {
  const driver = drivers.find((candidate) => candidate.info.kind === job.kind)
  if (!driver) {
    const kinds = drivers.map((candidate) => candidate.info.kind)
    const message = `no job kind is called "${job.kind}"; there is ${kinds.join(', ')}`
    const hint = suggestion(job.kind, kinds)
    return [{ kind: 'jobs', index, path: ['kind'], message, ...(hint === null ? {} : { hint }) }]
  }
  const settings = schemaProblems(driver.config, job.config).map(
    (problem): ConfigProblem => ({ ...problem, kind: 'jobs', index, path: ['config', ...problem.path] }),
  )
  return [
    ...vaultProblems(job, index, document, driver),
    ...ownNodeProblems(job, index, document, driver),
    ...settings,
    ...namedNodeProblems(job, index, { document, driver, names }),
  ]
}

function vaultProblems(
  job: JobSpec,
  index: number,
  document: ConfigDocument,
  driver: AnyDriver,
): ConfigProblem[] {
  const { kind, vaultKinds } = driver.info
  const at = (path: string[], message: string, hint: string): ConfigProblem[] => [
    { kind: 'jobs', index, path, message, hint },
  ]
  const other = driver.info.insteadOfVault
  const hasOther = other !== undefined && job.config?.[other] !== undefined
  if (job.vault === undefined) {
    if (other !== undefined && !hasOther) {
      const hint = `Name the vault that holds its restore points, or say "${other}" in its settings.`
      return at(['vault'], `there is neither a "vault" nor "config.${other}"`, hint)
    }
    if (vaultKinds.length === 0 || driver.info.vaultOptional) return []
    return at(
      ['vault'],
      `"vault" is missing: a ${kind} job needs one`,
      'Name the vault that holds its restore points.',
    )
  }
  if (hasOther) {
    const hint = 'Remove one of them; two jobs can do both.'
    return at(['config', other], `a job has a "vault" or "config.${other}", never both`, hint)
  }
  if (vaultKinds.length === 0) {
    return at(
      ['vault'],
      `a ${kind} job keeps no restore points and takes no vault`,
      'Remove the key `vault`.',
    )
  }
  const vault = document.vaults.find((candidate) => candidate.name === job.vault)
  if (!vault || vaultKinds.includes(vault.kind)) return []
  return at(
    ['vault'],
    `a ${kind} job cannot write to a vault of kind ${vault.kind}`,
    `Choose a vault of kind ${vaultKinds.join(' or ')}.`,
  )
}

/** Without a word of it a kind works on hosts. */
const HOSTS: readonly NodeKind[] = ['host']

function ownNodeProblems(
  job: JobSpec,
  index: number,
  document: ConfigDocument,
  { info: { kind, nodeKinds } }: AnyDriver,
): ConfigProblem[] {
  const place: Place = { kind: 'jobs', index, path: ['node'] }
  if (job.node !== undefined) return nodeKindProblems(place, job.node, { document, kind, nodeKinds })
  if (nodeKinds === undefined) return []
  const message = `"node" is missing: a ${kind} job needs one`
  return [{ ...place, message, hint: `Name the node that it works on, of kind ${nodeKinds.join(' or ')}.` }]
}

/** Nodes that the settings refer to: each problem stands where the name does. */
function namedNodeProblems(
  job: JobSpec,
  index: number,
  { document, driver, names }: { document: ConfigDocument; driver: AnyDriver; names: Names },
): ConfigProblem[] {
  const { kind, nodeKinds: own, namedNodeKinds: nodeKinds = own } = driver.info
  return [...new Set(nodeNamesOf([driver], job))].flatMap((name) => {
    const [path = []] = placesOfNode([driver], job, name)
    const place: Place = { kind: 'jobs', index, path: ['config', ...path] }
    return [
      ...unknownName(place, 'nodes', name, names),
      ...nodeKindProblems(place, name, { document, kind, nodeKinds }),
    ]
  })
}

function nodeKindProblems(
  place: Place,
  name: string,
  {
    document,
    kind,
    nodeKinds = HOSTS,
  }: { document: ConfigDocument; kind: string; nodeKinds: readonly NodeKind[] | undefined },
): ConfigProblem[] {
  const node = document.nodes.find((candidate) => candidate.name === name)
  if (!node || nodeKinds.includes(node.kind)) return []
  const message = `a ${kind} job cannot work on a node of kind ${node.kind}`
  return [{ ...place, message, hint: `Choose a node of kind ${nodeKinds.join(' or ')}.` }]
}
