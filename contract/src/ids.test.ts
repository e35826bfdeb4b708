import { describe, expect, test } from 'vitest'
import { userName } from './api/account.ts'
import { givenName, ID_PREFIXES, objectName } from './ids.ts'

describe('a name', () => {
  test.each(Object.values(ID_PREFIXES))('does not have the form of an id: %s_…', (prefix) => {
    const id = `${prefix}_0123456789ab`
    expect(objectName.safeParse(id).success).toBe(false)
    expect(userName.safeParse(id).success).toBe(false)
    // What lies on a vault stays readable, whatever its job was called.
    expect(givenName.parse(id)).toBe(id)
    for (const name of [`${id}c`, id.slice(0, -1), `${id} 2`, `my ${id}`]) {
      expect(objectName.safeParse(name).success).toBe(true)
    }
  })

  test.each(['documents', 'Büro 2', 'a_b', '7.x+y-z'])('may be %s', (name) => {
    expect(objectName.parse(name)).toBe(name)
  })

  test.each(['', ' a', '-a', 'a/b', 'x'.repeat(101)])('may not be "%s"', (name) => {
    expect(objectName.safeParse(name).success).toBe(false)
  })
})
