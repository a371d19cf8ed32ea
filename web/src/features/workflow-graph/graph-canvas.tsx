import { Background, Controls, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './graph.css';
import { useEffect, useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { StepNode } from './flow-node.tsx';
import { flowOf, type Overlay } from './flow.ts';
import type { Graph, NodeTypeInfo } from './types.ts';

const NODE_TYPES = { step: StepNode };
/** The whole, but never so small on a phone that nothing can be read: there one moves along. */
const fit = () => ({ padding: 0.15, maxZoom: 1, minZoom: matchMedia('(width < 40rem)').matches ? 0.55 : 0.2 });

export interface GraphCanvasProps {
  graph: Graph;
  types: ReadonlyMap<string, NodeTypeInfo>;
  overlay?: Overlay;
  /** Names the picture for screen readers. */
  label: string;
  selected?: string | undefined;
  onSelect?: ((nodeId: string) => void) | undefined;
  /** The canvas moves so that this node is in its middle. */
  follow?: string | undefined;
}

function Follow({ node }: { node: string | undefined }) {
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (node) void fitView({ nodes: [{ id: node }], maxZoom: 1, duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250 });
  }, [node, fitView]);
  return null;
}

/** A graph to look at: it can be moved and zoomed, and nodes can be chosen, but nothing can be changed. Load it late. */
export function GraphCanvas({ graph, types, overlay, label, selected, onSelect, follow }: GraphCanvasProps) {
  const { nodes, edges } = useMemo(() => flowOf(graph, types, overlay), [graph, types, overlay]);
  const view = useMemo(fit, []);
  const drawn = useMemo(() => nodes.map((node) => ({ ...node, selected: node.id === selected })), [nodes, selected]);
  return (
    <ReactFlowProvider>
      <div role="group" aria-label={label} className="graph-canvas h-full min-h-0 w-full min-w-0">
        <ReactFlow
          nodes={drawn}
          edges={edges}
          nodeTypes={NODE_TYPES}
          fitView
          fitViewOptions={view}
          minZoom={0.1}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={onSelect !== undefined}
          edgesFocusable={false}
          elementsSelectable={onSelect !== undefined}
          onNodeClick={(_event, { id }) => onSelect?.(id)}
          onSelectionChange={({ nodes: [first] }) => first && first.id !== selected && onSelect?.(first.id)}
          zoomOnScroll={false}
          preventScrolling={false}
          panOnScroll={false}
          ariaLabelConfig={{
            'controls.zoomIn.ariaLabel': t('graph.zoomIn'),
            'controls.zoomOut.ariaLabel': t('graph.zoomOut'),
            'controls.fitView.ariaLabel': t('graph.fit'),
          }}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={20} color="var(--line-strong)" bgColor="var(--sunken)" />
          <Controls showInteractive={false} fitViewOptions={view} />
          <Follow node={follow} />
        </ReactFlow>
      </div>
    </ReactFlowProvider>
  );
}
