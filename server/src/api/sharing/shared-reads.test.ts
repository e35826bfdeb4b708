import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { SharedReads } from './shared-reads.ts'

/** A reading that says what the world was like when it began, and ends when told. */
function world() {
  const state = { value: 0, readings: 0, isSlow: false }
  const ends: (() => void)[] = []
  const read = async () => {
    state.readings++
    const { value } = state
    if (state.isSlow) await new Promise<void>((resolve) => ends.push(resolve))
    return value
  }
  return { state, read, end: () => ends.shift()?.() }
}

test('those who ask at once share one reading', async () => {
  const { state, read } = world()
  const reads = new SharedReads()
  const answers = await Promise.all(Array.from({ length: 50 }, () => reads.share('a', read)))
  expect(new Set(answers)).toEqual(new Set([0]))
  expect(state.readings).toBe(1)
})

test('whoever asks while a reading is under way gets what is read after they asked', async () => {
  const { state, read, end } = world()
  const reads = new SharedReads()
  state.isSlow = true
  const early = reads.share('a', read)
  await nextTurn()
  await nextTurn()
  expect(state.readings).toBe(1)
  state.value = 1
  const late = [reads.share('a', read), reads.share('a', read)]
  state.value = 2
  end()
  expect(await early).toBe(0)
  await nextTurn()
  end()
  expect(await Promise.all(late)).toEqual([2, 2])
  expect(state.readings).toBe(2)
})

test('a reading that failed fails those who share it and nobody after them', async () => {
  const reads = new SharedReads()
  let isBroken = true
  const read = async () => {
    if (isBroken) throw new Error('broken')
    return 'whole'
  }
  const both = await Promise.allSettled([reads.share('a', read), reads.share('a', read)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isBroken = false
  expect(await reads.share('a', read)).toBe('whole')
})

test('one key waits for no other', async () => {
  const { state, read, end } = world()
  const reads = new SharedReads()
  state.isSlow = true
  const slow = reads.share('a', read)
  expect(await reads.share('b', async () => 'quick')).toBe('quick')
  end()
  await slow
})
