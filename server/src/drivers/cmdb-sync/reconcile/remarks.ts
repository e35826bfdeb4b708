import { type Phrase, phraseText } from '@holdfast/contract'
import { compareText } from './order.ts'

const EXAMPLES = 3

interface Repeated {
  count: number
  readonly examples: string[]
  readonly say: (values: { count: number; names: string }) => Phrase
}

/** What the report says beside the changes: each once, however many items it is about. */
export class Remarks {
  readonly #once = new Map<string, Phrase>()
  readonly #repeated = new Map<string, Repeated>()

  once(remark: Phrase): void {
    this.#once.set(phraseText(remark), remark)
  }

  /** What many items have in common under `about`: said with their number, and the first few of them by name. */
  of(about: string, name: string, say: Repeated['say']): void {
    const there = this.#repeated.get(about) ?? { count: 0, examples: [], say }
    there.count += 1
    if (there.examples.length < EXAMPLES) there.examples.push(name)
    this.#repeated.set(about, there)
  }

  all(): Phrase[] {
    const repeated = [...this.#repeated.values()].map(({ count, examples, say }) =>
      say({ count, names: [...examples, ...(count > examples.length ? ['…'] : [])].join(', ') }),
    )
    return [...this.#once.values(), ...repeated].toSorted((a, b) => compareText(phraseText(a), phraseText(b)))
  }
}
