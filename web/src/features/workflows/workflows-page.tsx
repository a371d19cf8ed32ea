import { Link, useNavigate } from '@tanstack/react-router';
import { ChartLine, FileInput, LayoutGrid, LayoutTemplate, List, ListFilter, Plus, WandSparkles, Workflow as WorkflowIcon } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ActDialog } from './act-dialog.tsx';
import type { Act } from './acts.tsx';
import { BulkActs } from './bulk-acts.tsx';
import { CardGrid } from './card-grid.tsx';
import { workflowColumns, workflowCompact } from './columns.tsx';
import { ListFilters } from './list-filters.tsx';
import { NewDialog } from './new-dialog.tsx';
import { isFiltered, workflowsQuery, workflowsSearch, type Look, type Start, type WorkflowsSearch } from './search.ts';
import type { WorkflowSummary } from './types.ts';

const STARTS = [
  ['blank', Plus],
  ['describe', WandSparkles],
  ['template', LayoutTemplate],
  ['import', FileInput],
] as const;

/** The ways to start, for whoever has none yet. */
const Ways = ({ blocked, onStart }: { blocked: string | null; onStart: (start: Start) => void }) => (
  <div className="flex flex-wrap justify-center gap-2">
    {STARTS.map(([start, Icon], at) => (
      <Button key={start} variant={at === 0 ? 'primary' : 'secondary'} blocked={blocked} icon={<Icon aria-hidden className="size-3.5" />} onClick={() => onStart(start)}>
        {t(`workflows.start.${start}`)}
      </Button>
    ))}
  </div>
); // prettier-ignore

const LookSwitch = ({ look, onChange }: { look: Look; onChange: (look: Look) => void }) => (
  <span role="group" aria-label={t('workflows.look')} className="inline-flex shrink-0 rounded-md border border-line-strong">
    {([['grid', LayoutGrid], ['list', List]] as const).map(([value, Icon]) => (
      <Button key={value} variant="ghost" size="icon-sm" aria-pressed={look === value} aria-label={t(`workflows.look.${value}`)} className="aria-pressed:bg-press aria-pressed:text-ink" onClick={() => onChange(value)}>
        <Icon aria-hidden className="size-3.5" />
      </Button>
    ))}
  </span>
); // prettier-ignore

/** Every workflow: as cards or as a list, found by text, status, trigger, tag and folder. */
export function WorkflowsPage({ search: raw }: { search: WorkflowsSearch }) {
  const search = workflowsSearch({ ...raw });
  const navigate = useNavigate();
  const blocked = useBlocked('workflows:create');
  const [acting, setActing] = useState<{ workflow: WorkflowSummary; act: Act } | null>(null);
  const source = usePages<WorkflowSummary>('/workflows', workflowsQuery(search));
  const look = search.look ?? 'grid';
  const show = (next: Loose<WorkflowsSearch>) =>
    void navigate({ to: '/workflows', search: compact<WorkflowsSearch>({ ...search, ...next }), replace: true });
  const onAct = (workflow: WorkflowSummary, act: Act) => setActing({ workflow, act });
  const columns = workflowColumns(onAct);
  const empty = isFiltered(search) ? (
    <EmptyState
      icon={ListFilter}
      title={t('workflows.none')}
      action={<Button onClick={() => show({ q: undefined, status: undefined, trigger: undefined, tag: undefined, folder: undefined, failed: undefined })}>{t('workflows.none.all')}</Button>}
    >
      {t('workflows.none.text')}
    </EmptyState>
  ) : (
    <EmptyState icon={WorkflowIcon} title={t('workflows.empty')} action={<Ways blocked={blocked} onStart={(start) => show({ new: start })} />}>
      {t('workflows.empty.text')}
    </EmptyState>
  ); // prettier-ignore
  const toolbar = (
    <>
      <ListFilters search={search} rows={source.rows} show={show} />
      <LookSwitch look={look} onChange={(next) => show({ look: next === 'grid' ? undefined : next })} />
    </>
  );
  return (
    <PageFrame
      title={t('workflows.title')}
      facts={t('workflows.lead')}
      width="fill"
      actions={
        <>
          <Button asChild>
            <Link to="/workflows/metrics">
              <ChartLine aria-hidden className="size-3.5" />
              {t('metrics.title')}
            </Link>
          </Button>
          <Button asChild>
            <Link to="/workflows/templates">
              <LayoutTemplate aria-hidden className="size-3.5" />
              {t('workflows.templates')}
            </Link>
          </Button>
          <Button
            variant="primary"
            data-hotkey="n"
            blocked={blocked}
            icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => show({ new: 'blank' })}
          >
            {t('workflows.new')}
          </Button>
        </>
      }
    >
      {look === 'grid' ? (
        <CardGrid source={source} toolbar={toolbar} empty={empty} onAct={onAct} />
      ) : (
        <DataTable
          name="workflows"
          className="flex-1"
          label={t('workflows.title')}
          columns={columns}
          source={source}
          rowId={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/workflows/$id', params: { id } })}
          compact={workflowCompact}
          sort={search.sort}
          onSort={(sort) => show({ sort })}
          bulk={(rows, clear) => <BulkActs chosen={rows} clear={clear} />}
          toolbar={toolbar}
          empty={empty}
        />
      )}
      {search.new && <NewDialog start={search.new} onStart={(start) => show({ new: start })} onClose={() => show({ new: undefined })} />}
      {acting && <ActDialog {...acting} onClose={() => setActing(null)} onGone={() => setActing(null)} />}
    </PageFrame>
  );
}
