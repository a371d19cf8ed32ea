import {
  Background,
  ConnectionMode,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Connection as Drawn,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import '#features/workflow-graph/graph.css';
import './canvas.css';
import { useCallback, useMemo, type DragEvent } from 'react';
import { t } from '#lib/i18n.ts';
import { toast } from '#ui/toast.tsx';
import { GRID } from '../graph/acts.ts';
import { isRefusal, judge, type Wanted } from '../graph/rules.ts';
import { addSeed, join, joinByMerge } from '../state/acts.ts';
import { openNode, useBuilder, useDoc, useStore, type Store } from '../state/store.ts';
import { DRAGGED, seedFrom } from '../palette/offers.ts';
import { reasonText } from '../reasons.ts';
import { showPalette, view } from '../view.ts';
import { Minimap } from '../overview/minimap.tsx';
import { Overview } from '../overview/overview.tsx';
import { useOverview } from '../overview/use-overview.ts';
import { useReveal } from './use-reveal.ts';
import { NoteBody, StepBody } from './body.tsx';
import { useNear } from './far.ts';
import { FIT_FIRST } from './fit.ts';
import { createLineDrawer, createNodeDrawer, type FlowNode } from './flow.ts';
import { ConnectionHint, Line } from './line.tsx';
import { useDragging } from './use-dragging.ts';
import { useMoving } from './use-moving.ts';

const NODES = { step: StepBody, note: NoteBody };
const EDGES = { line: Line };
const SNAP: [number, number] = [GRID, GRID];
const NO_LINES = { stroke: 'var(--accent)', strokeWidth: 1.5 };

const wantedOf = ({
  source,
  sourceHandle,
  target,
  targetHandle,
}: {
  source: string;
  target: string;
  sourceHandle?: string | null;
  targetHandle?: string | null;
}): Wanted => ({
  source,
  sourcePort: sourceHandle ?? 'main',
  target,
  targetPort: targetHandle ?? 'main',
});

interface Picked {
  id: string;
  type: string;
  selected?: boolean;
}
function chosenBy(before: ReadonlySet<string>, changes: readonly Picked[]): ReadonlySet<string> | null {
  const picks = changes.filter(({ type }) => type === 'select');
  if (picks.length === 0) return null;
  const next = new Set(before);
  for (const { id, selected } of picks) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** A line let go where it may not end: why, and a Merge where that would help. */
function refusedAt(store: Store, wanted: Wanted): void {
  const verdict = judge(store.get().past.doc, wanted, store.get().types.ports);
  if (!isRefusal(verdict)) return;
  const merge = verdict.reason === 'taken' ? { action: { label: t('builder.merge.insert'), onClick: () => void joinByMerge(store, wanted) } } : {};
  toast.done(t('builder.refused'), { description: reasonText(verdict), ...merge });
}

function useConnecting(store: Store) {
  const onConnect = useCallback((drawn: Drawn) => void join(store, wantedOf(drawn)), [store]);
  const isValid = useCallback(
    (drawn: Parameters<typeof wantedOf>[0]) => !isRefusal(judge(store.get().past.doc, wantedOf(drawn), store.get().types.ports)),
    [store],
  );
  const onEnd: OnConnectEnd = useCallback(
    (_event, { fromHandle, toHandle, isValid: fits }) => {
      if (!fromHandle || fits) return;
      if (toHandle) {
        const [from, to] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
        return refusedAt(store, { source: from.nodeId, sourcePort: from.id ?? 'main', target: to.nodeId, targetPort: to.id ?? 'main' });
      }
      // Let go over nothing: what comes next is chosen from the palette.
      if (fromHandle.type === 'source') {
        store.set({ slot: { kind: 'after', node: fromHandle.nodeId, port: fromHandle.id ?? 'main' } });
        showPalette();
      }
    },
    [store],
  );
  return { onConnect, isValid, onEnd };
}

function useChosen(store: Store) {
  const onNodes = useCallback((changes: NodeChange<FlowNode>[]) => {
    const next = chosenBy(store.get().selection, changes as Picked[]);
    if (next) store.set({ selection: next });
  }, [store]); // prettier-ignore
  const onEdges = useCallback((changes: EdgeChange[]) => {
    const next = chosenBy(store.get().lines, changes as Picked[]);
    if (next) store.set({ lines: next });
  }, [store]); // prettier-ignore
  return { onNodes, onEdges };
}

function useDrop(store: Store) {
  const { screenToFlowPosition } = useReactFlow();
  return useCallback(
    (event: DragEvent) => {
      const seed = seedFrom(store.get().types, event.dataTransfer.getData(DRAGGED));
      if (!seed) return;
      event.preventDefault();
      store.set({ slot: { kind: 'free' } });
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      addSeed(store, seed, { x: x - 104, y: y - 36 });
    },
    [store, screenToFlowPosition],
  );
}

/** From far away the dots would lie so close that they are grey, and each of them is drawn. */
const Dots = () => useNear() && <Background gap={20} size={1.5} color="var(--line-strong)" bgColor="var(--sunken)" />;

/**
 * The graph as one draws it. Near enough to read, only what is on screen is in the document, so that five hundred nodes stay smooth. From far
 * away most of it is on screen, drawn simply, and all of it stays, so the picture is moved and not made anew at each step; many nodes are painted.
 */
export function Canvas() {
  const store = useStore();
  const doc = useDoc();
  const [types, selection, lines, readOnly] = [useBuilder((s) => s.types), useBuilder((s) => s.selection), useBuilder((s) => s.lines), useBuilder((s) => s.readOnly)]; // prettier-ignore
  const { direction, minimap, snap } = view.use();
  const drawNodes = useMemo(() => createNodeDrawer(types), [types]);
  const drawLines = useMemo(() => createLineDrawer(), []);
  const { dragged, onDragged, start, stop } = useDragging(store);
  const nodes = useMemo(() => drawNodes(doc, direction, selection, dragged), [drawNodes, doc, direction, selection, dragged]);
  const edges = useMemo(() => drawLines(doc, lines), [drawLines, doc, lines]);
  const { onConnect, isValid, onEnd } = useConnecting(store);
  const { onNodes, onEdges } = useChosen(store);
  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]) => {
    onDragged(changes);
    onNodes(changes);
  }, [onDragged, onNodes]); // prettier-ignore
  const drop = useDrop(store);
  const overview = useOverview(nodes, edges);
  const moving = useMoving(overview.moves);
  const near = useNear();
  useReveal(store);
  return (
    <div ref={moving.canvas} className="graph-canvas builder-canvas size-full" data-canvas onPointerMove={overview.onPointerMove}>
      <ReactFlow<FlowNode>
        nodes={overview.nodes}
        edges={overview.edges}
        nodeTypes={NODES}
        edgeTypes={EDGES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdges}
        onNodeDragStart={start}
        onSelectionDragStart={start}
        onNodeDragStop={stop}
        onSelectionDragStop={stop}
        {...moving.moves}
        onConnect={onConnect}
        onConnectEnd={onEnd}
        isValidConnection={isValid}
        onNodeDoubleClick={(_event, { id }) => openNode(store, id)}
        onPaneClick={(event) => overview.press(event) || store.set({ slot: { kind: 'free' } })}
        onDrop={drop}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        connectionLineStyle={NO_LINES}
        selectionMode={SelectionMode.Partial}
        onlyRenderVisibleElements={near || overview.picture !== null}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        snapToGrid={snap}
        snapGrid={SNAP}
        fitView
        fitViewOptions={FIT_FIRST}
        minZoom={0.1}
        maxZoom={2}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
        aria-label={t('builder.canvas')}
      >
        <Dots />
        {overview.picture && <Overview picture={overview.picture} />}
        {minimap && <Minimap nodes={nodes} />}
        <ConnectionHint />
      </ReactFlow>
    </div>
  );
}
