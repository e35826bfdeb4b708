import { describe, expect, test } from 'vitest'
import {
  commandWords,
  curlLine,
  scriptLines,
  scriptText,
  WINDOWS_SCRIPTS,
} from './windows-scripts.testkit.ts'

/** Commands of cmd.exe, and programs that every Windows has had for decades. */
const COMMANDS = new Set(
  'call chcp del echo exit find for goto if md ping rd set setlocal'.split(' ').concat('"!holdfast_curl!"'),
)

describe.each(WINDOWS_SCRIPTS)('%s', (name) => {
  const lines = scriptLines(name)
  const code = lines.map((line) => line.trim()).filter((line) => line !== '' && !/^@?rem\b/i.test(line))

  test('has line ends of Windows and plain letters: cmd.exe loses its place otherwise', () => {
    const text = scriptText(name)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).toMatch(/^[\x20-\x7e]*$/)
  })

  test('jumps only to labels that it has, and has each once', () => {
    const labels = code.flatMap((line) => /^:(\w+)$/.exec(line)?.[1] ?? [])
    const jumps = code.flatMap((line) => [...line.matchAll(/\bgoto (\w+)/g)].map((match) => match[1] ?? ''))
    expect(labels).toEqual([...new Set(labels)])
    expect(jumps.toSorted().filter((jump) => !labels.includes(jump))).toEqual([])
    expect(labels.filter((label) => !jumps.includes(label))).toEqual([])
  })

  test('never runs on past the end of what a label begins', () => {
    const ends = code.filter((_, index) => /^:\w+$/.test(code[index + 1] ?? '')).concat(code.at(-1) ?? '')
    const runsOn = ends.filter((line) => !/^(goto \w+|exit \/b \d+)$/.test(line))
    // Into the loops, from what prepares them; and the end of the settings.
    const meant = /^(>"!HOLDFAST_BODY!" echo \{.*|set "\w+=.*")$/
    expect(runsOn.filter((line) => !meant.test(line))).toEqual([])
  })

  test('sets variables in quotes, and names files in quotes', () => {
    const bareSet = (line: string) => /\bset \w/.test(line.replaceAll(/"[^"]*"/g, '""'))
    // The one whose value itself has quotes.
    expect(code.filter((line) => bareSet(line) && !line.includes('set HOLDFAST_CA_OPTION='))).toEqual([])
    for (const line of code) {
      const bare = line.replaceAll(/"[^"]*"/g, '""')
      const isMessage = /\becho\b/.test(bare)
      if (!isMessage) expect(bare).not.toMatch(/[!%]\w*(FILE|TEMP|BODY|ANSWER|STATUS|ERRORS|HERE|CURL)[!%]/)
      expect(bare.replace(/\becho\b.*/, '')).not.toContain('%~dp0')
    }
  })

  test('starts nothing but cmd.exe, curl and what every Windows has', () => {
    for (const line of code) {
      if (/^[:)>]/.test(line)) continue
      const word = line.replace(/^@/, '').split(/[ (]/)[0]?.toLowerCase() ?? ''
      expect(COMMANDS).toContain(word)
    }
  })

  test('calls only scripts that are there', () => {
    for (const [, called = ''] of scriptText(name).matchAll(/(holdfast-[\w.]+\.cmd)/g))
      expect(WINDOWS_SCRIPTS).toContain(called)
  })
})

test('every script ends with the exit codes it tells of', () => {
  for (const name of ['holdfast-lock.cmd', 'holdfast-unlock.cmd']) {
    const text = scriptText(name)
    const told = [...(/Exit codes: (.*)/.exec(text)?.[1] ?? '').matchAll(/(\d+) /g)].map(([, code]) => code)
    const used = [...text.matchAll(/exit \/b (\d+)/g)].map(([, code]) => code)
    expect([...new Set(used)].toSorted()).toEqual(told.toSorted())
  }
})

test('the token never stands on the command line of curl', () => {
  const { words } = commandWords(curlLine())
  expect(words).toContain('@!HOLDFAST_TOKEN_FILE!')
  expect(curlLine()).not.toMatch(/Authorization|Bearer/)
})

test('a wait is measured by curl, and a pause needs no keyboard', () => {
  expect(scriptText('holdfast-lock.cmd')).toContain('waited=waited+HOLDFAST_SECONDS')
  for (const name of WINDOWS_SCRIPTS)
    expect(scriptLines(name).filter((line) => /^\s*timeout\b/i.test(line))).toEqual([])
})
