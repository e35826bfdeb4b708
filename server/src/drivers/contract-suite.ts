import { mkdir } from 'node:fs/promises'
import {
  destinationOf,
  HoldfastError,
  NO_MARKS,
  type PlanBase,
  planBase,
  type RestorePoint,
} from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { catalogProblems } from '../domain/phrases/phrases.testkit.ts'
import type { Driver, Job, PointKeeper, RestoreFacet, RestoreInput, RunResult, Vault } from './driver.ts'
import { asRestorePoint, Death, TestContext, type TestContextOptions, TestWorld } from './test-context.ts'
import { Told } from './told.testkit.ts'

/** A source and a target of their own for one test, and a job between them. */
export interface DriverFixture<Config> extends AsyncDisposable {
  readonly job: Job<Config>
  /** All that can be seen of source and target, in a form that `toEqual` can compare. */
  snapshot(): Promise<unknown>
  /** Alters the source: the next run has something to move. */
  change(): Promise<void>
  /** Ways to spoil a restore point, by name; a full verification must find each of them. */
  readonly damages?: Readonly<Record<string, (point: RestorePoint) => Promise<void>>>
  /** What lies on the target and belongs to no finished restore point: locks, partial copies, halves of removed points. */
  leftovers(): Promise<string[]>
  /** For a job that keeps no restore points: throws unless the target holds exactly what the source does. */
  readonly prove?: () => Promise<void>
  /** Where a restore may go, for a driver that restores: a fresh place with each call. */
  readonly restoreTarget?: () => Promise<string | Pick<RestoreInput<unknown>, 'target' | 'node'>>
  /** What `Context.secret` answers, by the name in the reference; none of it may be told either. */
  readonly secrets?: Readonly<Record<string, string>>
  /** A run changes the restore point before into the new one, and keeps no other. */
  readonly keepsOne?: boolean
  /** A secret that the driver gets to see, or text inside of what it protects: no log, plan or report may show it. */
  readonly canary: string
}

/** One test's view of a driver: a fixture, and the world that outlives its runs. */
class Stage<Config, Plan extends PlanBase> implements AsyncDisposable {
  readonly world = new TestWorld()
  readonly driver: Driver<Config, Plan>
  readonly fixture: DriverFixture<Config>
  readonly told: Told

  constructor(driver: Driver<Config, Plan>, fixture: DriverFixture<Config>, told: Told) {
    this.driver = driver
    this.fixture = fixture
    for (const [name, value] of Object.entries(fixture.secrets ?? {})) this.world.secrets.set(name, value)
    this.told = told
  }

  context(options: TestContextOptions = {}): TestContext<Config> {
    const cx = new TestContext(this.fixture.job, this.world, options)
    this.told.context(cx)
    return cx
  }

  async run(
    options: TestContextOptions = {},
  ): Promise<{ cx: TestContext<Config>; plan: Plan; result: RunResult }> {
    const cx = this.context(options)
    const plan = await this.driver.plan(cx)
    this.told.plan(plan)
    // As the engine does: a fresh vault is made between plan and run.
    if (this.fixture.job.vault) await mkdir(this.fixture.job.vault.path, { recursive: true })
    const result = await this.driver.run(cx, plan)
    this.told.result(result)
    this.world.end(result)
    return { cx, plan, result }
  }

  /** The names of the steps of a whole run, found by doing one. */
  async stepNames(): Promise<string[]> {
    return (await this.run()).cx.steps
  }

  get points(): PointKeeper {
    if (!this.driver.points) throw new Error('the driver keeps no restore points')
    return this.driver.points
  }

  get vault(): Vault {
    if (!this.fixture.job.vault) throw new Error('the job of the fixture has no vault')
    return this.fixture.job.vault
  }

  /** A driver that can do both keeps points where the job of the fixture has a vault. */
  get keepsPoints(): boolean {
    return this.driver.points !== undefined && this.fixture.job.vault !== null
  }

  async list(): Promise<RestorePoint[]> {
    const found: RestorePoint[] = []
    for await (const point of this.points.list(this.vault, this.context())) found.push(asRestorePoint(point))
    return found.sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1))
  }

  async newest(): Promise<RestorePoint> {
    const [point] = await this.list()
    if (!point) throw new Error('there is no restore point')
    return point
  }

  async verify(point: RestorePoint) {
    return this.points.verify(this.context(), this.vault, point, { level: 'full', samplePercent: 100 })
  }

  /** After a run that ended well: there is something, all of it is whole, and nothing is still taken. */
  async expectDone(): Promise<void> {
    if (this.keepsPoints) expect(await this.expectSound()).not.toHaveLength(0)
    else await this.fixture.prove?.()
    expect(this.world.journal).toEqual([])
  }

  /** Whatever is listed must be whole, and nothing may still be taken. */
  async expectSound(): Promise<RestorePoint[]> {
    const points = this.keepsPoints ? await this.list() : []
    for (const point of points) {
      const { ok, problems } = await this.verify(point)
      expect({ location: point.location, ok, problems }).toMatchObject({ ok: true })
    }
    expect(this.world.journal).toEqual([])
    return points
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world.releaseJournal()
    await this.fixture[Symbol.asyncDispose]()
  }
}

async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
    return null
  } catch (error) {
    return error
  }
}

type MakeStage<Config, Plan extends PlanBase> = () => Promise<Stage<Config, Plan>>

/**
 * What every driver promises, whatever it copies. Call it in a test file with a way to make fixtures. `makeFixture` is
 * called for each test anew, and its source must hold something to copy. A driver that can do without a vault is described
 * twice: once more with fixtures without one, and `vault` false.
 */
export function describeDriverContract<Config, Plan extends PlanBase>(
  driver: Driver<Config, Plan>,
  makeFixture: () => Promise<DriverFixture<Config>>,
  { vault = true }: { vault?: boolean } = {},
): void {
  const told = new Told()
  const makeStage = async () => new Stage(driver, await makeFixture(), told)
  describe(`driver contract: ${driver.info.kind}${vault ? '' : ' without a vault'}`, () => {
    describePlan(makeStage)
    describeInterruption(makeStage)
    if (driver.points && vault) describePoints(makeStage)
    const { restore } = driver
    if (restore && vault) describeRestore(makeStage, restore)
    describePhrases(makeStage)
  })
}

/** Comes last: what the tests before it made the driver say is judged as well. */
function describePhrases<Config, Plan extends PlanBase>(makeStage: MakeStage<Config, Plan>): void {
  it('says everything it tells people in every language', async () => {
    await using stage = await makeStage()
    await stage.run()
    const { kind, phrases } = stage.driver.info
    expect(stage.told.problems(kind, phrases)).toEqual([])
    expect(phrases && catalogProblems(phrases)).toEqual([])
  })
}

function describePlan<Config, Plan extends PlanBase>(makeStage: MakeStage<Config, Plan>): void {
  it('plan and check change nothing, before the first run and after it', async () => {
    await using stage = await makeStage()
    for (const moment of ['before', 'after']) {
      const before = await stage.fixture.snapshot()
      const plan = await stage.driver.plan(stage.context())
      await stage.driver.check(stage.context())
      expect(await stage.fixture.snapshot(), moment).toEqual(before)
      expect(planBase.loose().parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
      await stage.run()
      await stage.fixture.change()
    }
  })

  it('a second run with nothing new moves nothing, and a change moves something', async () => {
    await using stage = await makeStage()
    const first = await stage.run()
    expect(first.result.bytesMoved).toBeGreaterThan(0)
    const second = await stage.run()
    expect(second.plan.expectedBytes ?? 0).toBe(0)
    expect(second.result.bytesMoved).toBe(0)
    await stage.fixture.change()
    expect((await stage.run()).result.bytesMoved).toBeGreaterThan(0)
    await stage.expectDone()
  })

  it('loses nothing with what it remembered, nor by an older memory', async () => {
    await using stage = await makeStage()
    await stage.run()
    const old = stage.world.remembered
    await stage.fixture.change()
    await stage.run()
    for (const remembered of [null, old]) {
      stage.world.remembered = remembered
      await stage.run()
      await stage.expectDone()
      stage.world.remembered = remembered
      await stage.fixture.change()
      await stage.run()
      await stage.expectDone()
    }
  })

  it('sends secrets to nodes of its job only', async () => {
    await using stage = await makeStage()
    await stage.driver.check(stage.context())
    await stage.run()
    const places = Object.values(stage.fixture.job.nodes).map(destinationOf)
    for (const { destination } of stage.world.secretsSent) expect(places).toContain(destination)
  })

  it('shows no secret and nothing of what it protects', async () => {
    await using stage = await makeStage()
    const { canary, secrets = {} } = stage.fixture
    const { cx, plan, result } = await stage.run()
    const said = JSON.stringify([
      stage.world.logLines,
      cx.warnings,
      cx.progressReports,
      cx.steps,
      plan,
      result,
    ])
    for (const secret of [canary, ...Object.values(secrets)]) expect(said).not.toContain(secret)
  })
}

function describeInterruption<Config, Plan extends PlanBase>(makeStage: MakeStage<Config, Plan>): void {
  it('killed after any step, what it held is released and the next run converges', async () => {
    await using counting = await makeStage()
    const steps = await counting.stepNames()
    for (let dieAfterSteps = 0; dieAfterSteps <= steps.length; dieAfterSteps += 1) {
      await using stage = await makeStage()
      await stage.run()
      await stage.fixture.change()
      const thrown = await thrownBy(() => stage.run({ dieAfterSteps }))
      expect(thrown, `death after ${dieAfterSteps} of ${steps.length} steps`).toSatisfy(
        (error) => error instanceof Death || dieAfterSteps === steps.length,
      )
      await stage.world.releaseJournal()
      await stage.expectSound()
      const { result } = await stage.run()
      await stage.expectDone()
      expect((await stage.run()).result.bytesMoved, JSON.stringify(result)).toBe(0)
      expect(await stage.fixture.leftovers()).toEqual([])
    }
  }, 240_000)

  it('canceled at any step, it says so, holds nothing and can go on', async () => {
    await using counting = await makeStage()
    const steps = await counting.stepNames()
    const moments: TestContextOptions[] = steps.map((_, cancelAtStep) => ({ cancelAtStep }))
    for (const moment of [...moments, { cancelOnProgress: true }]) {
      await using stage = await makeStage()
      const thrown = await thrownBy(() => stage.run(moment))
      const isLastStep = moment.cancelAtStep === steps.length - 1
      if (!(thrown === null && isLastStep)) {
        expect(thrown, JSON.stringify(moment)).toBeInstanceOf(HoldfastError)
        expect(thrown).toMatchObject({ code: 'run-canceled' })
      }
      expect(stage.world.journal, JSON.stringify(moment)).toEqual([])
      await stage.run()
      await stage.expectDone()
    }
  }, 240_000)
}

function describePoints<Config, Plan extends PlanBase>(makeStage: MakeStage<Config, Plan>): void {
  it('lists what runs made, with their own id and the disk they lie on', async () => {
    await using stage = await makeStage()
    const { result } = await stage.run()
    const [made] = result.points
    const [listed] = await stage.list()
    expect(listed).toMatchObject({ id: made?.manifest.id, location: made?.location })
    expect(listed?.disk).toEqual(stage.vault.disk)
  })

  it('keeps marks, and leaves the data alone when it writes them', async () => {
    await using stage = await makeStage()
    await stage.run()
    const point = await stage.newest()
    const marks = {
      ...NO_MARKS,
      protected: true,
      verifiedAt: point.takenAt,
      verifiedLevel: 'full',
      verifiedOk: true,
    } as const
    await stage.points.mark(stage.vault, point, marks)
    expect(await stage.newest()).toMatchObject(marks)
    await stage.run()
    expect((await stage.list()).filter((found) => found.protected)).toHaveLength(1)
    await stage.expectSound()
  })

  it('finds every kind of damage', async () => {
    await using names = await makeStage()
    for (const name of Object.keys(names.fixture.damages ?? {})) {
      await using stage = await makeStage()
      await stage.run()
      const point = await stage.newest()
      expect(await stage.verify(point)).toMatchObject({ ok: true, problems: [] })
      await stage.fixture.damages?.[name]?.(point)
      const { ok, problems } = await stage.verify(point)
      expect({ name, ok }).toEqual({ name, ok: false })
      expect(problems.length).toBeGreaterThan(0)
    }
  })

  it('removes only the point it is given, and one that is gone already is no error', async () => {
    await using stage = await makeStage()
    for (let count = 0; count < 3; count += 1) {
      await stage.run()
      await stage.fixture.change()
    }
    const [newest, middle, oldest] = await stage.list()
    if (stage.fixture.keepsOne) expect(middle).toBeUndefined()
    if (stage.fixture.keepsOne) return
    if (!middle) throw new Error('three runs made fewer than three restore points')
    for (let time = 0; time < 2; time += 1) {
      await stage.points.remove(stage.context(), stage.vault, middle)
      expect((await stage.expectSound()).map((point) => point.id)).toEqual([newest?.id, oldest?.id])
    }
  })

  it('killed while it removes, the point is gone from the list or whole, and the next call finishes', async () => {
    await using counting = await makeStage()
    await counting.run()
    const cx = counting.context()
    const empty = await counting.fixture.snapshot()
    await counting.points.remove(cx, counting.vault, await counting.newest())
    expect(await counting.fixture.snapshot()).not.toEqual(empty)
    for (let dieAfterSteps = 0; dieAfterSteps <= cx.steps.length; dieAfterSteps += 1) {
      await using stage = await makeStage()
      await stage.run()
      const point = await stage.newest()
      await thrownBy(() => stage.points.remove(stage.context({ dieAfterSteps }), stage.vault, point))
      await stage.world.releaseJournal()
      await stage.expectSound()
      await stage.points.remove(stage.context(), stage.vault, point)
      expect(await stage.list()).toEqual([])
      expect(await stage.fixture.leftovers()).toEqual([])
      const after = await stage.fixture.snapshot()
      await stage.points.remove(stage.context(), stage.vault, point)
      expect(await stage.fixture.snapshot()).toEqual(after)
    }
  })
}

function describeRestore<Config, Plan extends PlanBase>(
  makeStage: MakeStage<Config, Plan>,
  restore: RestoreFacet<unknown, PlanBase>,
): void {
  it('plans a restore without touching anything, then restores and proves it', async () => {
    await using stage = await makeStage()
    await stage.run()
    const input = await inputOf(stage, restore)
    const before = await stage.fixture.snapshot()
    const plan = await restore.plan(stage.context(), input)
    stage.told.plan(plan)
    expect(await stage.fixture.snapshot()).toEqual(before)
    const result = await restore.run(stage.context(), input, plan)
    stage.told.result(result)
    expect(result.bytesMoved).toBeGreaterThan(0)
    expect(stage.world.journal).toEqual([])
    await stage.expectSound()
  })

  it('a restore killed after any step can be planned and run again', async () => {
    await using counting = await makeStage()
    await counting.run()
    const input = await inputOf(counting, restore)
    const cx = counting.context()
    await restore.run(cx, input, await restore.plan(cx, input))
    for (let dieAfterSteps = 0; dieAfterSteps <= cx.steps.length; dieAfterSteps += 1) {
      const target = await inputOf(counting, restore)
      counting.world.checkpoint = null
      const first = counting.context({ dieAfterSteps })
      const plan = await restore.plan(first, target)
      await thrownBy(() => restore.run(first, target, plan))
      await counting.world.releaseJournal()
      const second = counting.context()
      await restore.run(second, target, await restore.plan(second, target))
    }
  })
}

async function inputOf<Config, Plan extends PlanBase>(
  stage: Stage<Config, Plan>,
  restore: RestoreFacet<unknown, PlanBase>,
) {
  const { restoreTarget } = stage.fixture
  if (!restoreTarget) throw new Error('the fixture has no place to restore to')
  const place = await restoreTarget()
  return {
    point: await stage.newest(),
    vault: stage.vault,
    ...(typeof place === 'string' ? { target: place } : place),
    paths: null,
    options: restore.options.parse({}),
  }
}
