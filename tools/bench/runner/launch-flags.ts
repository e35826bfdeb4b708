import { readFileSync } from 'node:fs'

/** What the product gives to Node when it is started: some of it decides how much memory a process takes. */
export function launchFlags(): string[] {
  const launcher = readFileSync(new URL('../../../holdfast', import.meta.url), 'utf8')
  const [, flags = ''] = /exec "\$node" ((?:--\S+ )*)/.exec(launcher) ?? []
  return flags.split(' ').filter((flag) => flag !== '')
}
