import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { KeysSearch } from '#features/access/search.ts';
import { t } from '#lib/i18n.ts';
import { compact, type Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { AccountsTab } from './accounts-tab.tsx';
import { KeysTable } from './keys-table.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';

function Keys({ search, show, onCreate }: { search: KeysSearch; show: (next: Loose<KeysSearch>) => void; onCreate: () => void }) {
  const mayAll = useCan('apiKeys:read');
  const all = mayAll && search.all === true;
  return (
    <KeysTable
      className="flex-1"
      query={all ? { all: true } : {}}
      owners={all}
      toolbar={mayAll && <FilterToggle label={t('keys.everybody')} on={all} onChange={(on) => show({ all: on })} />}
      create={
        <Button variant="primary" icon={<Plus aria-hidden className="size-3.5" />} onClick={onCreate}>
          {t('keys.create')}
        </Button>
      }
    />
  );
}

/** Keys for scripts, the command line and agents: one's own, everybody's for those who watch over them, and those of machines. */
export function KeysPage({ search }: { search: KeysSearch }) {
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const mayAccounts = useCan('serviceAccounts:read');
  const tab = mayAccounts ? (search.tab ?? 'keys') : 'keys';
  const show = (next: Loose<KeysSearch>) =>
    void navigate({ to: '/settings/api-keys', search: (now) => compact<KeysSearch>({ ...(now as KeysSearch), ...next }), replace: true });
  const keys = <Keys search={search} show={show} onCreate={() => setCreating(true)} />;
  return (
    <PageFrame
      title={t('keys.title')}
      facts={t('keys.lead')}
      width="fill"
      actions={
        tab === 'keys' && (
          <Button variant="primary" data-hotkey="n" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setCreating(true)}>
            {t('keys.create')}
          </Button>
        )
      }
    >
      {mayAccounts ? (
        <Tabs
          fill
          label={t('keys.title')}
          value={tab}
          onChange={(next) => show({ tab: next === 'keys' ? undefined : next, account: undefined })}
          tabs={[
            { value: 'keys', label: t('keys.tab'), content: keys },
            { value: 'accounts', label: t('accounts.tab'), content: <AccountsTab search={search} show={show} /> },
          ]}
        />
      ) : (
        keys
      )}
      {creating && <NewKeyDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
