/**
 * Everything that is printed and was not written by Holdfast itself goes through here: names, messages of other programs,
 * file names, log lines. Line breaks become blanks; whatever could command a terminal or turn the reading direction
 * is shown as its number: control characters, escape sequences and so colours, bidirectional marks.
 */
export function printable(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(COMMANDING, asNumber)
}

/** JSON for a screen or a program: the same value, with what {@link printable} would show as its number escaped. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(COMMANDING_IN_JSON, jsonEscape)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const COMMANDING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
/** Between the values of JSON stand line breaks; inside of them JSON itself escapes the other control characters. */
const COMMANDING_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

function asNumber(character: string): string {
  const code = character.charCodeAt(0)
  if (code === 9) return ' '
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : jsonEscape(character)
}

function jsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
