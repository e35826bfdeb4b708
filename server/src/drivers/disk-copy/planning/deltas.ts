import { type BytePath, displayPath } from '../../../clients/disks/byte-path.ts'
import type { RsyncItem } from '../../../clients/rsync/output.ts'
import { shortName } from '../left-out.ts'

/** An attacker can make up as many names as there are files: beyond that many, names are not counted any more. */
const MAX_NAMES = 20_000
const SHOW = 5

/** Counts by name; names that come late into a crowd are left out. */
class Counts {
  readonly #counts = new Map<string, number>()

  add(name: string): void {
    const count = this.#counts.get(name)
    if (count === undefined && this.#counts.size >= MAX_NAMES) return
    this.#counts.set(name, (count ?? 0) + 1)
  }

  top(limit: number): { name: string; count: number }[] {
    return [...this.#counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      .slice(0, limit)
  }
}

/** `.jpg` of `a/b.JPG`; empty for names without one, and for those that only begin with a dot. */
export function extensionOf(path: BytePath): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot).toLowerCase() : ''
}

/** First folder below the source. */
function folderOf(path: BytePath): string {
  const slash = path.indexOf('/')
  return slash === -1 ? './' : `${path.slice(0, slash)}/`
}

type Delta = 'new' | 'changed' | 'deleted'

/** Where the changes of a dry run lie: for the person who decides about a guard. */
export class Deltas {
  readonly #folders = { new: new Counts(), changed: new Counts(), deleted: new Counts() }
  readonly #extensions = { new: new Counts(), changed: new Counts(), deleted: new Counts() }

  add({ kind, path }: RsyncItem): void {
    if (kind !== 'new' && kind !== 'changed' && kind !== 'deleted') return
    this.#folders[kind].add(folderOf(path))
    const extension = extensionOf(path)
    if (extension !== '') this.#extensions[kind].add(extension)
  }

  /** The extension that most new files have. */
  commonestNew(): { name: string; count: number } | null {
    return this.#extensions.new.top(1)[0] ?? null
  }

  /** `photos/ (812), music/ (3)`, and the same for extensions. */
  told(delta: Delta): { folders: string; extensions: string } {
    return { folders: tell(this.#folders[delta]), extensions: tell(this.#extensions[delta]) || '–' }
  }
}

function tell(counts: Counts): string {
  return counts
    .top(SHOW)
    .map(({ name, count }) => `${shortName(displayPath(name))} (${count})`)
    .join(', ')
}
