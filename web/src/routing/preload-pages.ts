import type { AnyRoute, AnyRouter } from '@tanstack/react-router'

const FIRST_MS = 2000

/**
 * Reads the files of all pages while the browser has nothing else to do: a page then opens at once, and also while the
 * server is away. Not for somebody who saves data.
 */
export function preloadPagesWhenIdle(router: AnyRouter): void {
  if (isSavingData()) return
  const stop = router.subscribe('onResolved', () => {
    stop()
    setTimeout(() => preloadNext(Object.values(router.routesById as Record<string, AnyRoute>)), FIRST_MS)
  })
}

function preloadNext([route, ...rest]: AnyRoute[]): void {
  if (route === undefined) return
  const load = async () => {
    await route.options.component?.preload?.()
    preloadNext(rest)
  }
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void load())
  else setTimeout(() => void load(), 50)
}

function isSavingData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
  return connection?.saveData === true
}
