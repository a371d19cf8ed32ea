import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KeyRound, Pencil, Trash2, UserRoundKey } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { ServiceAccount } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { ACCOUNT_LISTS, AccountDialog } from './account-dialog.tsx';
import { KeysTable } from './keys-table.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';

type Open = 'edit' | 'key' | 'delete' | null;

function Content({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const tell = useTell();
  const blocked = useBlocked('serviceAccounts:write');
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const newKey = (
    <Button size="sm" icon={<KeyRound aria-hidden className="size-3.5" />} onClick={() => setOpen('key')}>
      {t('keys.create')}
    </Button>
  );
  return (
    <>
      <KeyValues
        rows={[
          [t('roles.column.description'), account.description || null],
          [t('accounts.owner'), account.owner?.name ?? t('accounts.nobody')],
          [t('team.column.status'), <State key="status" variant="plain" of="resource" value={account.status} />],
          [t('team.column.roles'), account.roles.map(({ name }) => name).join(', ') || t('value.none')],
          [t('keys.column.created'), <Time key="created" at={account.createdAt} />],
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" asChild>
          <Link to="/settings/team" search={{ member: account.id }}>
            <UserRoundKey aria-hidden className="size-3.5" />
            {t('accounts.roles')}
          </Link>
        </Button>
        <Button size="sm" blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => setOpen('edit')}>
          {t('accounts.edit')}
        </Button>
        <Button
          size="sm"
          variant="danger-quiet"
          blocked={blocked}
          icon={<Trash2 aria-hidden className="size-3.5" />}
          onClick={() => setOpen('delete')}
        >
          {t('accounts.delete')}
        </Button>
      </div>
      <Card flush title={t('keys.title')} aside={newKey}>
        <div className="p-3">
          <KeysTable query={{ serviceAccountId: account.id }} owners={false} create={newKey} />
        </div>
      </Card>
      {open === 'edit' && <AccountDialog account={account} onClose={close} />}
      {open === 'key' && <NewKeyDialog account={account} onClose={close} />}
      {open === 'delete' && (
        <ReviewDialog
          title={t('accounts.delete.of', { name: account.name })}
          description={t('accounts.delete.text')}
          call={{ method: 'DELETE', path: `/service-accounts/${account.id}` }}
          action={t('accounts.delete')}
          danger
          typed={account.name}
          touched={ACCOUNT_LISTS}
          onClose={close}
          onOutcome={(outcome) => {
            tell(outcome, t('accounts.deleted', { name: account.name }));
            onClose();
          }}
        />
      )}
    </>
  );
}

/** One account of a machine: who answers for it, what it may do, its keys. */
export function AccountDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const account = useQuery({
    queryKey: ['/service-accounts', 'one', id],
    queryFn: ({ signal }) => request<ServiceAccount>('GET', `/service-accounts/${id}`, { signal }),
  });
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={account.data?.name ?? t('state.loading')}
      description={t('team.service.text')}
    >
      <div className="flex flex-col gap-4 p-5">
        <Loaded query={account} lines={5}>
          {(data) => <Content account={data} onClose={onClose} />}
        </Loaded>
      </div>
    </Drawer>
  );
}
