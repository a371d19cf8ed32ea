import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, FlaskConical, Pencil, Play, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { TestDialog } from './test-dialog.tsx';
import type { TestResult, Workflow, WorkflowTest } from './types.ts';

const Result = ({ result }: { result: TestResult }) => (
  <div className="flex flex-col gap-1">
    <p className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
      <Badge tone={result.passed ? 'good' : 'bad'} icon={result.passed ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}>
        {t(result.passed ? 'workflows.test.passed' : 'workflows.test.failed')}
      </Badge>
      <Time at={result.at} />
      {result.executionId && (
        <Link to="/executions/$id" params={{ id: result.executionId }} className="text-accent hover:underline">
          {t('workflows.test.execution')}
        </Link>
      )}
    </p>
    {result.failures.map(({ expression, message }, at) => (
      <p key={at} className="text-bad [overflow-wrap:anywhere]">
        <code>{expression}</code> {message}
      </p>
    ))}
  </div>
);

interface LineProps {
  test: WorkflowTest;
  blocked: string | null;
  onEdit: () => void;
  onDelete: () => void;
  onRun: () => void;
  busy: boolean;
}
const Line = ({ test, blocked, onEdit, onDelete, onRun, busy }: LineProps) => (
  <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
    <div className="flex min-w-0 flex-[1_1_16rem] flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {test.name}
        {!test.enabled && <Badge tone="outline">{t('workflows.test.off')}</Badge>}
      </p>
      <p className="text-xs text-ink-3">{t('workflows.test.assertions', { count: test.assertions.length })}</p>
      {test.lastResult && <Result result={test.lastResult} />}
    </div>
    <div className="flex items-center gap-1">
      <Button size="sm" busy={busy} blocked={blocked} icon={<Play aria-hidden className="size-3.5" />} onClick={onRun}>
        {t('workflows.test.run')}
      </Button>
      <Button variant="ghost" size="icon-sm" blocked={blocked} aria-label={t('workflows.test.edit', { name: test.name })} onClick={onEdit}>
        <Pencil aria-hidden className="size-3.5" />
      </Button>
      <Button variant="ghost" size="icon-sm" blocked={blocked} aria-label={t('workflows.test.delete', { name: test.name })} onClick={onDelete}>
        <Trash2 aria-hidden className="size-3.5" />
      </Button>
    </div>
  </li>
);

/** Runs with known inputs and what must come of them; they run before each publish. */
export function TestsView({ workflow }: { workflow: Workflow }) {
  const client = useQueryClient();
  const path = `/workflows/${workflow.id}/tests`;
  const source = usePages<WorkflowTest>(path);
  const [editing, setEditing] = useState<WorkflowTest | 'new' | null>(null);
  const [deleting, setDeleting] = useState<WorkflowTest | null>(null);
  const again = () => client.invalidateQueries({ queryKey: [path] });
  const running = useMutation({
    mutationFn: (tests: readonly WorkflowTest[]) => request<unknown>('POST', `${path}/run`, { body: { tests: tests.map(({ id }) => id) } }),
    onSettled: again,
    onError: toast.failed,
  });
  const blocked =
    workflow.status === 'archived' ? t('workflows.blocked.archived') : workflow.may.update ? null : t('blocked.permission', { permission: 'workflows:update' });
  const blockedRun = workflow.may.debug ? null : t('blocked.permission', { permission: 'workflows:debug' });
  if (source.error && source.rows.length === 0) return <ProblemView error={source.error} retry={source.retry} />;
  if (source.loading) return <SkeletonText lines={5} />;
  const add = (
    <Button size="sm" variant="primary" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setEditing('new')}>
      {t('workflows.test.new')}
    </Button>
  );
  const busy = (id: string): boolean => running.isPending && running.variables.some((test) => test.id === id);
  return (
    <>
      <Card
        flush
        title={t('workflows.view.tests')}
        aside={
          source.rows.length > 0 && (
            <>
              <Button size="sm" blocked={blockedRun} busy={running.isPending && running.variables.length > 1} icon={<Play aria-hidden className="size-3.5" />} onClick={() => running.mutate(source.rows)}>
                {t('workflows.test.runAll')}
              </Button>
              {add}
            </>
          )
        }
      >
        {source.rows.length === 0 ? (
          <EmptyState icon={FlaskConical} title={t('workflows.test.empty')} action={add}>
            {t('workflows.test.empty.text')}
          </EmptyState>
        ) : (
          <ul aria-label={t('workflows.view.tests')}>
            {source.rows.map((test) => (
              <Line key={test.id} test={test} blocked={blocked ?? blockedRun} busy={busy(test.id)} onRun={() => running.mutate([test])} onEdit={() => setEditing(test)} onDelete={() => setDeleting(test)} />
            ))}
          </ul>
        )}
      </Card>
      {editing && <TestDialog workflowId={workflow.id} test={editing === 'new' ? null : editing} onSaved={() => void again()} onClose={() => setEditing(null)} />}
      {deleting && (
        <Confirm
          open
          danger
          onOpenChange={(open) => !open && setDeleting(null)}
          title={t('workflows.test.delete', { name: deleting.name })}
          action={t('workflows.test.delete.act')}
          onConfirm={() => run('DELETE', `${path}/${deleting.id}`).then(again)}
        >
          {t('workflows.test.delete.text')}
        </Confirm>
      )}
    </>
  );
} // prettier-ignore
