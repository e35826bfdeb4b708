/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  /** In capitals. */
  readonly name: string
  readonly rest: string
  /** Counted from 1, the stage it belongs to; 0 before the first FROM. */
  readonly stage: number
}

export function parseDockerfile(text: string): Instruction[] {
  const joined = text.replace(/^[ \t]*#.*\n/gm, '').replace(/\\\n\s*/g, ' ')
  const instructions: Instruction[] = []
  let stage = 0
  for (const line of joined.split('\n')) {
    const [, word, rest] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? []
    if (word === undefined || rest === undefined) continue
    const name = word.toUpperCase()
    if (name === 'FROM') stage += 1
    instructions.push({ name, rest: rest.trim(), stage })
  }
  return instructions
}

/** What a Dockerfile must not do, as sentences; `exists` tells whether a path is in the build context. */
export function dockerfileProblems(text: string, exists: (path: string) => boolean): string[] {
  const instructions = parseDockerfile(text)
  const last = instructions.at(-1)?.stage ?? 0
  const values = new Map(
    instructions
      .filter(({ name }) => name === 'ARG')
      .map(({ rest }) => rest.split('=', 2) as [string, string]),
  )
  const filled = (word: string) => word.replace(/\$\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '')
  const stages = new Set<string>()
  const problems: string[] = []
  for (const { name, rest } of instructions) {
    const words = rest.split(/\s+/)
    if (name === 'FROM') {
      const image = filled(words[0] ?? '')
      if (!stages.has(image) && (!/[:@]/.test(image) || image.endsWith(':latest')))
        problems.push(`the image ${image} is not pinned`)
      if (words[2]) stages.add(words[2])
    }
    if (name === 'ADD') problems.push(`ADD ${rest}: COPY takes files, and nothing is fetched unchecked`)
    if (name === 'COPY' && !words[0]?.startsWith('--from='))
      for (const path of words.slice(0, -1)) if (!exists(path)) problems.push(`COPY: ${path} is not there`)
    if (/^(ARG|ENV)$/.test(name) && /password|secret|token/i.test(rest))
      problems.push(`${name} ${rest} holds a secret`)
    if (name === 'RUN' && /(curl|wget)\b/.test(rest)) problems.push('RUN fetches something unchecked')
  }
  const final = instructions.filter(({ stage }) => stage === last)
  const user = final.findLast(({ name }) => name === 'USER')?.rest
  if (!user || /^(root|0)\b/.test(user)) problems.push('the image runs as root')
  for (const needed of ['HEALTHCHECK', 'ENTRYPOINT', 'STOPSIGNAL'])
    if (!final.some(({ name }) => name === needed)) problems.push(`the image has no ${needed}`)
  return problems
}
