import { useReactFlow, useStoreApi, type Edge } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { NEAR_FROM, useNear } from '../canvas/far.ts';
import type { FlowNode } from '../canvas/flow.ts';
import type { Moves } from '../canvas/use-moving.ts';
import { useBuilder, useStore } from '../state/store.ts';
import { createPictures, type Picture } from './picture.ts';
import { nodeAt, within } from './places.ts';

/** With more nodes than this, what is far away is painted. */
const MANY = 100;
/** Without a move for this long one rests. */
const REST_MS = 500;
/** Pixels around a line that belong to it. */
const REACH = 16;

const hiddenOnes = new WeakMap<FlowNode, FlowNode>();
/** The same node outside the document: it is known where it is, and it can be dragged along. */
function hiddenOf(node: FlowNode): FlowNode {
  const there = hiddenOnes.get(node);
  if (there) return there;
  const made = { ...node, hidden: true };
  hiddenOnes.set(node, made);
  return made;
}

function lineAt({ ways }: Picture, { x, y }: { x: number; y: number }, width: number): string | null {
  const ctx = document.createElement('canvas').getContext('2d');
  if (!ctx) return null;
  ctx.lineWidth = width;
  return [...ways].find(([, way]) => ctx.isPointInStroke(way, x, y))?.[0] ?? null;
}

/** From far away, and while one zooms until it rests near enough to read: elements are made for who stays, not for each step on the way. */
function useFarAway(many: boolean) {
  const flow = useStoreApi();
  const far = !useNear();
  const [held, setHeld] = useState(far);
  const from = useRef(1);
  const late = useRef(0);
  if (many && far && !held) setHeld(true);
  const moves = useMemo<Moves>(() => {
    const rest = (): void => setHeld(many && flow.getState().transform[2] < NEAR_FROM);
    return {
      onMoveStart() {
        from.current = flow.getState().transform[2];
      },
      onMove(_event, { zoom }) {
        if (!many || zoom === from.current) return;
        setHeld(true);
        // The library tells of no end where one comes back to exactly where one began.
        window.clearTimeout(late.current);
        late.current = window.setTimeout(rest, REST_MS);
      },
      onMoveEnd: rest,
    };
  }, [flow, many]);
  useEffect(() => () => window.clearTimeout(late.current), []);
  return { farAway: many && (far || held), moves };
}

/** What a frame drawn by hand touches, as long as it is drawn: the library looks only among what is in the document. */
function useFrame(nodes: readonly FlowNode[] | null): void {
  const [store, flow] = [useStore(), useStoreApi()];
  useEffect(() => {
    if (!nodes) return;
    return flow.subscribe(({ userSelectionRect: frame, transform: [x, y, zoom] }, before) => {
      if (!frame || frame === before.userSelectionRect || frame.width + frame.height === 0) return;
      const area = { x: (frame.x - x) / zoom, y: (frame.y - y) / zoom, width: frame.width / zoom, height: frame.height / zoom };
      store.set({ selection: new Set(within(nodes, area)) });
    });
  }, [nodes, store, flow]);
}

/**
 * A large graph from far away: painted, and of its nodes and lines only those are elements that one is about to use: what is under the pointer,
 * chosen or open.
 */
export function useOverview(nodes: FlowNode[], edges: Edge[]) {
  const store = useStore();
  const { farAway: on, moves } = useFarAway(nodes.length > MANY);
  const [selection, lines, open] = [useBuilder((s) => s.selection), useBuilder((s) => s.lines), useBuilder((s) => s.open)];
  const [run, findings, types] = [useBuilder((s) => s.run), useBuilder((s) => s.findings), useBuilder((s) => s.types)];
  const [under, setUnder] = useState<string | null>(null);
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const pictures = useMemo(createPictures, []);
  const picture = on ? pictures({ nodes, edges, run, findings, types }) : null;
  useFrame(on ? nodes : null);

  const shown = useMemo(() => {
    if (!on) return { nodes, edges };
    const used = new Set([...selection, under, open, ...edges.flatMap(({ id, source, target }) => (lines.has(id) ? [source, target] : []))]);
    return {
      nodes: nodes.map((node) => (used.has(node.id) ? node : hiddenOf(node))),
      edges: edges.filter(({ source, target }) => used.has(source) && used.has(target)),
    };
  }, [on, nodes, edges, selection, lines, open, under]);

  const pointed = ({ clientX, clientY }: MouseEvent) => screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
  return {
    ...shown,
    picture,
    moves,
    onPointerMove(event: PointerEvent): void {
      if (on && event.buttons === 0) setUnder(nodeAt(nodes, pointed(event)));
    },
    /** A press where nothing is in the document: chooses what is painted there, if anything is. */
    press(event: MouseEvent): boolean {
      if (!picture) return false;
      const at = pointed(event);
      const node = nodeAt(nodes, at);
      const line = node === null ? lineAt(picture, at, REACH / getZoom()) : null;
      if (node === null && line === null) return false;
      store.set({ selection: new Set(node === null ? [] : [node]), lines: new Set(line === null ? [] : [line]) });
      return true;
    },
  };
}
