import { useNavigate } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import { compact } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { PageFrame } from '#ui/page.tsx';
import { Select } from '#ui/select.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { ReportsTab } from './reports-tab.tsx';
import { PERIODS, type ComplianceSearch } from './search.ts';
import { TrailTab } from './trail-tab.tsx';

/** The place of auditors: how things stand, what happened, and the evidence to take along. */
export function CompliancePage({ search }: { search: ComplianceSearch }) {
  const navigate = useNavigate();
  const mayTrail = useCan('audit:read');
  const { tab = 'overview', days = '30' } = search;
  const show = (next: ComplianceSearch) => void navigate({ to: '/compliance', search: compact<ComplianceSearch>(next), replace: true });
  return (
    <PageFrame
      title={t('nav.compliance')}
      facts={t('compliance.lead')}
      actions={
        tab === 'overview' && (
          <Select
            aria-label={t('compliance.period')}
            className="min-w-40"
            value={days}
            onChange={(next) => show({ days: next })}
            choices={PERIODS.map((value) => ({ value, label: t('compliance.days', { count: Number(value) }) }))}
          />
        )
      }
    >
      <Tabs
        label={t('nav.compliance')}
        value={tab}
        onChange={(next) => show(next === 'overview' ? {} : { tab: next })}
        tabs={[
          { value: 'overview', label: t('compliance.tab.overview'), content: <OverviewTab days={days} /> },
          ...(mayTrail ? [{ value: 'trail' as const, label: t('compliance.tab.trail'), content: <TrailTab search={search} /> }] : []),
          { value: 'reports', label: t('compliance.tab.reports'), content: <ReportsTab /> },
        ]}
      />
    </PageFrame>
  );
}
