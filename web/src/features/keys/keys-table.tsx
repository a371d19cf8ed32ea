import { KeyRound } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { ApiKey } from '#features/settings/types.ts';
import type { Query } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { useMe } from '#lib/session.ts';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { KeyCompact, keyColumns, type KeyAct } from './key-columns.tsx';
import { KeyDialog } from './key-dialogs.tsx';

export interface KeysTableProps {
  query: Query;
  owners: boolean;
  toolbar?: ReactNode;
  create: ReactNode;
  className?: string;
}
/** Keys with what limits them, when they were used and when they end. */
export function KeysTable({ query, owners, toolbar, create, className }: KeysTableProps) {
  const { actor } = useMe();
  const source = usePages<ApiKey>('/api-keys', query);
  const [asking, setAsking] = useState<{ act: KeyAct; apiKey: ApiKey } | null>(null);
  const onAct = useCallback((act: KeyAct, apiKey: ApiKey) => setAsking({ act, apiKey }), []);
  const options = useMemo(() => ({ me: actor.id, owners, onAct }), [actor.id, owners, onAct]);
  return (
    <>
      <DataTable
        name="api-keys"
        label={t('keys.title')}
        {...(className ? { className } : {})}
        columns={useMemo(() => keyColumns(options), [options])}
        source={source}
        rowId={(key) => key.id}
        compact={(key) => <KeyCompact apiKey={key} {...options} />}
        toolbar={toolbar}
        empty={
          <EmptyState icon={KeyRound} title={t('keys.empty.title')} action={create}>
            {t('keys.empty.text')}
          </EmptyState>
        }
      />
      {asking && <KeyDialog {...asking} onClose={() => setAsking(null)} />}
    </>
  );
}
