import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import type { Change, Missing, Reconciliation, UpdateCard } from '../model/changes.ts'
import type { Cmdb, CmdbCard } from '../model/cmdb.ts'
import type { Inventory } from '../model/inventory.ts'
import type { Mapping } from '../model/mapping.ts'
import { sameValue } from '../target/values.ts'
import { keyOf, keyReader } from './keys.ts'
import { reconcile } from './reconcile.ts'
import { NOW } from './testkit/build.testkit.ts'
import { anyCmdb, anyInventory, anyMapping } from './testkit/generate.testkit.ts'
import { changed } from './testkit/model-cmdb.testkit.ts'

const DAY_MS = 86_400_000
const RUNS = { numRuns: 300 }

type Snapshots = readonly [Inventory, Cmdb, Mapping]
const snapshots = fc.tuple(anyInventory, anyCmdb, anyMapping)

function run([inventory, cmdb, mapping]: Snapshots, missing: Missing = {}, now = NOW): Reconciliation {
  return reconcile({ inventory, cmdb, mapping, missing, now })
}

/** As often as it is run, once a day, with what is planned applied each time. */
function* runsOf([inventory, cmdb, mapping]: Snapshots): Generator<Reconciliation> {
  let [current, missing] = [cmdb, {} as Missing]
  for (let day = 0; ; day += 1) {
    const made = run([inventory, current, mapping], missing, new Date(NOW.getTime() + day * DAY_MS))
    yield made
    current = changed(current, made.changes)
    missing = made.missing
  }
}

/** An item for which no card can be made takes the one that it shares with others when those have got theirs. */
function mayTakeLonger([, , { onAmbiguous }]: Snapshots, first: Reconciliation | undefined): boolean {
  return onAmbiguous === 'create' && first?.untouched.some(({ what }) => what === 'blocked') === true
}

function cardsOf(cmdb: Cmdb): Map<number, CmdbCard> {
  return new Map([...cmdb.cards.values()].flat().map((card) => [card.id, card]))
}

const updatesOf = (changes: readonly Change[]) => changes.filter((change) => change.do === 'update')

function fieldsOf(mapping: Mapping, { kind, className }: Pick<UpdateCard, 'kind' | 'className'>) {
  return mapping.kinds[kind].classes.find((one) => one.className === className)?.fields ?? []
}

describe('any two snapshots', () => {
  it('are alike after the first run, apart from what is waited for', () => {
    const withoutGrace = snapshots.map(
      ([inventory, cmdb, mapping]): Snapshots => [
        inventory,
        cmdb,
        { ...mapping, grace: { runs: 1, days: 0 } },
      ],
    )
    fc.assert(
      fc.property(withoutGrace, (of) => {
        const [first, second, ...later] = runsOf(of).take(6).toArray()
        expect(later.at(-1)?.changes).toEqual([])
        if (mayTakeLonger(of, first)) return
        expect(second?.changes).toEqual([])
        expect(second?.guards).toEqual([])
      }),
      RUNS,
    )
  })

  it('are alike once the grace has passed, and only what is gone waits for that', () => {
    fc.assert(
      fc.property(snapshots, (of) => {
        const [first, ...later] = runsOf(of).take(6).toArray()
        expect(later.slice(3).flatMap(({ changes }) => changes)).toEqual([])
        if (mayTakeLonger(of, first)) return
        const isOfGone = (change: Change) =>
          change.do === 'delete' ||
          change.do === 'unrelate' ||
          (change.do === 'update' && change.why === 'gone')
        expect(later.flatMap(({ changes }) => changes).filter((change) => !isOfGone(change))).toEqual([])
      }),
      RUNS,
    )
  })

  it('give the same plan, however they are shuffled', () => {
    const order = fc.infiniteStream(fc.nat())
    const shuffledBy =
      (numbers: Iterator<number>) =>
      <T>(list: readonly T[]) =>
        list
          .map((one) => [numbers.next().value, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one)
    fc.assert(
      fc.property(snapshots, order, ([inventory, cmdb, mapping], numbers) => {
        const shuffled = shuffledBy(numbers)
        const all = <K, V>(map: ReadonlyMap<K, readonly V[]>) =>
          new Map(shuffled([...map]).map(([of, list]) => [of, shuffled(list)]))
        const again = run([
          { ...inventory, items: shuffled(inventory.items), links: shuffled(inventory.links) },
          {
            ...cmdb,
            cards: all(cmdb.cards),
            relations: all(cmdb.relations),
            classes: new Map(shuffled([...cmdb.classes])),
          },
          mapping,
        ])
        expect(JSON.stringify(again)).toBe(JSON.stringify(run([inventory, cmdb, mapping])))
      }),
      RUNS,
    )
  })

  it('count every item once', () => {
    fc.assert(
      fc.property(snapshots, (of) => {
        const [{ items }, , mapping] = of
        const { tally, changes } = run(of)
        for (const [kind, count] of Object.entries(tally)) {
          const { created, updated, unchanged, ambiguous, blocked } = count
          const isMapped = mapping.kinds[kind as keyof typeof tally].classes.length > 0
          const ofKind = isMapped ? items.filter((item) => item.kind === kind).length : 0
          expect(created + updated + unchanged + ambiguous + blocked).toBe(ofKind)
          expect(changes.filter((change) => change.do === 'create' && change.kind === kind)).toHaveLength(
            created,
          )
        }
      }),
      RUNS,
    )
  })
})

describe('what a person keeps', () => {
  it('is written only where the mapping says so, and as it says', () => {
    fc.assert(
      fc.property(snapshots, (of) => {
        const [, cmdb, mapping] = of
        const { changes } = run(of)
        for (const change of updatesOf(changes))
          for (const [name, { before }] of Object.entries(change.values)) {
            const attribute = cmdb.classes.get(change.className)?.attributes.get(name)
            if (attribute === undefined) throw new Error(`${name} is not there`)
            if (name === mapping.keyAttribute) continue
            const policies = fieldsOf(mapping, change).flatMap((field) =>
              field.attribute === name ? [field.policy] : [],
            )
            const isEmpty = sameValue(before, null, attribute)
            expect(policies.some((policy) => policy === 'own' || (policy === 'fillIfEmpty' && isEmpty))).toBe(
              true,
            )
          }
        for (const change of changes)
          if (change.do === 'create')
            for (const name of Object.keys(change.values)) {
              const policies = fieldsOf(mapping, change).flatMap((field) =>
                field.attribute === name ? [field.policy] : [],
              )
              expect(name === mapping.keyAttribute || policies.some((policy) => policy !== 'never')).toBe(
                true,
              )
            }
      }),
      RUNS,
    )
  })

  it('is neither marked nor deleted, and no key of another is taken away', () => {
    fc.assert(
      fc.property(snapshots, (of) => {
        const [inventory, cmdb, mapping] = of
        const cards = cardsOf(cmdb)
        const readKey = keyReader(inventory)
        for (const change of run(of).changes) {
          if (change.do !== 'update' && change.do !== 'delete') continue
          const card = cards.get(change.card)
          const bearing = readKey(card?.values[mapping.keyAttribute])
          if (change.do === 'update' && change.why !== 'gone') {
            if (bearing.of === 'another')
              expect(Object.keys(change.values)).not.toContain(mapping.keyAttribute)
            continue
          }
          if (bearing.of !== 'us') throw new Error('not ours')
          const { item } = bearing
          expect(inventory.items.some(({ kind, id }) => kind === item.kind && id === item.id)).toBe(false)
          expect(inventory.incomplete.has(item.kind)).toBe(false)
          const isCreated = card?.values.Code === item.id
          if (change.do === 'delete') expect(isCreated).toBe(true)
          else if (!isCreated && mapping.kinds[item.kind].orphans === 'mark')
            for (const [name, { after }] of Object.entries(change.values))
              if (name !== 'LastUpdate') expect(after).toBeNull()
        }
      }),
      RUNS,
    )
  })

  it('is not written to where it is not clear whose it is', () => {
    fc.assert(
      fc.property(snapshots, (of) => {
        const { changes, untouched } = run(of)
        const written = new Set(
          changes.flatMap((change) => ('card' in change ? [`${change.className} ${change.card}`] : [])),
        )
        const keys = new Set(changes.flatMap((change) => ('key' in change ? [change.key] : [])))
        for (const { what, key, why } of untouched) {
          if (what !== 'ambiguous') continue
          expect(keys).not.toContain(key)
          const named = phraseText(why).match(/[A-Z]\w+ \d+/g) ?? []
          expect(named.length).toBeGreaterThan(0)
          // The card of what it may be another registration of is known to be that one's.
          if (JSON.stringify(why).includes('cmdb-sync.match.twin')) continue
          for (const card of named) expect(written).not.toContain(card)
        }
      }),
      RUNS,
    )
  })

  it('keeps its relations: those are taken away whose both ends bear our keys, before or from now on', () => {
    fc.assert(
      fc.property(snapshots, (of) => {
        const [inventory, cmdb, mapping] = of
        const { changes } = run(of)
        const readKey = keyReader(inventory)
        const cards = cardsOf(cmdb)
        const adopted = new Set(
          updatesOf(changes).flatMap(({ why, card }) => (why === 'adopted' ? [card] : [])),
        )
        const relations = new Map(
          [...cmdb.relations.values()].flat().map((relation) => [relation.id, relation]),
        )
        for (const change of changes) {
          if (change.do !== 'unrelate') continue
          const { sourceId = 0, destinationId = 0 } = relations.get(change.relation) ?? {}
          const isOurs = (card: number) =>
            adopted.has(card) || readKey(cards.get(card)?.values[mapping.keyAttribute]).of === 'us'
          expect(isOurs(destinationId)).toBe(true)
          expect(isOurs(sourceId) || cards.get(sourceId)?.className === 'Infrastructure').toBe(true)
        }
      }),
      RUNS,
    )
  })
})

it('an empty source and an empty CMDB have nothing to say to each other', () => {
  fc.assert(
    fc.property(anyCmdb, anyInventory, anyMapping, (cmdb, inventory, mapping) => {
      const nothing = { ...inventory, items: [], links: [], leftOut: [], incomplete: new Map() }
      const { changes, guards } = run([nothing, cmdb, mapping])
      expect(changes.every((change) => change.do !== 'create' && change.do !== 'relate')).toBe(true)
      const isGone = changes.some((change) => change.do === 'delete' || change.do === 'update')
      expect(guards.some(({ code }) => code === 'source-empty')).toBe(isGone)
      expect(run([nothing, { ...cmdb, cards: new Map(), relations: new Map() }, mapping]).changes).toEqual([])
    }),
    RUNS,
  )
})

it('keys name items of the source by any of its names', () => {
  fc.assert(
    fc.property(anyInventory, (inventory) => {
      const readKey = keyReader(inventory)
      for (const { kind, id } of inventory.items)
        for (const instance of [inventory.instance, ...inventory.aliases])
          expect(readKey(keyOf({ ...inventory, instance }, { kind, id }))).toEqual({
            of: 'us',
            item: { kind, id },
          })
    }),
  )
})
