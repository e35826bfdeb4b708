import type { DiskHealth } from '@holdfast/contract'

/** The figures of SMART that tell something, the worst news first. */
export const FIGURES = [
  'reallocated',
  'pending',
  'uncorrectable',
  'wearPercent',
  'temperatureCelsius',
  'powerOnHours',
] as const satisfies (keyof DiskHealth)[]
export type FigureName = (typeof FIGURES)[number]

/** How the reader's language writes each sort of figure. */
export interface FigureWriter {
  count(value: number): string
  celsius(value: number): string
  hours(value: number): string
  /** From 0 to 1. */
  share(value: number): string
}

/** One figure with its unit; null where the disk does not tell it. */
export function figureText(name: FigureName, value: number | null, write: FigureWriter): string | null {
  if (value === null) return null
  switch (name) {
    case 'temperatureCelsius':
      return write.celsius(value)
    case 'powerOnHours':
      return write.hours(value)
    case 'wearPercent':
      return write.share(value / 100)
    default:
      return write.count(value)
  }
}
