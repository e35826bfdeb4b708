import { type Control, MAX_PAGE } from '@holdfast/contract'
import type { Argument, Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'

/** A word that could stand at the cursor, with what it means. */
export interface Candidate {
  word: string
  meaning: string
}

/** What the shell completes itself. */
export type Completion = { words: Candidate[] } | { files: true }

/** How many names of a sort are offered at most. */
const MOST_NAMES = MAX_PAGE

/**
 * What could stand at the cursor: `words` are those after `holdfast`, the last one being typed. Names of jobs, runs,
 * restore points, vaults and locks are asked for only where one is expected, and are left out when nobody answers.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  cx: CommandContext,
): Promise<Completion> {
  const typed = words.at(-1) ?? ''
  const { command, pending, position, optionsEnded } = walk(program, words.slice(0, -1))
  if (pending) return expected(pending.argChoices, placeholders(pending.flags), typed, cx)
  if (typed.startsWith('-') && !optionsEnded)
    return { words: matching(optionWords(defaultCommand(command)), typed) }
  const subcommands = visibleCommands(command)
  if (subcommands.length > 0 && position === 0) {
    const names = subcommands.map((each) => ({ word: each.name(), meaning: each.description() }))
    return { words: matching(names, typed) }
  }
  const argument = argumentAt(command, position)
  if (!argument) return { words: [] }
  return expected(argument.argChoices, argument.name().split('|'), typed, cx)
}

interface Cursor {
  command: Command
  /** The option whose value is being typed. */
  pending: Option | null
  /** How many arguments stand before the cursor. */
  position: number
  optionsEnded: boolean
}

function walk(program: Command, words: readonly string[]): Cursor {
  const cursor: Cursor = { command: program, pending: null, position: 0, optionsEnded: false }
  for (const word of words) {
    // bash makes a word of its own of the = in --job=name.
    if (word === '=' && cursor.pending) continue
    if (cursor.pending) cursor.pending = null
    else if (cursor.optionsEnded) cursor.position += 1
    else if (word === '--') cursor.optionsEnded = true
    else if (word.startsWith('-'))
      cursor.pending = takesValue([defaultCommand(cursor.command), program], word)
    else {
      const next =
        cursor.position === 0 ? cursor.command.commands.find((each) => each.name() === word) : undefined
      if (next) cursor.command = next
      else cursor.position += 1
    }
  }
  return cursor
}

/** Options of the whole program may stand anywhere. */
function takesValue(commands: readonly Command[], word: string): Option | null {
  const options = commands.flatMap((command) => command.options)
  const option = options.find((each) => each.long === word || each.short === word)
  return option && (option.required || option.optional) ? option : null
}

/** A family such as `runs` hands options of its own line to one of its commands; commander keeps its name to itself. */
function defaultCommand(command: Command): Command {
  const name: unknown = Reflect.get(command, '_defaultCommandName')
  return command.commands.find((each) => each.name() === name) ?? command
}

function visibleCommands(command: Command): Command[] {
  return command.commands.filter((each) => !each.name().startsWith('__'))
}

function argumentAt(command: Command, position: number): Argument | undefined {
  const { registeredArguments } = command
  const last = registeredArguments.at(-1)
  return registeredArguments[position] ?? (last?.variadic ? last : undefined)
}

function optionWords(command: Command): Candidate[] {
  const own = command.options
    .filter((option) => !option.hidden && option.long)
    .map((option) => ({ word: option.long ?? '', meaning: option.description }))
  return [...own, { word: '--help', meaning: 'explain the command' }]
}

function placeholders(flags: string): string[] {
  return (/[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? '').replace(/\.\.\.$/, '').split('|')
}

function matching(candidates: readonly Candidate[], typed: string): Candidate[] {
  return candidates.filter((candidate) => candidate.word.startsWith(typed))
}

async function expected(
  choices: readonly string[] | undefined,
  sorts: readonly string[],
  typed: string,
  cx: CommandContext,
): Promise<Completion> {
  if (choices)
    return {
      words: matching(
        choices.map((word) => ({ word, meaning: '' })),
        typed,
      ),
    }
  if (sorts.some((sort) => ['path', 'file', 'dir'].includes(sort))) return { files: true }
  const askable = sorts.flatMap((sort) => NAMES[sort] ?? [])
  if (askable.length === 0) return { words: [] }
  try {
    const found = await cx.withQuickControl((control) => Promise.all(askable.map((names) => names(control))))
    return { words: matching(found.flat(), typed) }
  } catch {
    // A person is typing: an unreachable control plane offers no names, and says so when the command is run.
    return { words: [] }
  }
}

const NAMES: Record<string, (control: Control) => Promise<Candidate[]>> = {
  job: async (control) =>
    (await control.listJobs({ limit: MOST_NAMES })).items.map((job) => ({
      word: job.name,
      meaning: job.kind,
    })),
  vault: async (control) =>
    (await control.listObjects('vaults', { limit: MOST_NAMES })).items.map(({ spec }) => ({
      word: spec.name,
      meaning: spec.kind,
    })),
  notification: async (control) =>
    (await control.listObjects('notifications', { limit: MOST_NAMES })).items.map(({ spec }) => ({
      word: spec.name,
      meaning: spec.kind,
    })),
  secret: async (control) =>
    (await control.listSecrets()).map((secret) => ({ word: secret.name, meaning: secret.updatedAt })),
  run: async (control) =>
    (await control.listRuns({ limit: MOST_NAMES })).items.map((run) => ({
      word: run.id,
      meaning: `${run.jobName} ${run.outcome ?? run.status} ${run.createdAt}`,
    })),
  point: async (control) =>
    (await control.listPoints({ limit: MOST_NAMES })).items.map((point) => ({
      word: point.id,
      meaning: `${point.jobName} ${point.takenAt}`,
    })),
  lock: async (control) =>
    (await control.listLocks()).map((lock) => ({ word: lock.name, meaning: lock.holder })),
}
