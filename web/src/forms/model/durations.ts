import { durationMs } from '@holdfast/contract'

const DURATION = /^[1-9]\d{0,6}[smhdw]$/

export function isDuration(text: string): boolean {
  return DURATION.test(text)
}

/** Milliseconds of `26h`; null while it is still being typed. */
export function millisecondsOf(text: string): number | null {
  return isDuration(text) ? durationMs(text) : null
}
