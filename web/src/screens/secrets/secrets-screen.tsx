import type { StoredSecret } from '@holdfast/contract'
import { Button, Group } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDelete } from '../../actions/confirm-delete.tsx'
import { useApi, useChange } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { Page } from '../../layout/page.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { usePrincipalText } from '../../session/principal.ts'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { EmptyState } from '../../table/states.tsx'
import { SecretForm } from './secret-form.tsx'

type Asked = { what: 'new' } | { what: 'replace' | 'remove'; name: string } | null

/** Names of the secrets that Holdfast keeps. */
export function SecretsScreen() {
  const { t } = useTranslation('secrets')
  const secrets = useApi('GET /api/secrets')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const columns = useSecretColumns(setAsked)
  const add = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAsked({ what: 'new' })}>
      {t('new')}
    </Button>
  )
  return (
    <Page title={t('title')} lead={t('lead')} actions={add}>
      <DataTable
        id="secrets"
        label={t('title')}
        columns={columns}
        rows={secrets.data}
        rowKey={({ name }) => name}
        error={secrets.error}
        onRetry={() => void secrets.refetch()}
        empty={<EmptyState icon={IconKey} title={t('emptyTitle')} hint={t('emptyHint')} action={add} />}
      />
      {asked?.what === 'new' && <SecretForm onClose={close} />}
      {asked?.what === 'replace' && <SecretForm name={asked.name} onClose={close} />}
      {asked?.what === 'remove' && <DeleteSecret name={asked.name} onClose={close} />}
    </Page>
  )
}

function useSecretColumns(ask: (asked: Asked) => void): Column<StoredSecret>[] {
  const { t } = useTranslation(['secrets', 'shell'])
  const whoText = usePrincipalText()
  return useMemo(
    () => [
      { id: 'name', title: t('shell:common.name'), cell: ({ name }) => name, sortBy: ({ name }) => name },
      {
        id: 'updated',
        title: t('secrets:updated'),
        cell: ({ updatedAt }) => <Time at={updatedAt} />,
        sortBy: ({ updatedAt }) => Date.parse(updatedAt),
      },
      { id: 'by', title: t('secrets:by'), cell: ({ updatedBy }) => whoText(updatedBy) },
      { id: 'created', title: t('secrets:created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
      {
        id: 'actions',
        title: '',
        cell: ({ name }) => (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Button size="compact-xs" variant="default" onClick={() => ask({ what: 'replace', name })}>
              {t('secrets:replace')}
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              onClick={() => ask({ what: 'remove', name })}
            >
              {t('shell:action.delete')}
            </Button>
          </Group>
        ),
      },
    ],
    [t, ask, whoText],
  )
}

function DeleteSecret({ name, onClose }: { name: string; onClose(): void }) {
  const { t } = useTranslation('secrets')
  const queryClient = useQueryClient()
  const remove = useChange('DELETE /api/secrets/{name}', {
    showsProblem: true,
    onDone: () => {
      notifyDone(t('removed', { name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/secrets'] })
      onClose()
    },
  })
  return (
    <ConfirmDelete
      title={t('removeTitle', { name })}
      name={name}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ params: { name } })}
      onClose={onClose}
    >
      {t('removeHint')}
    </ConfirmDelete>
  )
}
