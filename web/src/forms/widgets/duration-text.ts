import { useFormat } from '../../format/use-format.ts'
import { millisecondsOf } from '../model/durations.ts'

/** Writes `26h` as people read it: "1 day 2 hr". */
export function useDurationText(): (text: string) => string {
  const format = useFormat()
  return (text) => {
    const milliseconds = millisecondsOf(text)
    return milliseconds === null ? text : format.duration(milliseconds)
  }
}
