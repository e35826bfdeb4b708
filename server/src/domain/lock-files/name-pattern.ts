/**
 * Whether the name of a file fits a pattern of `*` and `?`, in any case of letters, since Windows tells none apart. As in
 * a shell, a name that begins with a dot fits only a pattern that does: what file managers and shares keep there for
 * themselves is nobody's lock. Takes no longer than the two lengths multiplied, whatever the pattern.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  const text = [...name.toLowerCase()]
  const wanted = [...pattern.toLowerCase()]
  if (text[0] === '.' && wanted[0] !== '.') return false
  let at = 0
  let star = -1
  let starAt = 0
  for (let position = 0; position < text.length; ) {
    if (wanted[at] === '*') {
      star = at++
      starAt = position
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === text[position])) {
      at++
      position++
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1
      position = ++starAt
    } else return false
  }
  return wanted.slice(at).every((each) => each === '*')
}
