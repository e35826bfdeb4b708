import type { PointEntry } from '@holdfast/contract'

/** The folders that lead to a path, the asset itself first and the folder last. */
export function crumbsOf(path: string, root: string): { name: string; path: string }[] {
  const parts = path.split('/').filter((part) => part !== '')
  return [
    { name: root, path: '' },
    ...parts.map((name, index) => ({ name, path: parts.slice(0, index + 1).join('/') })),
  ]
}

/** The folder above; null above the asset. */
export function parentOf(path: string): string | null {
  const crumbs = crumbsOf(path, '')
  return crumbs.at(-2)?.path ?? null
}

/** What is chosen, across folders, by path. */
export type Chosen = ReadonlyMap<string, PointEntry>

/** Takes something in or out. A folder stands for all that is in it, which therefore needs no choice of its own. */
export function toggled(chosen: Chosen, entries: readonly PointEntry[], isChosen: boolean): Chosen {
  const next = new Map(chosen)
  for (const entry of entries) {
    if (isChosen) next.set(entry.path, entry)
    else next.delete(entry.path)
    if (isChosen && entry.type === 'folder')
      for (const path of chosen.keys()) if (isBelow(path, entry.path)) next.delete(path)
  }
  return next
}

/** The chosen folder that something lies in, so that it comes along anyway; undefined without one. */
export function chosenAbove(chosen: Chosen, path: string): PointEntry | undefined {
  return [...chosen.values()].find((entry) => entry.type === 'folder' && isBelow(path, entry.path))
}

function isBelow(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
