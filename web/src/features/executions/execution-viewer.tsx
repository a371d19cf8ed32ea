import { Crosshair } from 'lucide-react';
import { useMemo, useState } from 'react';
import { GraphView } from '#features/workflow-graph/graph-view.tsx';
import { useNodeTypes } from '#features/workflow-graph/node-types.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { NodePanel } from './node-panel.tsx';
import { current, overlayOf } from './overlay.ts';
import type { Live } from './stream/view.ts';
import type { Execution } from './types.ts';

interface ExecutionViewerProps {
  execution: Execution;
  live: Live;
  names: ReadonlyMap<string, string>;
  running: boolean;
  node: string | undefined;
  onNode: (nodeId: string | undefined) => void;
  onRetry: (address: string) => void;
}
const NOTHING: Graph = { nodes: [], connections: [] };

/** The graph that runs, with each node's state and what went over each connection, as it happens. */
export function ExecutionViewer({ execution, live, names, running, node, onNode, onRetry }: ExecutionViewerProps) {
  const types = useNodeTypes();
  const [follows, setFollows] = useState(true);
  const graph = execution.graph ?? NOTHING;
  const { records } = live;
  const overlay = useMemo(() => overlayOf(graph, records), [graph, records]);
  const step = node === undefined ? undefined : live.steps.get(node);
  return (
    <div className={node ? 'grid gap-4 lg:grid-cols-[minmax(0,1fr)_26rem]' : ''}>
      <div className="relative min-w-0">
        <GraphView
          graph={graph}
          types={types}
          overlay={overlay}
          label={t('executions.graph.of', { name: execution.workflow.name })}
          className="h-[28rem] max-sm:h-80"
          selected={node}
          onSelect={onNode}
          follow={running && follows ? current(records) : undefined}
        />
        {running && (
          <span className="absolute end-3 top-3">
            <Button
              size="sm"
              aria-pressed={follows}
              className="aria-pressed:text-accent"
              icon={<Crosshair aria-hidden className="size-3.5" />}
              onClick={() => setFollows(!follows)}
            >
              {t('executions.follow')}
            </Button>
          </span>
        )}
        {step && (
          <p
            role="status"
            className="absolute inset-x-3 bottom-3 mx-auto w-fit max-w-full truncate rounded-md bg-raised px-3 py-1 text-xs text-ink-2 shadow-float"
          >
            {step.text}
            {step.percent !== null && ` · ${step.percent} %`}
          </p>
        )}
      </div>
      {node && (
        <NodePanel
          key={node}
          execution={execution}
          records={records}
          agents={live.agents}
          nodeId={node}
          name={names.get(node) ?? ''}
          onClose={() => onNode(undefined)}
          onRetry={onRetry}
        />
      )}
    </div>
  );
}
