import { useNavigate } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { oneOf, type RawSearch } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { LISTS, type Port } from './api.ts';
import { Entry } from './entry.tsx';
import { OnboardingCard } from './onboarding-card.tsx';

const WHOSE = ['mine', 'all'] as const;
type Whose = (typeof WHOSE)[number];

function List({ whose }: { whose: Whose }) {
  const { rows, error, loading, hasMore, loadingMore, loadMore, retry } = usePages<Port>(LISTS[whose]);
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={6} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={Cable} title={t(`exchangePorts.empty.${whose}`)}>
        {t(`exchangePorts.empty.${whose}.text`)}
      </EmptyState>
    );
  return (
    <Card flush title={t(`exchangePorts.tab.${whose}`)}>
      <ul className="divide-y divide-line">
        {rows.map((port) => (
          <Entry key={port.id} port={port} whose={whose} />
        ))}
      </ul>
      {hasMore && (
        <Button className="m-3" busy={loadingMore} onClick={loadMore}>
          {t('exchangePorts.more')}
        </Button>
      )}
    </Card>
  );
}

const Mine = () => (
  <div className="flex flex-col gap-6">
    <OnboardingCard />
    <List whose="mine" />
  </div>
);

/** Ports that one asked for oneself, and for operators those of all networks. */
export function PortsPage({ search }: { search: RawSearch }) {
  const navigate = useNavigate();
  const whose = oneOf(WHOSE, search['whose']) ?? 'mine';
  return (
    <PageFrame title={t('nav.exchangePorts')} facts={t('exchangePorts.lead')} width="reading">
      <Tabs
        label={t('nav.exchangePorts')}
        value={whose}
        onChange={(next) => void navigate({ to: '/infrastructure/exchange-ports', search: next === 'mine' ? {} : { whose: next }, replace: true })}
        tabs={WHOSE.map((value) => ({
          value,
          label: t(`exchangePorts.tab.${value}`),
          content: value !== whose ? null : value === 'mine' ? <Mine /> : <List whose="all" />,
        }))}
      />
    </PageFrame>
  );
}
