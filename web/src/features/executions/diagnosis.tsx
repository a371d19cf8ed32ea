import { useNavigate } from '@tanstack/react-router';
import { Pencil, Stethoscope } from 'lucide-react';
import { useMemo, useState } from 'react';
import { docOf } from '#features/workflow-builder/graph/doc.ts';
import type { Graph } from '#features/workflow-builder/types.ts';
import { useAsk } from '#features/workflows/ai/api.ts';
import { Part, Points } from '#features/workflows/ai/facts.tsx';
import { handOver } from '#features/workflows/ai/handover.ts';
import { OriginNote } from '#features/workflows/ai/origin-note.tsx';
import { Proposals } from '#features/workflows/ai/proposals.tsx';
import type { Diagnosed } from '#features/workflows/ai/types.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Time } from '#ui/time.tsx';
import type { Execution } from './types.ts';

interface Shown {
  onNode: (nodeId: string) => void;
  onLogs: () => void;
}
type Evidence = Diagnosed['evidence'][number];

/** Where a piece of evidence can be seen; null where there is nothing to open. */
function useWayTo(execution: Execution, { onNode, onLogs }: Shown): (evidence: Evidence) => (() => void) | null {
  const navigate = useNavigate();
  return ({ kind, id }) => {
    if (kind === 'log') return onLogs;
    if (kind === 'history') return () => void navigate({ to: '/executions/$id', params: { id } });
    if (kind === 'change') {
      const number = execution.changes.find((change) => change.id === id)?.number;
      return number === undefined ? null : () => void navigate({ to: '/changes/$id', params: { id: number } });
    }
    const nodeId = execution.nodes.find((record) => record.id === id)?.nodeId;
    return nodeId === undefined ? null : () => onNode(nodeId);
  };
}

function EvidenceList({ execution, evidence, shown }: { execution: Execution; evidence: readonly Evidence[]; shown: Shown }) {
  const wayTo = useWayTo(execution, shown);
  return (
    <Part title={t('diagnosis.evidence')}>
      <ul className="flex flex-col gap-1.5">
        {evidence.map((one, at) => {
          const go = wayTo(one);
          return (
            <li key={at} className="flex flex-wrap items-baseline gap-x-2">
              <Badge tone="outline">{t(`diagnosis.evidence.${one.kind}`)}</Badge>
              <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{one.text}</span>
              {one.at && (
                <span className="text-xs text-ink-3">
                  <Time at={one.at} short />
                </span>
              )}
              {go && (
                <button type="button" className="rounded-sm text-xs text-accent hover:underline" onClick={go}>
                  {t('diagnosis.look')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Fixes({ execution, found }: { execution: Execution; found: Diagnosed }) {
  const navigate = useNavigate();
  const blocked = useBlocked('workflows:update');
  const doc = useMemo(() => docOf((execution.graph ?? { nodes: [], connections: [] }) as unknown as Graph), [execution.graph]);
  const all = useMemo(() => new Set(found.ops.keys()), [found]);
  const open = (): void => {
    const { ops, source, model, usage, notice } = found;
    handOver({ workflowId: found.workflowId, proposed: { title: t('diagnosis.handed'), ops, origin: { source, model, usage, notice } } });
    void navigate({ to: '/workflows/$id/edit', params: { id: found.workflowId } });
  };
  return (
    <Part title={t('diagnosis.fixes')}>
      <Proposals label={t('diagnosis.fixes')} doc={doc} proposals={found.ops} chosen={all} />
      <div>
        <Button size="sm" blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={open}>
          {t('diagnosis.open')}
        </Button>
      </div>
    </Part>
  );
}

function Found({ execution, found, shown }: { execution: Execution; found: Diagnosed; shown: Shown }) {
  const { cause, evidence, ops, advice } = found;
  const { nodeId } = cause ?? {};
  return (
    <div className="flex min-w-0 flex-col gap-4" data-diagnosis>
      <OriginNote origin={found} />
      {cause ? (
        <div className="flex flex-col gap-1">
          <p className="text-base [overflow-wrap:anywhere]">{cause.text}</p>
          <p className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
            <Badge tone={cause.certain ? 'bad' : 'warn'}>{t(cause.certain ? 'diagnosis.certain' : 'diagnosis.probable')}</Badge>
            <code>{cause.type}</code> {cause.class}
            {nodeId && (
              <button type="button" className="rounded-sm text-accent hover:underline" onClick={() => shown.onNode(nodeId)}>
                {t('diagnosis.at', { node: cause.nodeKey ?? '' })}
              </button>
            )}
          </p>
        </div>
      ) : (
        <p>{t('diagnosis.none')}</p>
      )}
      {evidence.length > 0 && <EvidenceList execution={execution} evidence={evidence} shown={shown} />}
      {advice.length > 0 && (
        <Part title={t('diagnosis.advice')}>
          <Points items={advice} />
        </Part>
      )}
      {ops.length > 0 && <Fixes execution={execution} found={found} />}
    </div>
  );
}

/** Why an execution failed, what that rests on, and what would help. Nothing is changed by asking. */
export function Diagnosis({ execution, ...shown }: { execution: Execution } & Shown) {
  const blocked = useBlocked('ai:generate');
  const [open, setOpen] = useState(false);
  const { ask, answer, busy, error } = useAsk<object, Diagnosed>(`/executions/${execution.id}/diagnose`);
  const begin = (): void => {
    setOpen(true);
    ask({});
  };
  if (!open)
    return (
      <div>
        <Button blocked={blocked} icon={<Stethoscope aria-hidden className="size-3.5" />} onClick={begin}>
          {t('diagnosis.ask')}
        </Button>
      </div>
    );
  return (
    <Card title={t('diagnosis')}>
      {busy && <p role="status">{t('diagnosis.busy')}</p>}
      {error && <ProblemView error={error} retry={begin} />}
      {answer && <Found execution={execution} found={answer} shown={shown} />}
    </Card>
  );
}
