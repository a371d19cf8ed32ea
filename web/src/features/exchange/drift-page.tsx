import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
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
import { Time } from '#ui/time.tsx';
import { checkedQuery, LISTS, type Finding } from './api.ts';
import { Crumbs } from './crumbs.tsx';
import { DriftEntry } from './drift-entry.tsx';

const TABS = ['current', 'repaired', 'gone'] as const;
type Tab = (typeof TABS)[number];

function List({ tab }: { tab: Tab }) {
  const { rows, error, loading, hasMore, loadingMore, loadMore, retry } = usePages<Finding>(LISTS.findings, tab === 'current' ? {} : { state: tab });
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={6} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={CircleCheck} title={t(`drift.empty.${tab}`)}>
        {t(`drift.empty.${tab}.text`)}
      </EmptyState>
    );
  return (
    <Card flush title={t(`drift.tab.${tab}`)}>
      <ul className="divide-y divide-line">
        {rows.map((finding) => (
          <DriftEntry key={finding.id} finding={finding} />
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

const Checked = () => {
  const { data } = useQuery(checkedQuery);
  if (!data) return null;
  return data.checkedAt === null ? (
    <span>{t('drift.unchecked')}</span>
  ) : (
    <span>
      {t('drift.checked')} <Time at={data.checkedAt} />
    </span>
  );
};

/** What is not as it should be on route servers and at controllers, and what became of what was not. */
export function DriftPage({ search }: { search: RawSearch }) {
  const navigate = useNavigate();
  const tab = oneOf(TABS, search['tab']) ?? 'current';
  return (
    <PageFrame
      title={t('drift.title')}
      eyebrow={<Crumbs />}
      facts={
        <>
          <span className="basis-full">{t('drift.lead')}</span>
          <Checked />
        </>
      }
      width="reading"
    >
      <Tabs
        label={t('drift.title')}
        value={tab}
        onChange={(next) => void navigate({ to: '/exchange/admin/drift', search: next === 'current' ? {} : { tab: next }, replace: true })}
        tabs={TABS.map((value) => ({ value, label: t(`drift.tab.${value}`), content: value === tab ? <List tab={value} /> : null }))}
      />
    </PageFrame>
  );
}
