import { Group, Kbd, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../actions/dialog.tsx'
import { useMe } from '../session/me.ts'
import { menuFor } from './menu.ts'
import classes from './shell.module.css'

export function KeyHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const pages = menuFor(useMe().permissions).flatMap(({ key, word }) =>
    key === undefined ? [] : [{ keys: ['g', key], does: t('keys.go', { page: t(`menu.${word}`) }) }],
  )
  return (
    <Dialog onClose={onClose} title={t('keys.title')}>
      <Table verticalSpacing={5}>
        <Table.Tbody>
          <KeyRow keys={['Ctrl + K', '/']} joint={t('keys.or')} does={t('keys.palette')} />
          {pages.map(({ keys, does }) => (
            <KeyRow key={does} keys={keys} joint={t('keys.followedBy')} does={does} />
          ))}
          <KeyRow keys={['r']} joint="" does={t('keys.refresh')} />
          <KeyRow keys={['?']} joint="" does={t('keys.help')} />
        </Table.Tbody>
      </Table>
    </Dialog>
  )
}

function KeyRow({ keys, joint, does }: { keys: string[]; joint: string; does: string }) {
  return (
    <Table.Tr>
      <Table.Td className={classes.key}>
        <Group gap={6} wrap="nowrap">
          {keys.map((key, index) => (
            <Group key={key} gap={6} wrap="nowrap">
              {index > 0 && (
                <Text span size="xs" c="dimmed">
                  {joint}
                </Text>
              )}
              <Kbd>{key}</Kbd>
            </Group>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>{does}</Table.Td>
    </Table.Tr>
  )
}
