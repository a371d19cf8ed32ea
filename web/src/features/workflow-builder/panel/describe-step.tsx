import { Check, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { useAsk } from '#features/workflows/ai/api.ts';
import { Points } from '#features/workflows/ai/facts.tsx';
import { NoModel, OriginNote } from '#features/workflows/ai/origin-note.tsx';
import type { NodeGenerated } from '#features/workflows/ai/types.ts';
import { diffOf } from '#features/workflows/diff-rules.ts';
import type { GraphNode as PlainNode } from '#features/workflow-graph/types.ts';
import { Button } from '#ui/button.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { changeNode } from '../graph/acts.ts';
import { graphOf } from '../graph/doc.ts';
import { edit, useBuilder, useDoc, useStore } from '../state/store.ts';
import type { Config, Graph, GraphNode } from '../types.ts';

const alone = (node: GraphNode, config: Config) => ({ nodes: [{ ...node, config } as unknown as PlainNode], connections: [] });

/** The configuration that was made, beside the one that is there. */
function Made({ node, made, onTake, onLeave }: { node: GraphNode; made: NodeGenerated; onTake: () => void; onLeave: () => void }) {
  const { changes } = diffOf(alone(node, node.config), alone(node, made.config));
  return (
    <div className="flex min-w-0 flex-col gap-3" data-made>
      <OriginNote origin={made} />
      {made.explanation && <p className="[overflow-wrap:anywhere]">{made.explanation}</p>}
      {changes.length === 0 ? (
        <p className="text-ink-2">{t('assist.step.same')}</p>
      ) : (
        <div className="overflow-hidden rounded-md border border-line">
          <DiffView changes={changes} />
        </div>
      )}
      {made.findings.length > 0 && <Points items={made.findings.map(({ message }) => message)} />}
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onLeave}>
          {t('assist.reject')}
        </Button>
        <Button size="sm" variant="primary" disabled={changes.length === 0} icon={<Check aria-hidden className="size-3.5" />} onClick={onTake}>
          {t('assist.take')}
        </Button>
      </div>
    </div>
  );
}

interface DescribeBody {
  type: string;
  description: string;
  workflowId: string;
  nodeId: string;
  graph: Graph;
}
/** Fills in the form of a step from words; what comes of it is looked at before it is taken over, and one undo takes it back. */
export function DescribeStep({ node, onClose }: { node: GraphNode; onClose: () => void }) {
  const store = useStore();
  const doc = useDoc();
  const workflowId = useBuilder((state) => state.workflowId);
  const blocked = useBlocked('ai:generate');
  const [description, setDescription] = useState('');
  const { ask, answer, busy, error, reset } = useAsk<DescribeBody, NodeGenerated>('/nodes/generate');
  const may = description.trim().length >= 3;
  const send = (): void => {
    if (may && !busy && !blocked) ask({ type: node.type, description: description.trim(), workflowId, nodeId: node.id, graph: graphOf(doc) });
  };
  const take = (config: Config): void => {
    edit(store, t('assist.step.configured', { name: node.name }), (now) => changeNode(now, node.id, (one) => ({ ...one, config })));
    onClose();
  };
  return (
    <section aria-label={t('assist.step.describe')} className="flex flex-col gap-3 rounded-md border border-line bg-quiet-wash p-3">
      {!answer && <NoModel instead={t('assist.model.none.step')} />}
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={t('assist.step.what')}>
          {(control) => <Textarea {...control} maxLength={4_000} value={description} onChange={(event) => setDescription(event.target.value)} />}
        </Field>
        <div className="flex items-center justify-end gap-2">
          <span role="status" className="me-auto text-ink-2">
            {busy && t('assist.thinking')}
          </span>
          <Button type="submit" size="sm" blocked={blocked} busy={busy} disabled={!may} icon={<WandSparkles aria-hidden className="size-3.5" />}>
            {t('assist.propose')}
          </Button>
        </div>
      </form>
      {error && <ProblemView error={error} />}
      {answer && <Made node={node} made={answer} onTake={() => take(answer.config)} onLeave={reset} />}
    </section>
  );
}
