import { useQueries } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { GraphView } from '#features/workflow-graph/graph-view.tsx';
import { useNodeTypes } from '#features/workflow-graph/node-types.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { diffOf } from './diff-rules.ts';
import type { Workflow } from './types.ts';
import { VersionNeeds } from './version-needs.tsx';

const EMPTY: Graph = { nodes: [], connections: [] };
const nameOf = (which: string): string => (which === 'draft' ? t('workflows.draft') : t('workflows.version', { number: which }));

/** Two versions, or a version and the draft, in one picture and field by field. */
export function VersionDiff({ workflow, from, to, onClose }: { workflow: Workflow; from: string; to: string; onClose: () => void }) {
  const types = useNodeTypes();
  const versions = useQueries({
    queries: [from, to].map((which) => ({
      queryKey: ['/workflows', 'version', workflow.id, which, which === 'draft' ? workflow.revision : 0],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        which === 'draft'
          ? Promise.resolve({ graph: workflow.draft })
          : request<{ graph: Graph }>('GET', `/workflows/${workflow.id}/versions/${which}`, { signal }),
    })),
  });
  const [before, after] = versions;
  const diff = useMemo(() => diffOf(before?.data?.graph ?? EMPTY, after?.data?.graph ?? EMPTY), [before?.data, after?.data]);
  const error = before?.error ?? after?.error;
  return (
    <Card
      flush
      title={t('workflows.compare.of', { from: nameOf(from), to: nameOf(to) })}
      aside={
        <Button variant="ghost" size="icon-sm" aria-label={t('workflows.compare.close')} onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      }
    >
      {error ? (
        <div className="p-4">
          <ProblemView error={error} />
        </div>
      ) : !before?.data || !after?.data ? (
        <div className="p-4">
          <SkeletonText lines={5} />
        </div>
      ) : (
        <>
          <GraphView graph={diff.graph} types={types} overlay={diff.overlay} label={t('workflows.compare.graph')} className="h-80 rounded-none border-0 border-b" />
          {diff.changes.length === 0 && diff.joins.added + diff.joins.removed === 0 ? (
            <p className="p-4 text-ink-2">{t('workflows.compare.same')}</p>
          ) : (
            <>
              <p className="border-b border-line px-4 py-2 text-xs text-ink-2">{t('workflows.compare.joins', { added: diff.joins.added, removed: diff.joins.removed })}</p>
              <DiffView changes={diff.changes} />
            </>
          )}
          <VersionNeeds workflowId={workflow.id} revision={workflow.revision} from={from} to={to} />
        </>
      )}
    </Card>
  );
} // prettier-ignore
