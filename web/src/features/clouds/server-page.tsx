import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, CircleAlert } from 'lucide-react';
import { AtWork, Waiting } from '#features/review/at-work.tsx';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Environment } from '#ui/environment.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { Time } from '#ui/time.tsx';
import { Address } from './address.tsx';
import { serverQuery } from './api.ts';
import { DriftBadge } from './drift-badge.tsx';
import type { ServerSearch } from './filters.ts';
import { ServerActions } from './server-actions.tsx';
import { TargetAudit, TargetChanges } from './server-changes.tsx';
import { ServerDialog } from './server-dialogs.tsx';
import { ServerOverview } from './server-overview.tsx';
import type { Server } from './types.ts';

const Notice = ({ server }: { server: Server }) => (
  <>
    {server.openChange && <AtWork change={server.openChange} />}
    <Waiting targetId={server.id} />
    {server.statusReason && (
      <p role="status" className="flex items-start gap-2 rounded-lg border border-bad/35 bg-bad-wash px-4 py-2.5">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <span>
          {server.statusReason.text} <code className="text-xs text-ink-2">{server.statusReason.code}</code>
        </span>
      </p>
    )}
    {server.status === 'pending_delete' && server.purgeAfter && (
      <p role="status" className="rounded-lg border border-warn/35 bg-warn-wash px-4 py-2.5">
        {t('server.grace')} <Time at={server.purgeAfter} />
      </p>
    )}
  </>
);

/** One server: its state, what can be done with it, what it is, and all that happened to it. */
export function ServerPage({ id, search }: { id: string; search: ServerSearch }) {
  const navigate = useNavigate();
  const { data: server, error, refetch } = useQuery(serverQuery(id));
  const mayChanges = useCan('changes:read');
  const mayAudit = useCan('audit:read');
  const show = (next: ServerSearch) => void navigate({ to: '/infrastructure/servers/$id', params: { id }, search: next, replace: true });
  if (!server) return error ? <ProblemView error={error} size="page" retry={() => void refetch()} /> : <ServerSkeleton />;

  const { ask, tab = 'overview' } = search;
  const keep: ServerSearch = search.tab ? { tab: search.tab } : {};
  const tabs: Tab<NonNullable<ServerSearch['tab']>>[] = [
    { value: 'overview', label: t('change.tab.overview'), content: <ServerOverview server={server} /> },
    ...(mayChanges
      ? [{ value: 'changes' as const, label: t('server.tab.changes'), content: <TargetChanges targetId={server.id} name="server-changes" /> }]
      : []),
    ...(mayAudit
      ? [{ value: 'audit' as const, label: t('change.tab.audit'), content: <TargetAudit targetId={server.id} name="server-audit" /> }]
      : []),
    { value: 'json', label: t('change.tab.json'), content: <JsonView label={t('change.tab.json')} value={server} /> },
  ];
  return (
    <PageFrame
      title={server.name}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/infrastructure/servers" className="rounded-sm hover:text-ink hover:underline">
            {t('servers.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
          <span>{server.region}</span>
        </span>
      }
      facts={
        <>
          <State of="resource" value={server.status} />
          {server.environment && <Environment name={server.environment} />}
          <DriftBadge drift={server.drift} />
          {server.publicIpv4 && <Address value={server.publicIpv4} />}
        </>
      }
      actions={<ServerActions server={server} onAct={(action) => show({ ...keep, ask: action })} />}
    >
      <Notice server={server} />
      <Tabs label={t('server.tabs')} value={tab} tabs={tabs} onChange={(next) => show(next === 'overview' ? {} : { tab: next })} />
      {ask && <ServerDialog key={ask} action={ask} server={server} onClose={() => show(keep)} />}
    </PageFrame>
  );
}

const ServerSkeleton = () => (
  <div role="status" className="mx-auto flex w-full max-w-[120rem] flex-col gap-5 px-4 py-5 sm:px-6">
    <span className="sr-only">{t('state.loading')}</span>
    <div className="flex flex-col gap-2">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-7 w-56 max-w-full" />
      <Skeleton className="h-5 w-64 max-w-full" />
    </div>
    <Skeleton className="h-9 w-full" />
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-20 rounded-lg" />
        <Skeleton className="h-32 rounded-lg" />
      </div>
      <Skeleton className="h-72 rounded-lg" />
    </div>
  </div>
);
