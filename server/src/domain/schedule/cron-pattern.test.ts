import { HoldfastError } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { compilePattern, cronProblem } from './cron-pattern.ts'

describe('cronProblem', () => {
  it.each([
    '30 2 * * *',
    '0 */4 * * 1-5',
    '*/15 8-18 * * MON-FRI',
    '0 3 L * *',
    '0 3 15W * *',
    '0 3 * * SUN#1',
    '0 3 29 2 *',
    '  5   4  *  *  0 ',
    '0 0 * jan,jul 7',
  ])('accepts %s', (cron) => {
    expect(cronProblem(cron)).toBeNull()
  })

  it.each([
    [
      '',
      'a cron expression has five fields (minute, hour, day of month, month, day of week), this one has 0',
    ],
    ['0 2 * *', 'this one has 4'],
    ['0 30 2 * * *', 'this one has 6'],
    ['@daily', 'this one has 1'],
    ['2026-01-01T00:00:00', 'this one has 1'],
    [
      '61 * * * *',
      'minute "61" is not valid: use a value, a list 1,2, a range 1-5, a step */15 or *, with 0-59',
    ],
    ['0 24 * * *', 'hour "24" is not valid'],
    ['0 0 32 * *', 'day of month "32" is not valid'],
    ['0 0 * 13 *', 'month "13" is not valid'],
    ['0 0 * * 8', 'day of week "8" is not valid'],
    ['*/0 * * * *', 'minute "*/0" is not valid'],
    ['5/15 * * * *', 'minute "5/15" is not valid'],
    ['50-10 * * * *', 'minute "50-10" is not valid'],
    ['1,,2 * * * *', 'minute "1,,2" is not valid'],
    ['0 x * * *', 'hour "x" is not valid'],
    ['0 0 30 2 *', 'no date ever matches it'],
  ])('explains what is wrong with %j', (cron, problem) => {
    expect(cronProblem(cron)).toContain(problem)
  })
})

describe('compilePattern', () => {
  function refusal(cron: string, timeZone: string): HoldfastError {
    try {
      compilePattern({ cron, timeZone })
    } catch (error) {
      if (error instanceof HoldfastError) return error
    }
    throw new Error('expected a refusal')
  }

  it.each(['61 * * * *', '@daily', '0 0 2 * * *'])('refuses %s as an error of the configuration', (cron) => {
    expect(refusal(cron, 'UTC').code).toBe('config-invalid')
    expect(refusal(cron, 'UTC').message).toContain(cronProblem(cron))
  })
})
