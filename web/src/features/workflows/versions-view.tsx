import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GitCompare, History, RotateCcw, Rocket } from 'lucide-react';
import { useState } from 'react';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { textOf, type RawSearch } from '#lib/search.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import type { VersionSummary, Workflow } from './types.ts';
import { VersionDiff } from './version-diff.tsx';

type Asked = { act: 'publish' | 'restore'; number: number };

/** Edits of a draft leave no Change, so there is no plan to show. */
function Restore({ workflow, number, onClose }: { workflow: Workflow; number: number; onClose: () => void }) {
  const client = useQueryClient();
  const { id, revision } = workflow;
  const restore = async (): Promise<void> => {
    await run('POST', `/workflows/${id}/versions/${number}/restore`, { body: {} }, { ifMatch: revision });
    toast.done(t('workflows.restored', { number }));
    await client.invalidateQueries({ queryKey: ['/workflows'] });
  };
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('workflows.restore.of', { number })}
      action={t('workflows.restore')}
      onConfirm={restore}
    >
      {t('workflows.restore.text')}
    </Confirm>
  );
}

interface LineProps {
  version: VersionSummary;
  before: number | undefined;
  workflow: Workflow;
  onAsk: (asked: Asked) => void;
  onCompare: (from: string, to: string) => void;
}
function Line({ version, before, workflow, onAsk, onCompare }: LineProps) {
  const { number, active, note, author, createdAt, publishedAt } = version;
  const archived = workflow.status === 'archived' ? t('workflows.blocked.archived') : null;
  const update = archived ?? (workflow.may.update ? null : t('blocked.permission', { permission: 'workflows:update' }));
  const publish = archived ?? (workflow.may.publish ? null : t('blocked.permission', { permission: 'workflows:publish' }));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 flex-[1_1_16rem] flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{t('workflows.version', { number })}</span>
          {active && <Badge tone="good">{t('workflows.active')}</Badge>}
          {!publishedAt && <Badge tone="outline">{t('workflows.neverActive')}</Badge>}
        </p>
        {note && <p className="text-ink-2 [overflow-wrap:anywhere]">{note}</p>}
        <p className="text-xs text-ink-3">
          {author.name} · <Time at={createdAt} /> · {t('workflows.nodes', { count: version.nodes })}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {before !== undefined && (
          <Button
            size="sm"
            variant="ghost"
            icon={<GitCompare aria-hidden className="size-3.5" />}
            onClick={() => onCompare(String(before), String(number))}
          >
            {t('workflows.compare.before')}
          </Button>
        )}
        <Button size="sm" variant="ghost" icon={<GitCompare aria-hidden className="size-3.5" />} onClick={() => onCompare(String(number), 'draft')}>
          {t('workflows.compare.draft')}
        </Button>
        <Button size="sm" blocked={update} icon={<RotateCcw aria-hidden className="size-3.5" />} onClick={() => onAsk({ act: 'restore', number })}>
          {t('workflows.restore')}
        </Button>
        {!active && (
          <Button size="sm" blocked={publish} icon={<Rocket aria-hidden className="size-3.5" />} onClick={() => onAsk({ act: 'publish', number })}>
            {t('workflows.publish.again')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Every version that is kept: what each changed, and the way back to it. */
export function VersionsView({ workflow, search }: { workflow: Workflow; search: RawSearch }) {
  const navigate = useNavigate();
  const source = usePages<VersionSummary>(`/workflows/${workflow.id}/versions`);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [from, to] = [textOf(search['from'], 10), textOf(search['to'], 10)];
  const compare = (next: { from?: string; to?: string }) =>
    void navigate({ to: '/workflows/$id/$view', params: { id: workflow.id, view: 'versions' }, search: next, replace: true });
  if (source.error && source.rows.length === 0) return <ProblemView error={source.error} retry={source.retry} />;
  if (source.loading) return <SkeletonText lines={6} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {from && to && <VersionDiff workflow={workflow} from={from} to={to} onClose={() => compare({})} />}
      <Card flush title={t('workflows.view.versions')}>
        {source.rows.length === 0 ? (
          <EmptyState icon={History} title={t('workflows.versions.empty')}>
            {t('workflows.versions.empty.text')}
          </EmptyState>
        ) : (
          <ul aria-label={t('workflows.view.versions')}>
            {source.rows.map((version, at) => (
              <Line
                key={version.number}
                version={version}
                before={source.rows[at + 1]?.number}
                workflow={workflow}
                onAsk={setAsked}
                onCompare={(begin, end) => compare({ from: begin, to: end })}
              />
            ))}
          </ul>
        )}
      </Card>
      {source.hasMore && (
        <Button className="self-center" busy={source.loadingMore} onClick={source.loadMore}>
          {t('workflows.versions.more')}
        </Button>
      )}
      {asked?.act === 'publish' && <PublishDialog workflow={workflow} number={asked.number} onClose={() => setAsked(null)} />}
      {asked?.act === 'restore' && <Restore workflow={workflow} number={asked.number} onClose={() => setAsked(null)} />}
    </div>
  );
}
