/** As the contract has it; the server has the last word. */
const NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/

export function isUserName(name: string): boolean {
  return NAME.test(name)
}
