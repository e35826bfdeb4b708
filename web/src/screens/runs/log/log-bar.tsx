import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import {
  IconCheck,
  IconCopy,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconSearch,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LEVELS, type LogFilter } from './log-lines.ts'

export interface LogLook extends LogFilter {
  isWrapped: boolean
  isUtc: boolean
}

interface LogBarProps {
  runId: string
  look: LogLook
  onLook(change: Partial<LogLook>): void
  /** Null when the run is over. */
  pause: { isPaused: boolean; toggle(): void } | null
  /** What is copied; made only on request, since it may be long. */
  copyText(): string
}

/** Search, level and what else can be done with a log. */
export function LogBar({ runId, look, onLook, pause, copyText }: LogBarProps) {
  const { t } = useTranslation(['runs', 'shell'])
  const { copied, copy } = useClipboard({ timeout: 2000 })
  return (
    <Group gap="xs" align="center">
      <TextInput
        size="xs"
        type="search"
        aria-label={t('runs:log.search')}
        placeholder={t('runs:log.search')}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={look.search}
        onChange={(event) => onLook({ search: event.currentTarget.value })}
        w={200}
      />
      <NativeSelect
        size="xs"
        aria-label={t('runs:log.level')}
        data={LEVELS.map((level) => ({ value: level, label: t(`runs:log.levels.${level}`) }))}
        value={look.level}
        onChange={(event) => {
          const level = LEVELS.find((one) => one === event.currentTarget.value)
          if (level) onLook({ level })
        }}
      />
      <Checkbox
        size="xs"
        label={t('runs:log.wrap')}
        checked={look.isWrapped}
        onChange={(event) => onLook({ isWrapped: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label={t('runs:log.utc')}
        checked={look.isUtc}
        onChange={(event) => onLook({ isUtc: event.currentTarget.checked })}
      />
      <Group gap="xs" ml="auto">
        {pause && (
          <Button
            variant="default"
            leftSection={
              pause.isPaused ? (
                <IconPlayerPlay size={14} aria-hidden />
              ) : (
                <IconPlayerPause size={14} aria-hidden />
              )
            }
            onClick={pause.toggle}
          >
            {pause.isPaused ? t('runs:log.resume') : t('runs:log.pause')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={() => copy(copyText())}
        >
          {copied ? t('shell:action.copied') : t('runs:log.copy')}
        </Button>
        <Button
          component="a"
          href={`/api/runs/${encodeURIComponent(runId)}/log.txt`}
          download={`${runId}.log.txt`}
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t('runs:log.download')}
        </Button>
      </Group>
    </Group>
  )
}
