/** What of the settings says how to run, not on which data or for whom. */
const KEPT = ['HOLDFAST_PG_BINDIR', 'HOLDFAST_LOG_LEVEL']

/**
 * The environment of a Holdfast with a data directory of its own. Settings of the caller do not count: samples must not
 * get into a real database, nor open to the network, because somebody's shell names one.
 */
export function ownEnvironment(data: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const rest = Object.entries(env).filter(([name]) => !name.startsWith('HOLDFAST_') || KEPT.includes(name))
  return { ...Object.fromEntries(rest), HOLDFAST_DATA: data }
}
