import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { Via } from '#lib/types.ts';

/** The run of a workflow that asked for it, at the node that did. */
export function ViaExecution({ via: { executionId, nodeId, workflow, node, iteration, agentStep } }: { via: Via }) {
  const may = useCan('executions:read');
  const text = `${workflow} · ${iteration === '' ? node : `${node} [${iteration}]`}`;
  return (
    <span className="flex flex-wrap gap-x-2">
      {may ? (
        <Link to="/executions/$id" params={{ id: executionId }} search={{ node: nodeId }} className="rounded-sm text-accent hover:underline">
          {text}
        </Link>
      ) : (
        text
      )}
      {agentStep !== undefined && <span className="text-ink-3">{t('execution.agentStep', { step: agentStep + 1 })}</span>}
    </span>
  );
}
