/** A use of a text in the code: a key, or a pattern with `*` where a part of it is chosen while the page runs. */
export interface TextUse {
  file: string
  /** Namespaces in which the key may lie. */
  namespaces: string[]
  key: string
}

const DEFAULT = 'shell'
/** The screens of all kinds of object are one: their texts are in namespaces with the same keys. */
const OBJECT_KINDS = ['nodes', 'vaults', 'policies', 'notifications']

/** Every text that a source file asks for. Throws for a key that it cannot read: such a file has to be declared. */
export function textUses(file: string, code: string): { uses: TextUse[]; unreadable: string[] } {
  const namespaces = namespacesOf(code)
  const unreadable: string[] = []
  const uses = [...code.matchAll(/(?<![\w.])(?:i18next\.|i18n\.)?t\(/g)].flatMap((match): TextUse[] => {
    const argument = firstArgument(code.slice(match.index + match[0].length))
    const keys = literals(argument)
    if (keys.length === 0) unreadable.push(argument.trim())
    return keys.map((key) => {
      const [namespace, inner] = key.includes(':') ? key.split(':', 2) : [undefined, key]
      return {
        file,
        namespaces: namespace === undefined ? namespaces : namespace === '*' ? OBJECT_KINDS : [namespace],
        key: inner ?? '',
      }
    })
  })
  return { uses, unreadable }
}

/** Whether a use means this key, whose plural forms count as one. */
export function means(use: TextUse, namespace: string, key: string): boolean {
  if (!use.namespaces.includes(namespace)) return false
  const pattern = use.key.replace(/[.?+()[\]]/g, '\\$&').replaceAll('*', '[\\w-]+')
  return new RegExp(`^${pattern}$`).test(key)
}

function namespacesOf(code: string): string[] {
  const calls = [...code.matchAll(/useTranslation(?:<[^(]*>)?\(([^)]*)\)/g)]
  const found = calls.flatMap(([, text = '']) => {
    if (text.includes("as 'nodes'")) return OBJECT_KINDS
    return [/'([\w-]+)'/.exec(text)?.[1] ?? DEFAULT]
  })
  return [...new Set(found.length === 0 ? [DEFAULT] : found)]
}

/** Up to the comma or the parenthesis that ends it. */
function firstArgument(code: string): string {
  let depth = 0
  for (let index = 0; index < code.length; index++) {
    const char = code.charAt(index)
    if ('([{'.includes(char)) depth++
    if (')]}'.includes(char) && depth-- === 0) return code.slice(0, index)
    if (char === ',' && depth === 0) return code.slice(0, index)
  }
  return code
}

/** Texts between quotes, the chosen parts of templates as `*`. What a condition compares with is not a key. */
function literals(argument: string): string[] {
  const chosen = argument.replace(/[!=]==? *'[^']*'/g, '')
  const templates = [...chosen.matchAll(/`([^`]*)`/g)].map(([, text = '']) =>
    text.replace(/\$\{[^}]*\}/g, '*'),
  )
  const plain = [...chosen.replace(/`[^`]*`/g, '').matchAll(/'([^']*)'/g)].map(([, text = '']) => text)
  return [...templates, ...plain]
}
