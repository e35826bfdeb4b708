import { asHoldfastError, type Finding, HoldfastError, phraseText } from '@holdfast/contract'
import type { Context } from '../driver.ts'
import type { CmdbSyncConfig } from './config.ts'
import { cmdbNode } from './nodes.ts'
import { findLacking } from './preparation.ts'
import { openSource } from './sources/open.ts'
import { canBeMade, type Lacking } from './target/schema/lack.ts'
import { sayLacking, whyLacking } from './target/schema/say-lacking.ts'

/** Whether both sides answer and let the user in, and what the CMDB lacks of what the job writes. */
export async function checkCmdbSync(cx: Context<CmdbSyncConfig>): Promise<Finding[]> {
  const source = await findingsOf('source', () => openSource(cx).check())
  const target = await findingsOf('target', () => checkTarget(cx))
  return [...source, ...target]
}

async function findingsOf(subject: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error
    const { message, hint } = asHoldfastError(error)
    return [{ level: 'error', subject, message, hint }]
  }
}

async function checkTarget(cx: Context<CmdbSyncConfig>): Promise<Finding[]> {
  const subject = 'target'
  const { name, url } = cmdbNode(cx)
  const lacking = await findLacking(cx)
  const answers: Finding = {
    level: 'ok',
    subject,
    message: `CMDBuild answers at ${new URL(url).origin} (${name})`,
  }
  const [toMake, toDecide] = [lacking.filter(canBeMade), lacking.filter((one) => !canBeMade(one))]
  return [
    answers,
    ...(toMake.length > 0 ? [toMakeFinding(cx, toMake)] : []),
    ...toDecide.map(toDecideFinding),
  ]
}

const MOST_TOLD = 3

/** Everything in one line: a CMDB as it is shipped lacks dozens of things, and one command makes them all. */
function toMakeFinding({ job }: Context, lacking: readonly Lacking[]): Finding {
  const told = lacking.slice(0, MOST_TOLD).map((one) => phraseText(sayLacking(one)))
  const more = lacking.length > MOST_TOLD ? ` And ${lacking.length - MOST_TOLD} more.` : ''
  return {
    level: 'warning',
    subject: 'target',
    message: `the CMDB lacks some of what the job writes. ${told.join(' ')}${more}`,
    hint: `See all of it with \`holdfast cmdb schema plan "${job.name}"\`, and make it with \`holdfast cmdb schema apply "${job.name}"\`; or name what the CMDB has instead in the settings of the job.`,
  }
}

function toDecideFinding(one: Lacking): Finding {
  const message = phraseText(sayLacking(one))
  return { level: 'warning', subject: 'target', message, hint: phraseText(whyLacking(one)) }
}
