import type { ApiToken } from '@holdfast/contract'
import { Badge, Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDelete } from '../../actions/confirm-delete.tsx'
import { useApi, useChange } from '../../api/queries.ts'
import { Time } from '../../format/time.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'

interface TokenTableProps {
  /** One's own, or those of all users, which only administrators see. */
  whose: 'own' | 'all'
  label: string
  empty: ReactNode
}

/** API tokens, each with the button that revokes it. */
export function TokenTable({ whose, label, empty }: TokenTableProps) {
  const { t } = useTranslation('account')
  const queryClient = useQueryClient()
  const [revoked, setRevoked] = useState<ApiToken | null>(null)
  const tokens = useApi(whose === 'own' ? 'GET /api/auth/tokens' : 'GET /api/tokens')
  const revoke = useChange(whose === 'own' ? 'DELETE /api/auth/tokens/{id}' : 'DELETE /api/tokens/{id}', {
    showsProblem: true,
    onDone: () => {
      setRevoked(null)
      notifyDone(t('tokens.revoked'))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/auth/tokens'] })
      void queryClient.invalidateQueries({ queryKey: ['GET /api/tokens'] })
    },
  })
  const columns = useTokenColumns(whose, setRevoked)
  return (
    <>
      <DataTable
        id={`tokens-${whose}`}
        label={label}
        columns={columns}
        rows={tokens.data}
        rowKey={({ id }) => id}
        error={tokens.error}
        onRetry={() => void tokens.refetch()}
        empty={empty}
      />
      {revoked && (
        <ConfirmDelete
          title={t('tokens.revokeTitle', { name: revoked.name })}
          actionLabel={t('tokens.revoke')}
          isPending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ params: { id: revoked.id } })}
          onClose={() => {
            setRevoked(null)
            revoke.reset()
          }}
        >
          {t('tokens.revokeHint')}
        </ConfirmDelete>
      )}
    </>
  )
}

function useTokenColumns(whose: 'own' | 'all', onRevoke: (token: ApiToken) => void): Column<ApiToken>[] {
  const { t } = useTranslation(['account', 'shell'])
  return useMemo(
    () => [
      { id: 'name', title: t('account:tokens.name'), cell: ({ name }) => name, sortBy: ({ name }) => name },
      ...(whose === 'all'
        ? [
            {
              id: 'user',
              isBrief: true,
              title: t('account:tokens.user'),
              cell: ({ user }: ApiToken) => user,
              sortBy: ({ user }: ApiToken) => user,
            },
          ]
        : []),
      {
        id: 'scopes',
        title: t('account:tokens.scopes'),
        cell: ({ permissions }) => (
          <Group gap={4}>
            {permissions.map((permission) => (
              <Badge
                key={permission}
                variant="default"
                tt="none"
                fw={500}
                title={permission}
                h="auto"
                style={{ whiteSpace: 'normal' }}
              >
                {t(`shell:permission.${permission}`)}
              </Badge>
            ))}
          </Group>
        ),
      },
      {
        id: 'created',
        title: t('account:tokens.created'),
        cell: ({ createdAt }) => <Time at={createdAt} />,
        sortBy: ({ createdAt }) => Date.parse(createdAt),
      },
      {
        id: 'used',
        title: t('account:tokens.used'),
        cell: ({ lastUsedAt }) => <Time at={lastUsedAt} />,
        sortBy: ({ lastUsedAt }) => (lastUsedAt === null ? null : Date.parse(lastUsedAt)),
      },
      {
        id: 'expires',
        title: t('account:tokens.expires'),
        cell: ({ expiresAt }) => <Time at={expiresAt} isAbsolute />,
        isBrief: true,
        sortBy: ({ expiresAt }) => (expiresAt === null ? null : Date.parse(expiresAt)),
      },
      {
        id: 'actions',
        title: '',
        isNumber: true,
        cell: (token) => (
          <Button size="compact-xs" variant="default" onClick={() => onRevoke(token)}>
            {t('account:tokens.revoke')}
          </Button>
        ),
      },
    ],
    [t, whose, onRevoke],
  )
}
