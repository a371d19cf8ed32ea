import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import type { ApiKey } from './types.ts';

const columns = (onRevoke: (key: ApiKey) => void): Column<ApiKey>[] => [
  { id: 'name', header: t('keys.column.name'), fixed: true, cell: (key) => <span className="font-medium">{key.name}</span>, csv: (key) => key.name },
  {
    id: 'prefix',
    header: t('keys.column.key'),
    width: '13rem',
    hideBelow: 'sm',
    cell: (key) => <code className="text-xs text-ink-2">{key.prefix}…</code>,
    csv: (key) => key.prefix,
  },
  {
    id: 'permissions',
    header: t('keys.column.permissions'),
    hideBelow: 'md',
    cell: ({ permissions }) =>
      permissions === null ? (
        <span className="text-ink-2">{t('keys.all')}</span>
      ) : (
        <span className="flex flex-wrap gap-1">
          {permissions.map((permission) => (
            <Badge key={permission} tone="outline">
              {permission}
            </Badge>
          ))}
        </span>
      ),
    csv: ({ permissions }) => permissions?.join(' '),
  },
  {
    id: 'used',
    header: t('keys.column.used'),
    width: '9rem',
    hideBelow: 'lg',
    cell: (key) => (key.lastUsedAt ? <Time at={key.lastUsedAt} /> : <span className="text-ink-3">{t('time.never')}</span>),
    csv: (key) => key.lastUsedAt,
  },
  {
    id: 'created',
    header: t('keys.column.created'),
    width: '9rem',
    optional: true,
    cell: (key) => <Time at={key.createdAt} />,
    csv: (key) => key.createdAt,
  },
  { id: 'expires', header: t('keys.column.expires'), width: '8rem', cell: (key) => <Time at={key.expiresAt} />, csv: (key) => key.expiresAt },
  {
    id: 'actions',
    header: t('keys.column.actions'),
    width: '6rem',
    align: 'end',
    fixed: true,
    cell: (key) => (
      <Button
        variant="ghost"
        size="sm"
        icon={<Trash2 aria-hidden className="size-3.5" />}
        aria-label={t('keys.revoke.of', { name: key.name })}
        onClick={() => onRevoke(key)}
      >
        {t('keys.revoke')}
      </Button>
    ),
  },
];

/** One's own keys for scripts, the command line and agents. */
export function ApiKeysPage() {
  const client = useQueryClient();
  const source = usePages<ApiKey>('/api-keys');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => request('DELETE', `/api-keys/${key.id}`),
    onSuccess: (_, key) => {
      toast.done(t('keys.revoked', { name: key.name }));
      return client.invalidateQueries({ queryKey: ['/api-keys'] });
    },
  });
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setCreating(true)}>
      {t('keys.create')}
    </Button>
  );
  return (
    <PageFrame title={t('keys.title')} facts={t('keys.lead')} width="fill" actions={create}>
      <DataTable
        name="api-keys"
        label={t('keys.title')}
        columns={useMemo(() => columns(setRevoking), [])}
        source={source}
        rowId={(key) => key.id}
        empty={
          <EmptyState icon={KeyRound} title={t('keys.empty.title')} action={create}>
            {t('keys.empty.text')}
          </EmptyState>
        }
      />
      {creating && <NewKeyDialog onClose={() => setCreating(false)} />}
      {revoking && (
        <Confirm
          open
          danger
          onOpenChange={(open) => !open && setRevoking(null)}
          title={t('keys.revoke.of', { name: revoking.name })}
          action={t('keys.revoke')}
          onConfirm={() => revoke.mutateAsync(revoking)}
        >
          {t('keys.revoke.text')}
        </Confirm>
      )}
    </PageFrame>
  );
}
