import { Box, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ProseText } from '../format/prose-text.tsx'
import type { ProblemFacts } from './problem-text.ts'

/** What the server said about this one case: in English, so it stands behind what is said in the reader's language. */
export function ProblemDetails({ detail, hint }: Pick<ProblemFacts, 'detail' | 'hint'>) {
  const { t, i18n } = useTranslation()
  const isForeign = i18n.language !== 'en'
  const texts = [detail, hint].filter((text) => text !== '')
  if (texts.length === 0) return null
  return (
    <Box>
      {isForeign && (
        <Text size="xs" fw={600} c="dimmed">
          {t('problem.details')}
        </Text>
      )}
      {texts.map((text) => (
        <Text
          key={text}
          size={isForeign ? 'xs' : 'sm'}
          {...(isForeign ? { c: 'dimmed' } : {})}
          lang="en"
          style={{ overflowWrap: 'anywhere' }}
        >
          <ProseText text={text} />
        </Text>
      ))}
    </Box>
  )
}
