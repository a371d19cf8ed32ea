import { useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { number } from '#lib/formats.ts';
import type { Rows } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import type { Act } from './acts.tsx';
import { BulkActs } from './bulk-acts.tsx';
import type { WorkflowSummary } from './types.ts';
import { WorkflowCard } from './workflow-card.tsx';

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-3';

const Loading = () => (
  <div role="status" aria-busy className={GRID}>
    <span className="sr-only">{t('state.loading')}</span>
    {Array.from({ length: 6 }, (_, at) => (
      <Skeleton key={at} className="h-52 rounded-lg" />
    ))}
  </div>
);

interface CardGridProps {
  source: Rows<WorkflowSummary>;
  toolbar: ReactNode;
  empty: ReactNode;
  onAct: (workflow: WorkflowSummary, act: Act) => void;
}
/** Workflows as cards, some of which may be chosen. */
export function CardGrid({ source, toolbar, empty, onAct }: CardGridProps) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const { rows, loading, error, retry } = source;
  const chosen = rows.filter(({ id }) => ids.has(id));
  const select = (id: string, on: boolean) => setIds((now) => new Set(on ? [...now, id] : [...now].filter((one) => one !== id)));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="-my-1 flex min-w-0 items-center gap-2 overflow-x-auto py-1 [scrollbar-width:none] sm:flex-wrap">{toolbar}</div>
      {chosen.length > 0 && (
        <div role="region" aria-label={t('workflows.chosen', { count: chosen.length })} className="sticky top-2 z-10 flex flex-wrap items-center gap-2 rounded-lg bg-raised px-3 py-2 shadow-float">
          <span className="me-2 font-medium">{t('workflows.chosen', { count: chosen.length })}</span>
          <BulkActs chosen={chosen} clear={() => setIds(new Set())} />
          <Button size="sm" variant="ghost" onClick={() => setIds(new Set())}>
            {t('action.cancel')}
          </Button>
        </div>
      )}
      {error && rows.length === 0 ? (
        <ProblemView error={error} retry={retry} />
      ) : loading ? (
        <Loading />
      ) : rows.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">{empty}</div>
      ) : (
        <ul aria-label={t('workflows.title')} className={GRID}>
          {rows.map((workflow) => (
            <WorkflowCard key={workflow.id} workflow={workflow} selected={ids.has(workflow.id)} onSelect={(on) => select(workflow.id, on)} onAct={(act) => onAct(workflow, act)} />
          ))}
        </ul>
      )}
      {source.hasMore && (
        <Button className="self-center" busy={source.loadingMore} onClick={source.loadMore}>
          {t('table.more', { count: rows.length, shown: number(rows.length) })}
        </Button>
      )}
    </div>
  );
} // prettier-ignore
