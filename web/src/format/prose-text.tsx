import { Code } from '@mantine/core'
import { proseParts } from './prose.ts'

/** A text in which what stands between backticks is shown as code. */
export function ProseText({ text }: { text: string }) {
  return proseParts(text).map(({ text: part, isCode }, index) =>
    isCode ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text are named by their place alone
      <Code key={index} fz="inherit" px={4} py={0}>
        {part}
      </Code>
    ) : (
      part
    ),
  )
}
