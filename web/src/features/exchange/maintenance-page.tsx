import { useNavigate } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
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
import { AddButton } from './add-button.tsx';
import { LISTS, type Maintenance } from './api.ts';
import { Crumbs } from './crumbs.tsx';
import { MaintenanceEntry } from './maintenance-entry.tsx';

const TABS = ['current', 'past'] as const;
type Tab = (typeof TABS)[number];

const Plan = ({ hotkey }: { hotkey?: boolean }) => (
  <AddButton name="exchange.maintenance.create" label="maintenance.plan" {...(hotkey ? { hotkey } : {})} />
);

function List({ tab }: { tab: Tab }) {
  const { rows, error, loading, hasMore, loadingMore, loadMore, retry } = usePages<Maintenance>(LISTS.maintenance, { of: tab });
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={6} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={CalendarClock} title={t(`maintenance.empty.${tab}`)} {...(tab === 'current' ? { action: <Plan /> } : {})}>
        {t(`maintenance.empty.${tab}.text`)}
      </EmptyState>
    );
  // What comes first stands first; of what is over, what was over last.
  const shown = tab === 'current' ? rows.toSorted((one, other) => one.startsAt.localeCompare(other.startsAt)) : rows;
  return (
    <Card flush title={t(`maintenance.tab.${tab}`)}>
      <ul className="divide-y divide-line">
        {shown.map((window) => (
          <MaintenanceEntry key={window.id} window={window} />
        ))}
      </ul>
      {hasMore && (
        <Button className="m-3" busy={loadingMore} onClick={loadMore}>
          {t('drift.more')}
        </Button>
      )}
    </Card>
  );
}

/** When what of the exchange is out of service, how far that has come, and what was. */
export function MaintenancePage({ search }: { search: RawSearch }) {
  const navigate = useNavigate();
  const tab = oneOf(TABS, search['tab']) ?? 'current';
  return (
    <PageFrame
      title={t('maintenance.title')}
      eyebrow={<Crumbs />}
      facts={<span>{t('maintenance.lead')}</span>}
      actions={<Plan hotkey />}
      width="reading"
    >
      <Tabs
        label={t('maintenance.title')}
        value={tab}
        onChange={(next) => void navigate({ to: '/exchange/admin/maintenance', search: next === 'current' ? {} : { tab: next }, replace: true })}
        tabs={TABS.map((value) => ({ value, label: t(`maintenance.tab.${value}`), content: value === tab ? <List tab={value} /> : null }))}
      />
    </PageFrame>
  );
}
