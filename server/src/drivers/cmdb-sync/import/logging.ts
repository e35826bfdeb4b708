import type { Section } from '../../../kit/foreign-config/section.ts'

/** Every run has a log of its own, kept and shown by Holdfast: nothing of this is needed. */
export function tellLogging(root: Section): void {
  const section = root.section('logging')
  if (!section) return
  for (const key of section.keys) section.tell(key, 'unneeded', 'each run has its log in Holdfast')
}
