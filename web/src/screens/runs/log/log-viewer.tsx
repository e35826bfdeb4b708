import type { RunLogLine } from '@holdfast/contract'
import { Button, Group, Text } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createFormat } from '../../../format/format.ts'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { LogBar, type LogLook } from './log-bar.tsx'
import { copyText, filterLines, firstAfter, lineOfHash } from './log-lines.ts'
import { LogSheet } from './log-sheet.tsx'
import { useLog } from './use-log.ts'

const OLDER_LINES = 2000
const FIRST_LOOK: LogLook = { level: 'debug', search: '', isWrapped: true, isUtc: false }

interface LogViewerProps {
  runId: string
  /** The newest lines as they come. */
  live: readonly RunLogLine[]
  isRunning: boolean
  /** All lines of a run that has ended have come. */
  isWhole: boolean
}

/** The log of a run: follows its end while the reader is there, and goes back as far as it reaches. */
export function LogViewer({ runId, live, isRunning, isWhole }: LogViewerProps) {
  const { t } = useTranslation('runs')
  const local = useFormat()
  const [look, setLook] = useState(FIRST_LOOK)
  const [pausedAt, setPausedAt] = useState<number | null>(null)
  const { lines, hasOlder, isLoading, loadBack } = useLog(runId, live)
  const target = useTarget(lines, hasOlder, loadBack)
  const format = useMemo(() => (look.isUtc ? createFormat(local.locale, 'UTC') : local), [look.isUtc, local])
  const known = useMemo(
    () => (pausedAt === null ? lines : lines.slice(0, firstAfter(lines, pausedAt))),
    [lines, pausedAt],
  )
  const shown = useMemo(() => filterLines(known, look), [known, look])
  const fresh = lines.length - known.length
  const toggle = () => setPausedAt(pausedAt === null ? (lines.at(-1)?.position ?? -1) : null)
  const first = lines[0]?.position ?? 0
  const none = isRunning ? t('log.none') : isWhole ? t('log.noneEnded') : ''
  return (
    <Section title={t('log.title')}>
      <LogBar
        runId={runId}
        look={look}
        onLook={(change) => setLook({ ...look, ...change })}
        pause={isRunning ? { isPaused: pausedAt !== null, toggle } : null}
        copyText={() => copyText(shown)}
      />
      <LogSheet
        lines={shown}
        oldest={lines[0]?.position}
        format={format}
        look={look}
        target={target.position}
        onLink={target.link}
        older={
          hasOlder && (
            <Button variant="subtle" loading={isLoading} onClick={() => void loadBack(first - OLDER_LINES)}>
              {t('log.older')}
            </Button>
          )
        }
        empty={lines.length === 0 ? none : t('log.nothing')}
      />
      <Group gap="sm" mih={26}>
        <Text size="xs" c="dimmed">
          {shown.length === known.length
            ? t('log.count', { count: known.length })
            : t('log.found', { found: local.number(shown.length), total: local.number(known.length) })}
        </Text>
        {fresh > 0 && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconArrowDown size={13} aria-hidden />}
            onClick={toggle}
          >
            {t('log.fresh', { count: fresh })}
          </Button>
        )}
      </Group>
    </Section>
  )
}

/** The line the address points at; reads back to it when it is older than what is there. */
function useTarget(
  lines: readonly RunLogLine[],
  hasOlder: boolean,
  loadBack: (position: number) => Promise<void>,
) {
  const navigate = useNavigate()
  const position = lineOfHash(useLocation({ select: ({ hash }) => hash }))
  const first = lines[0]?.position
  const sought = useRef<number | null>(null)
  useEffect(() => {
    if (position === null || first === undefined || position >= first || !hasOlder) return
    if (sought.current === position) return
    sought.current = position
    void loadBack(position - 200)
  }, [position, first, hasOlder, loadBack])
  const link = useMemo(
    () => (line: number) =>
      void navigate({
        to: '.',
        hash: `line=${line}`,
        replace: true,
        resetScroll: false,
        hashScrollIntoView: false,
      }),
    [navigate],
  )
  return { position, link }
}
