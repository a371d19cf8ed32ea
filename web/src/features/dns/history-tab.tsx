import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { pagesQuery } from '#lib/pages.ts';
import { useCan } from '#lib/session.ts';
import type { Actor, Page, PlanChange } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { TOUCHED } from './api.ts';
import type { Zone } from './types.ts';

export interface ZoneVersion {
  version: number;
  at: string;
  changeId: string;
  operation: string;
  by: Actor;
  serial: number;
  created: number;
  updated: number;
  deleted: number;
}
interface SetState {
  ttl: number;
  values: string[];
}
export interface SetDifference {
  name: string;
  type: string;
  before: SetState | null;
  after: SetState | null;
}
type HistoryPage = Page<ZoneVersion> & { differences: SetDifference[] | null };

/** Differences in the form that plans have, so that both read alike. */
export const asChanges = (differences: readonly SetDifference[]): PlanChange[] =>
  differences.map(({ name, type, before, after }) => ({
    action: before === null ? 'create' : after === null ? 'delete' : 'update',
    type: 'dnsRecordSet',
    name: `${name} ${type}`,
    fields: [
      ...(before?.ttl === after?.ttl ? [] : [{ path: 'ttl', before: before?.ttl ?? null, after: after?.ttl ?? null }]),
      { path: 'values', before: before?.values.join('\n') ?? null, after: after?.values.join('\n') ?? null },
    ].filter((field) => field.before !== field.after),
  }));

const Counts = ({ version }: { version: ZoneVersion }) => (
  <span className="flex flex-wrap gap-1">
    {version.created > 0 && <Badge tone="good">+{version.created}</Badge>}
    {version.updated > 0 && <Badge tone="warn">±{version.updated}</Badge>}
    {version.deleted > 0 && <Badge tone="bad">−{version.deleted}</Badge>}
  </span>
);

/** What differs between two versions. */
function Difference({ zone, versions }: { zone: Zone; versions: readonly ZoneVersion[] }) {
  const newest = zone.revision;
  const [from, setFrom] = useState(Math.max(1, newest - 1));
  const [to, setTo] = useState(newest);
  const { data, error, refetch } = useQuery({
    queryKey: ['/dns/zones', 'difference', zone.id, from, to],
    queryFn: ({ signal }) => request<HistoryPage>('GET', `/dns/zones/${zone.id}/history`, { query: { from, to, limit: 1 }, signal }),
    enabled: from !== to,
  });
  const choices = versions.map(({ version, serial }) => ({ value: String(version), label: t('history.version', { version, serial }) }));
  const pick = (label: string, value: number, set: (value: number) => void) => (
    <Select size="sm" className="w-44!" aria-label={label} value={String(value)} onChange={(next) => set(Number(next))} choices={choices} />
  );
  return (
    <Card
      flush
      title={t('history.difference')}
      aside={
        <span className="flex flex-wrap items-center gap-1.5 py-1">
          {pick(t('history.from'), from, setFrom)} → {pick(t('history.to'), to, setTo)}
        </span>
      }
    >
      {from === to ? (
        <p className="p-4 text-ink-2">{t('history.same')}</p>
      ) : error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <div className="p-4">
          <SkeletonText />
        </div>
      ) : data.differences?.length ? (
        <DiffView changes={asChanges(data.differences)} />
      ) : (
        <p className="p-4 text-ink-2">{t('history.none')}</p>
      )}
    </Card>
  );
}

/** Every version of the zone, what differs between any two, and the way back to one. */
export function HistoryTab({ zone }: { zone: Zone }) {
  const tell = useTell();
  const mayWrite = useCan('dns:write');
  const [restoring, setRestoring] = useState<ZoneVersion | null>(null);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...pagesQuery<ZoneVersion>(`/dns/zones/${zone.id}/history`),
    // Begins with the resource's path, so that its events make it old.
    queryKey: ['/dns/zones', 'history', zone.id],
  });
  const versions = data?.pages.flatMap(({ items }) => items) ?? [];
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (isPending) return <SkeletonText lines={6} />;
  if (versions.length === 0)
    return (
      <EmptyState icon={History} title={t('history.empty.title')}>
        {t('history.empty.text')}
      </EmptyState>
    );
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <Card flush title={t('history.versions')}>
        <ol className="divide-y divide-line">
          {versions.map((version) => (
            <li key={version.version} className="flex items-start gap-3 px-4 py-2.5">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-semibold">{t('history.number', { version: version.version })}</span>
                  <code className="text-xs text-ink-3">{version.serial}</code>
                  <Counts version={version} />
                </p>
                <p className="text-xs text-ink-3">
                  {version.by.name} · <code>{version.operation}</code> · <Time at={version.at} /> ·{' '}
                  <Link to="/changes/$id" params={{ id: version.changeId }} className="text-accent underline underline-offset-2">
                    {t('audit.change')}
                  </Link>
                </p>
              </div>
              {version.version === zone.revision ? (
                <Badge>{t('history.current')}</Badge>
              ) : (
                <Button
                  size="sm"
                  blocked={mayWrite ? null : t('server.blocked.permission', { permission: 'dns:write' })}
                  onClick={() => setRestoring(version)}
                >
                  {t('history.restore')}
                </Button>
              )}
            </li>
          ))}
        </ol>
        {hasNextPage && (
          <div className="border-t border-line p-2 text-center">
            <Button variant="ghost" size="sm" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('table.more', { count: versions.length, shown: versions.length })}
            </Button>
          </div>
        )}
      </Card>
      {versions.length > 1 && <Difference key={zone.revision} zone={zone} versions={versions} />}
      {restoring && (
        <ReviewDialog
          width="xl"
          title={t('history.ask', { version: restoring.version, zone: zone.unicodeName })}
          description={t('history.ask.text')}
          call={{ method: 'POST', path: `/dns/zones/${zone.id}/history/${restoring.version}/restore`, body: {} }}
          action={t('history.restore')}
          touched={TOUCHED}
          onClose={() => setRestoring(null)}
          onOutcome={(outcome) => tell(outcome, t('history.done', { version: restoring.version }))}
        />
      )}
    </div>
  );
}
