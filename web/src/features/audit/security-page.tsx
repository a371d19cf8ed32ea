import { useNavigate } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Time } from '#ui/time.tsx';
import { securityQuery, SEVERITIES, STATES, type SecurityEvent, type SecuritySearch } from './security-api.ts';
import { SecurityDrawer } from './security-drawer.tsx';
import { SecurityRules } from './security-rules.tsx';
import { ruleText, SeverityBadge } from './security-words.tsx';

const columns = (open: (id: string) => void): Column<SecurityEvent>[] => [
  {
    id: 'rule', header: t('alarms.column.what'), fixed: true, csv: ({ rule }) => rule,
    cell: ({ id, rule }) => <button type="button" className="text-start font-medium hover:underline" onClick={() => open(id)}>{ruleText(rule)}</button>,
  },
  { id: 'severity', header: t('alarms.column.severity'), width: '7rem', cell: ({ severity }) => <SeverityBadge severity={severity} />, csv: ({ severity }) => severity },
  { id: 'state', header: t('alarms.column.state'), width: '9rem', cell: ({ state }) => t(`alarms.state.${state}`), csv: ({ state }) => state },
  { id: 'who', header: t('audit.column.actor'), width: '12rem', hideBelow: 'md', cell: ({ actor, ip }) => actor?.name ?? actor?.id ?? ip, csv: ({ actor }) => actor?.name },
  { id: 'count', header: t('alarms.column.count'), width: '6rem', align: 'end', hideBelow: 'md', cell: ({ count }) => number(count), csv: ({ count }) => count },
  { id: 'last', header: t('alarms.column.last'), width: '9rem', cell: ({ lastAt }) => <Time at={lastAt} />, csv: ({ lastAt }) => lastAt },
]; // prettier-ignore

function Events({ search, show }: { search: SecuritySearch; show: (next: Loose<SecuritySearch>) => void }) {
  const filtered = search.state !== undefined || search.severity !== undefined;
  return (
    <DataTable
      name="security-events"
      className="flex-1"
      label={t('alarms.title')}
      columns={useMemo(() => columns((event) => show({ event })), [show])}
      source={usePages<SecurityEvent>('/security-events', securityQuery(search))}
      rowId={({ id }) => id}
      toolbar={
        <>
          <Filter
            label={t('alarms.column.severity')}
            value={search.severity}
            onChange={(severity) => show({ severity })}
            choices={SEVERITIES.map((value) => ({ value, label: t(`alarms.severity.${value}`) }))}
          />
          <Filter
            label={t('alarms.column.state')}
            value={search.state}
            onChange={(state) => show({ state })}
            choices={STATES.map((value) => ({ value, label: t(`alarms.state.${value}`) }))}
          />
          <FilterToggle label={t('alarms.all')} on={search.all === true} onChange={(on) => show({ all: on || undefined })} />
        </>
      }
      empty={
        <EmptyState icon={ShieldCheck} title={t(filtered ? 'alarms.none' : 'alarms.empty')}>
          {t(filtered ? 'audit.none.text' : 'alarms.empty.text')}
        </EmptyState>
      }
    />
  );
}

/** What rules raised from the trail, and the rules. */
export function SecurityPage({ search }: { search: SecuritySearch }) {
  const navigate = useNavigate();
  const show = useMemo(
    () => (next: Loose<SecuritySearch>) =>
      void navigate({ to: '/settings/security-events', search: (now) => compact<SecuritySearch>({ ...(now as SecuritySearch), ...next }), replace: true }),
    [navigate],
  );
  return (
    <PageFrame title={t('alarms.title')} facts={t('alarms.lead')} width="fill">
      <Tabs
        fill
        label={t('alarms.title')}
        value={search.tab ?? 'events'}
        onChange={(tab) => show({ tab: tab === 'events' ? undefined : tab })}
        tabs={[
          { value: 'events', label: t('alarms.tab.events'), content: <Events search={search} show={show} /> },
          { value: 'rules', label: t('alarms.tab.rules'), content: <SecurityRules /> },
        ]}
      />
      {search.event && <SecurityDrawer id={search.event} onClose={() => show({ event: undefined })} />}
    </PageFrame>
  );
} // prettier-ignore
