import fc from 'fast-check'

/**
 * What properties are held against: other examples at every run, except where CI=true. There a change that is good must
 * not be refused for what chance found elsewhere in the code: the examples stay the same. HOLDFAST_TEST_SEED, a whole
 * number, repeats the examples of a run that failed, which names its seed.
 */
const IN_CI = 20_261_122

const wanted = process.env.HOLDFAST_TEST_SEED ?? (process.env.CI === 'true' ? IN_CI : undefined)

/** The seed of this run. */
export const SEED = wanted === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(wanted)
if (!Number.isInteger(SEED)) throw new Error(`HOLDFAST_TEST_SEED must be a whole number, not "${wanted}"`)

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED })

export { fc }
