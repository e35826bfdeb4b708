import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { requireStrongPassword } from './strength.ts'

const check =
  (password: string, name = 'anna') =>
  () =>
    requireStrongPassword(password, name)

describe('a password', () => {
  it.each([
    ['short', 'Xk7#pQ2-vLm'],
    ['eleven characters of two units each', '😀😁😂🤣😃😄😅😆😉😊😋'],
    ['the user name', 'my-ANNA-is-2-good'],
    ['one character', 'aaaaaaaaaaaaaaaa'],
    ['three characters', 'abcabcaabbccab'],
    ['the alphabet', 'ghijklmnopqrst'],
    ['the alphabet backwards', 'zyxwvutsrqponm'],
    ['counting', '123456789012'],
    ['counting down', '098765432109'],
    ['a keyboard row', 'qwertyuiop12'],
    ['a keyboard pattern', '1q2w3e4r5t6y'],
    ['a German keyboard row', 'QWERTZUIOPASDF'],
    ['a repetition', '1987198719871'],
    ['a common word with digits', 'Password2026!'],
    ['a common word with digits in front', '2026administrator'],
    ['look-alikes', 'P@ssw0rd1234'],
    ['look-alikes that end with a digit', '4dm1n1str4t0r'],
    ['two common words', 'welcome-Password1'],
    ['a common word twice', 'holdfastholdfast'],
    ['a famous one', 'correct horse battery staple'],
    ['one from Italy', 'Juventus-Juventus9'],
    ['more than is hashed', 'Xk7#pQ2-'.repeat(30)],
  ])('is weak: %s', (_, password) => {
    expect(check(password)).toThrow(expect.objectContaining({ code: 'password-weak' }))
  })

  it.each(['Xk7#pQ2-vLmw', 'seven green tractors sleep', 'Täglich grüßt das Gnu', 'n0t-in-any-l1st-at-all'])(
    'is good enough: %s',
    (password) => expect(check(password)).not.toThrow(),
  )

  it('may hold a name of two letters', () => {
    expect(check('Xk7#poQ2-vLmw', 'po')).not.toThrow()
  })

  it('is never told in the error', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 11 }), (password) => {
        fc.pre(password.trim().length >= 6 && !'the password has fewer than 12 characters'.includes(password))
        try {
          requireStrongPassword(password, 'anna')
          return false
        } catch (error) {
          return !JSON.stringify([String(error), error]).includes(password)
        }
      }),
    )
  })
})
