import { Bot, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { KeysSearch } from '#features/access/search.ts';
import type { ServiceAccount } from '#features/settings/types.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { Loose } from '#lib/search.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { AccountDrawer } from './account-drawer.tsx';
import { AccountDialog } from './account-dialog.tsx';

const Roles = ({ roles }: Pick<ServiceAccount, 'roles'>) => (
  <span className="flex flex-wrap gap-1">
    {roles.length === 0 ? <span className="text-ink-3">{t('accounts.noRoles')}</span> : roles.map(({ key, name }) => <Badge key={key}>{name}</Badge>)}
  </span>
);
const Name = ({ account }: { account: ServiceAccount }) => (
  <span className="min-w-0">
    <span className="font-medium">{account.name}</span>
    {account.description && <span className="block text-xs text-ink-2">{account.description}</span>}
  </span>
);

const columns = (): Column<ServiceAccount>[] => [
  { id: 'name', header: t('keys.column.name'), width: '18rem', fixed: true, cell: (account) => <Name account={account} />, csv: ({ name }) => name },
  { id: 'roles', header: t('team.column.roles'), cell: ({ roles }) => <Roles roles={roles} />, csv: ({ roles }) => roles.map(({ name }) => name).join(', ') },
  { id: 'owner', header: t('accounts.owner'), width: '12rem', hideBelow: 'md', cell: ({ owner }) => owner?.name ?? <span className="text-warn">{t('accounts.nobody')}</span>, csv: ({ owner }) => owner?.name },
  { id: 'status', header: t('team.column.status'), width: '8rem', hideBelow: 'lg', cell: ({ status }) => <State variant="plain" of="resource" value={status} />, csv: ({ status }) => status },
  { id: 'keys', header: t('keys.title'), width: '6rem', align: 'end', cell: ({ keys }) => number(keys), csv: ({ keys }) => keys },
]; // prettier-ignore

/** Accounts of machines: no password, keys only, and a person who answers for each. */
export function AccountsTab({ search, show }: { search: KeysSearch; show: (next: Loose<KeysSearch>) => void }) {
  const source = usePages<ServiceAccount>('/service-accounts');
  const [creating, setCreating] = useState(false);
  const create = (
    <PermissionGate permission="serviceAccounts:write">
      {(blocked) => (
        <Button size="sm" variant="primary" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setCreating(true)}>
          {t('accounts.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <>
      <DataTable
        name="service-accounts"
        label={t('accounts.tab')}
        className="flex-1"
        columns={useMemo(columns, [])}
        source={source}
        rowId={(account) => account.id}
        onOpen={(account) => show({ account: account.id })}
        compact={(account) => (
          <div className="flex flex-col gap-1.5 py-1">
            <Name account={account} />
            <Roles roles={account.roles} />
          </div>
        )}
        toolbar={create}
        empty={
          <EmptyState icon={Bot} title={t('accounts.empty.title')} action={create}>
            {t('accounts.empty.text')}
          </EmptyState>
        }
      />
      {creating && <AccountDialog onClose={() => setCreating(false)} />}
      {search.account && <AccountDrawer key={search.account} id={search.account} onClose={() => show({ account: undefined })} />}
    </>
  );
}
