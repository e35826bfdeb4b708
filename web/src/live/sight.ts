/** Whether somebody can see this page, and when that changes. */
export interface Sight {
  isShown(): boolean
  /** Also calls when the network is back. Returns what ends it. */
  watch(changed: () => void): () => void
}

/**
 * A tab in the background, and a page that the browser keeps for its back button, are out of sight. Over HTTP/1.1 a
 * browser has six connections to one server for all its tabs together: whoever is out of sight must hold none.
 */
export const pageSight: Sight = {
  isShown: () => document.visibilityState === 'visible' && !isKept,
  watch(changed) {
    const hide = () => {
      isKept = true
      changed()
    }
    const show = () => {
      isKept = false
      changed()
    }
    document.addEventListener('visibilitychange', changed)
    addEventListener('pagehide', hide)
    addEventListener('pageshow', show)
    addEventListener('online', changed)
    return () => {
      document.removeEventListener('visibilitychange', changed)
      removeEventListener('pagehide', hide)
      removeEventListener('pageshow', show)
      removeEventListener('online', changed)
    }
  },
}

let isKept = false
