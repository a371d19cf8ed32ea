import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, CircleAlert, Download, Ellipsis, Settings2, Trash2, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnections } from '#features/clouds/api.ts';
import { TargetAudit, TargetChanges } from '#features/clouds/server-changes.tsx';
import { AtWork, Waiting } from '#features/review/at-work.tsx';
import { t } from '#lib/i18n.ts';
import { compact, type Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Environment } from '#ui/environment.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { useZone } from './api.ts';
import { digLine, serverOf } from './dig.ts';
import type { ZoneSearch } from './filters.ts';
import { HistoryTab } from './history-tab.tsx';
import { PropagationTab } from './propagation-tab.tsx';
import { RecordsTab } from './records-tab.tsx';
import type { Zone } from './types.ts';
import { ZoneDialog } from './zone-dialogs.tsx';

type Show = (next: Loose<ZoneSearch>) => void;

function ZoneActions({ zone, show }: { zone: Zone; show: Show }) {
  const blocked = (permission: string, may: boolean) => (may ? null : t('server.blocked.permission', { permission }));
  const atWork = zone.openChange ? t('server.blocked.change', { number: zone.openChange.number ?? t('server.blocked.another') }) : null;
  const mayImport = blocked('dns:import', useCan('dns:import'));
  const mayExport = blocked('dns:export', useCan('dns:export'));
  const mayUpdate = blocked('dns:update', useCan('dns:update'));
  const mayDelete = blocked('dns:delete', useCan('dns:delete'));
  return (
    <>
      <Button icon={<Upload aria-hidden className="size-3.5" />} blocked={mayImport ?? atWork} onClick={() => show({ ask: 'import' })}>
        {t('zone.import')}
      </Button>
      <Button icon={<Download aria-hidden className="size-3.5" />} blocked={mayExport} onClick={() => show({ ask: 'export' })}>
        {t('zone.export')}
      </Button>
      <Menu
        align="end"
        className="w-64"
        trigger={
          <Button size="icon" aria-label={t('change.act.more')}>
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem icon={<Settings2 aria-hidden />} blocked={mayUpdate ?? atWork} onSelect={() => show({ ask: 'settings' })}>
          {t('zone.settings')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          danger
          icon={<Trash2 aria-hidden />}
          blocked={mayDelete ?? atWork ?? (zone.protection.delete ? t('server.blocked.protected') : null)}
          onSelect={() => show({ ask: 'delete' })}
        >
          {t('zone.delete')}
        </MenuItem>
      </Menu>
    </>
  );
}

/** How to see with one's own eyes what the zone's server answers. */
function Dig({ zone }: { zone: Zone }) {
  const connection = useConnections().find(({ id }) => id === zone.connectionId);
  const server = serverOf(zone, connection);
  if (!server) return null;
  const line = digLine(server, zone.name, 'SOA');
  return (
    <span className="inline-flex min-w-0 items-center gap-0.5 rounded-sm bg-quiet-wash ps-1.5">
      <code className="min-w-0 truncate text-xs">{line}</code>
      <CopyButton text={line} label={t('zone.dig.copy')} />
    </span>
  );
}

const Facts = ({ zone }: { zone: Zone }) => (
  <>
    <State of="resource" value={zone.state} />
    {zone.environment && <Environment name={zone.environment} />}
    <span>{t('zones.records', { count: zone.recordCount })}</span>
    {zone.serial !== null && (
      <span>
        {t('zones.column.serial')} <code className="text-xs">{zone.serial}</code>
      </span>
    )}
    <Dig zone={zone} />
  </>
);

/** One zone: its records with what is staged, how they spread, and what became of them over time. */
export function ZonePage({ id, search }: { id: string; search: ZoneSearch }) {
  const navigate = useNavigate();
  const { data: zone, error, refetch } = useZone(id);
  const mayChanges = useCan('changes:read');
  const mayAudit = useCan('audit:read');
  const show: Show = (next) =>
    void navigate({ to: '/infrastructure/dns/$id', params: { id }, search: compact<ZoneSearch>({ ...search, ...next }), replace: true });
  if (!zone) return error ? <ProblemView error={error} size="page" retry={() => void refetch()} /> : <ZoneSkeleton />;

  const tab = (value: NonNullable<ZoneSearch['tab']>, label: string, content: ReactNode): Tab<typeof value> => ({ value, label, content });
  const tabs = [
    tab('records', t('zone.tab.records'), <RecordsTab zone={zone} search={search} show={show} />),
    tab('propagation', t('zone.tab.propagation'), <PropagationTab zone={zone} search={search} show={show} />),
    tab('history', t('zone.tab.history'), <HistoryTab zone={zone} />),
    ...(mayChanges ? [tab('changes', t('server.tab.changes'), <TargetChanges targetId={zone.id} name="zone-changes" />)] : []),
    ...(mayAudit ? [tab('audit', t('change.tab.audit'), <TargetAudit targetId={zone.id} name="zone-audit" />)] : []),
    tab('json', t('change.tab.json'), <JsonView label={t('change.tab.json')} value={zone} />),
  ];
  return (
    <PageFrame
      title={zone.unicodeName}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/infrastructure/dns" className="rounded-sm hover:text-ink hover:underline">
            {t('zones.title')}
          </Link>
          {zone.unicodeName !== zone.name && (
            <>
              <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
              <code>{zone.name}</code>
            </>
          )}
        </span>
      }
      facts={<Facts zone={zone} />}
      actions={<ZoneActions zone={zone} show={show} />}
    >
      {zone.openChange && <AtWork change={zone.openChange} />}
      <Waiting targetId={zone.id} />
      {zone.stateReason && (
        <p role="status" className="flex items-start gap-2 rounded-lg border border-bad/35 bg-bad-wash px-4 py-2.5">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          {zone.stateReason}
        </p>
      )}
      <Tabs
        label={t('zone.tabs')}
        value={search.tab ?? 'records'}
        tabs={tabs}
        onChange={(next) => show({ tab: next === 'records' ? undefined : next, name: undefined })}
      />
      {search.ask && <ZoneDialog ask={search.ask} zone={zone} onClose={() => show({ ask: undefined })} />}
    </PageFrame>
  );
}

const ZoneSkeleton = () => (
  <div role="status" className="mx-auto flex w-full max-w-[120rem] flex-col gap-5 px-4 py-5 sm:px-6">
    <span className="sr-only">{t('state.loading')}</span>
    <div className="flex flex-col gap-2">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="h-7 w-64 max-w-full" />
      <Skeleton className="h-5 w-96 max-w-full" />
    </div>
    <Skeleton className="h-9 w-full" />
    <Skeleton className="h-96 rounded-lg" />
  </div>
);
