/** The part of the page that takes the focus when nothing else can. */
const PAGE = 'main'

/** Remembers what has the focus; the function it gives puts it back there once a dialog is gone. */
export function rememberFocus(): () => void {
  const before = document.activeElement
  return () => {
    // What the dialog has changed may be drawn anew: a deleted row takes its button along.
    requestAnimationFrame(() => {
      const isLost = !(before instanceof HTMLElement) || !before.isConnected || before === document.body
      const target = isLost ? document.getElementById(PAGE) : before
      if (isUnfocused()) target?.focus({ preventScroll: true })
    })
  }
}

/** Somebody may have moved the focus meanwhile: the next page, or the next dialog. */
function isUnfocused(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body
}
