import { useInfiniteQuery } from '@tanstack/react-query';
import { Cloud, Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { pagesQuery } from '#lib/pages.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { AddProviderDialog } from './add-provider-dialog.tsx';
import { ProviderCard } from './provider-card.tsx';
import { ProviderDialog, type ProviderAct } from './provider-dialogs.tsx';
import type { ListedConnection } from './types.ts';

const Add = ({ onClick }: { onClick: () => void }) => {
  const mayCreate = useCan('clouds:create');
  return (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-3.5" />}
      blocked={mayCreate ? null : t('server.blocked.permission', { permission: 'clouds:create' })}
      data-hotkey="n"
      onClick={onClick}
    >
      {t('clouds.add')}
    </Button>
  );
};

/** The clouds and DNS servers that changes are carried out on. */
export function ProvidersPage() {
  const [adding, setAdding] = useState(false);
  const [act, setAct] = useState<{ act: ProviderAct; connection: ListedConnection } | null>(null);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    pagesQuery<ListedConnection>('/cloud-providers'),
  );
  const connections = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageFrame title={t('clouds.title')} facts={t('clouds.lead')} actions={<Add onClick={() => setAdding(true)} />}>
      {error && connections.length === 0 ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : isPending ? (
        <div role="status" className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
          <span className="sr-only">{t('state.loading')}</span>
          {[0, 1, 2].map((i) => (
            <Skeleton key={i} className="h-60 rounded-lg" />
          ))}
        </div>
      ) : connections.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <EmptyState icon={Cloud} title={t('clouds.empty.title')} action={<Add onClick={() => setAdding(true)} />}>
            {t('clouds.empty.text')}
          </EmptyState>
        </div>
      ) : (
        <ul className="grid items-stretch gap-4 md:grid-cols-2 2xl:grid-cols-3">
          {connections.map((connection) => (
            <li key={connection.id} className="flex min-w-0">
              <ProviderCard connection={connection} onAct={(next) => setAct({ act: next, connection })} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('table.more', { count: connections.length, shown: connections.length })}
        </Button>
      )}
      {adding && <AddProviderDialog onClose={() => setAdding(false)} />}
      {act && <ProviderDialog {...act} onClose={() => setAct(null)} />}
    </PageFrame>
  );
}
