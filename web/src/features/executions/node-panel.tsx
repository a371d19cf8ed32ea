import { useQuery } from '@tanstack/react-query';
import { RotateCcw, X } from 'lucide-react';
import { Loaded } from '#features/account/loaded.tsx';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { AgentView } from './agent/agent-view.tsx';
import { PlanView } from './agent/plan-view.tsx';
import { conversationOf, planOf, type Conversation } from './agent/turns.ts';
import { nodeQuery } from './api.ts';
import { NodeStatus } from './node-status.tsx';
import { placeOf } from './stream/view.ts';
import type { Execution, NodeRecord } from './types.ts';

/** Many turns of a loop: the newest are drawn, the log and the list of runs have all. */
const MOST = 25;

/** What an agent said and did, or the plan that a planner made: before the bare data. */
function Thoughts({ record, heard }: { record: NodeRecord; heard: Conversation | undefined }) {
  const plan = planOf(record.output);
  const conversation = conversationOf(record.output) ?? heard;
  if (plan) return <PlanView plan={plan} />;
  return conversation ? <AgentView conversation={conversation} running={record.status === 'running'} /> : null;
}

const Payload = ({ record }: { record: NodeRecord }) => (
  <>
    {record.error && (
      <div className="rounded-md bg-bad-wash px-3 py-2">
        <p className="text-ink [overflow-wrap:anywhere]">{record.error.message}</p>
        <p className="text-xs text-ink-2">
          <code>{record.error.type}</code> · {record.error.class}
        </p>
      </div>
    )}
    {record.input !== undefined && (
      <div>
        <p className="mb-1 text-xs text-ink-3">{t('executions.input')}</p>
        <JsonView label={t('executions.input.of', { node: record.key })} value={record.input} />
      </div>
    )}
    {record.output !== undefined && record.endedAt !== null && (
      <div>
        <p className="mb-1 text-xs text-ink-3">{t('executions.output')}</p>
        <JsonView label={t('executions.output.of', { node: record.key })} value={record.output} />
      </div>
    )}
  </>
);

/** The newest first; what an agent did itself comes before what it called. */
const inOrder = (items: readonly NodeRecord[]): NodeRecord[] => {
  const newest = items.toReversed();
  return [...newest.filter(({ calledBy }) => !calledBy), ...newest.filter(({ calledBy }) => calledBy)];
};

interface NodePanelProps {
  execution: Execution;
  records: readonly NodeRecord[];
  /** What agents have said so far, by where they stand. */
  agents: ReadonlyMap<string, Conversation>;
  nodeId: string;
  name: string;
  onClose: () => void;
  onRetry: (address: string) => void;
}
/** Every run of one node: how it went, what came in and what went out. */
export function NodePanel({ execution, records, agents, nodeId, name, onClose, onRetry }: NodePanelProps) {
  const own = records.filter((record) => record.nodeId === nodeId);
  // Asked for again when one of its runs has moved on.
  const moved = own.map(({ path, attempt, status }) => `${path}.${attempt}.${status}`).join();
  const query = useQuery({ ...nodeQuery(execution.id, nodeId, moved), enabled: own.length > 0 });
  const retry = execution.actions.retry;
  const address = own.at(-1)?.key;
  return (
    <aside aria-label={t('executions.node.of', { node: name })} className="flex min-w-0 flex-col rounded-lg border border-line bg-surface">
      <header className="flex items-center gap-2 border-b border-line px-4 py-2">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{name}</h2>
        {address && retry.allowed && (
          <Button size="sm" variant="ghost" icon={<RotateCcw aria-hidden className="size-3.5" />} onClick={() => onRetry(address)}>
            {t('executions.retry.here')}
          </Button>
        )}
        <Button variant="ghost" size="icon-sm" aria-label={t('executions.node.close')} onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </header>
      <div className="max-h-[34rem] overflow-y-auto p-4">
        {own.length === 0 ? (
          <p className="text-ink-2">{t('executions.node.never')}</p>
        ) : (
          <Loaded query={query} lines={4}>
            {({ payloads, items }) => (
              <div className="flex flex-col gap-4">
                {payloads !== 'shown' && <p className="text-ink-2">{t(`executions.payloads.${payloads}`)}</p>}
                {inOrder(items).slice(0, MOST).map((record) => (
                  <section key={record.id} className="flex min-w-0 flex-col gap-2 border-b border-line pb-4 last:border-b-0 last:pb-0">
                    <NodeStatus record={own.find(({ id }) => id === record.id) ?? record} />
                    <Thoughts record={record} heard={agents.get(placeOf(record))} />
                    <Payload record={record} />
                  </section>
                ))}
              </div>
            )}
          </Loaded>
        )}
      </div>
    </aside>
  );
} // prettier-ignore
