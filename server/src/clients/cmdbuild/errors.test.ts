import { describe, expect, it, test } from 'vitest'
import { answerError, reasonOfRefusal } from './errors.ts'

const AT = 'https://cmdb/cmdbuild/services/rest/v3'

function refusal(status: number, message?: string, code?: string | number) {
  const said = { level: 'ERROR', show_user: false, message, ...(code === undefined ? {} : { code }) }
  const json = message === undefined ? undefined : { success: false, messages: [said] }
  const text = json === undefined ? '<html>401</html>' : JSON.stringify(json)
  return answerError({ at: AT, status, json, text }, 'create a card of Storage')
}

describe('what an answer that is no success means', () => {
  test.each([
    [400, 'permission denied: cannot update card = 5', '302', 'privilege-missing', null],
    [400, 'generic error', '301', 'privilege-missing', null],
    [400, 'user not allowed to execute bulk update on class', 304, 'privilege-missing', null],
    [401, 'access denied', undefined, 'privilege-missing', null],
    [403, 'forbidden', undefined, 'privilege-missing', null],
    [
      400,
      'card not existing or user not authorized to access card with type = X id = 5',
      undefined,
      'node-refused',
      'absent',
    ],
    [404, 'generic error', undefined, 'node-refused', 'absent'],
    [404, 'relation not found', undefined, 'node-refused', 'absent'],
    [500, 'duplicate value: a card with "Code" "X" does already exist', '201', 'node-refused', 'duplicate'],
    [
      500,
      'ERROR: duplicate key value violates unique constraint "_cm3_Infrastructure_Code"',
      undefined,
      'node-refused',
      'duplicate',
    ],
    [
      500,
      'ERROR: duplicate key value violates unique constraint "_cm3_Map_CIDependency_relations"',
      undefined,
      'node-refused',
      'duplicate-relation',
    ],
    [500, 'reference integrity violation for delete', '205', 'node-refused', 'still-referred-to'],
    [
      500,
      'attribute "Name" of "Infrastructure" is mandatory but found null',
      '208',
      'node-refused',
      'mandatory',
    ],
    [400, "string 'x' exceed maximum attr len of 50", undefined, 'node-refused', 'too-long'],
    [500, 'lookup not found for type = HW - OS', undefined, 'node-refused', 'lookup-unknown'],
    [500, 'generic error', undefined, 'node-refused', 'other'],
    [503, undefined, undefined, 'node-unreachable', null],
    [429, 'too many', undefined, 'node-unreachable', null],
    [404, undefined, undefined, 'node-answer-invalid', null],
    [401, undefined, undefined, 'privilege-missing', null],
  ])('%i with "%s" (%s) is %s, %s', (status, message, code, expected, reason) => {
    const error = refusal(status, message, code)
    expect([error.code, reasonOfRefusal(error)]).toEqual([expected, reason])
    expect(error.details).toMatchObject({ status })
  })

  it('says what was asked and what the server said', () => {
    expect(refusal(500, 'duplicate value: a card with "Code" "X" does already exist', '201').message).toBe(
      `Holdfast could not create a card of Storage at ${AT}: duplicate value: a card with "Code" "X" does already exist (201)`,
    )
  })

  it('quotes no more than a little', () => {
    expect(refusal(500, 'x'.repeat(5000)).message.length).toBeLessThan(500)
  })
})
