import type { Page } from 'playwright-core'
import { ADMIN, Journey } from '../journeys/browser.testkit.ts'
import type { BenchCase } from './runner/bench-case.ts'
import { median } from './runner/measure.ts'

const ROUNDS = 5

/** What a browser that has never been here loads until the first screen can be used. */
export const bench = async (): Promise<BenchCase[]> => {
  await using journey = await Journey.begin()
  await (await journey.setUp()).context().close()
  const rounds: { signIn: FirstScreen; overview: FirstScreen }[] = []
  // The first round warms up server and disk, as everybody but the very first visitor finds them.
  for (let round = 0; round <= ROUNDS; round++) rounds.push(await coldLoads(journey))
  const measured = rounds.slice(1)
  const middle = (value: (round: (typeof measured)[number]) => number) => median(measured.map(value))
  return [
    below('compressed JavaScript until sign-in, kB', middle(({ signIn }) => signIn.scriptBytes) / 1000, 350),
    below(
      'compressed JavaScript of the overview, kB',
      middle(({ overview }) => overview.scriptBytes) / 1000,
      350,
    ),
    below(
      'cold load to a sign-in that can be used, ms',
      middle(({ signIn }) => signIn.readyMs),
      1500,
    ),
    below(
      'cold load to the overview, ms',
      middle(({ overview }) => overview.readyMs),
      1500,
    ),
  ]
}

interface FirstScreen {
  scriptBytes: number
  readyMs: number
}

async function coldLoads(journey: Journey) {
  const stranger = await journey.newWindow()
  const signIn = await load(stranger, () => stranger.getByLabel('Name', { exact: true }).waitFor())
  await stranger.context().close()
  const visitor = await journey.newWindow()
  await journey.signIn(visitor, ADMIN)
  const state = await visitor.context().storageState()
  await visitor.context().close()
  // A new context has the cookie but nothing in its cache.
  const back = await journey.newWindow({ storageState: state })
  const overview = await load(back, () => back.getByRole('heading', { name: 'Workers' }).waitFor())
  await back.context().close()
  return { signIn, overview }
}

async function load(page: Page, untilReady: () => Promise<void>): Promise<FirstScreen> {
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  const scripts = new Set<string>()
  let scriptBytes = 0
  network.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength
  })
  const startedAt = performance.now()
  await page.goto('/', { waitUntil: 'commit' })
  await untilReady()
  const readyMs = performance.now() - startedAt
  await page.waitForLoadState('networkidle').catch(() => {})
  return { scriptBytes, readyMs }
}

function below(name: string, ours: number, goal: number): BenchCase {
  return { name, ours, peer: null, ratio: null, goal: `under ${goal}`, holds: ours < goal }
}
