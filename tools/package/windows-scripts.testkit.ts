import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../repo/repository.ts'

export const WINDOWS_SCRIPTS = [
  'holdfast-lock.cmd',
  'holdfast-lock.settings.cmd',
  'holdfast-request.cmd',
  'holdfast-unlock.cmd',
] as const

export const scriptText = (name: string) => readFileSync(join(ROOT, 'deploy/windows', name), 'utf8')

export const scriptLines = (name: string) => scriptText(name).split('\r\n')

/** Puts values in the place of `!NAME!` and `%~1`, as cmd.exe does, which writes `%` for the `%%` of a script. */
export function filled(line: string, values: Readonly<Record<string, string>>): string {
  return line
    .replaceAll(/!(\w+)!/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`no value for ${name} in ${line}`)
      return value
    })
    .replaceAll('%~1', values['1'] ?? '')
    .replaceAll('%%', '%')
}

/** Words of a command line, with what is in quotes as one, and where its output goes. */
export function commandWords(line: string): { words: string[]; output: string; errors: string } {
  const [, output = '', errors = ''] = / >"([^"]*)" 2>"([^"]*)"$/.exec(line) ?? []
  const command = line.replace(/ >"[^"]*" 2>"[^"]*"$/, '')
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  return { words, output, errors }
}

/** The one line that starts curl. */
export function curlLine(): string {
  const [line, ...more] = scriptLines('holdfast-request.cmd').filter((text) =>
    text.startsWith('"!HOLDFAST_CURL!"'),
  )
  if (line === undefined || more.length > 0) throw new Error('holdfast-request.cmd does not start curl once')
  return line
}

/** The first body that a script sends: what it echoes into the body file. */
export function bodyLine(name: string): string {
  const prefix = '>"!HOLDFAST_BODY!" echo '
  const line = scriptLines(name).find((text) => text.startsWith(prefix))
  if (line === undefined) throw new Error(`${name} sends no body`)
  return line.slice(prefix.length)
}
