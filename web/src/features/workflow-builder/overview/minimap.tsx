import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, type PointerEvent } from 'react';
import { runStateTone } from '#features/workflow-graph/run-state.tsx';
import { t } from '#lib/i18n.ts';
import type { FlowNode } from '../canvas/flow.ts';
import { useBuilder, type RunView } from '../state/store.ts';
import { around, layInto, MAP, seenOf } from './map.ts';
import { boxOf } from './places.ts';
import { usePainted, type Painter } from './use-painted.ts';

const TONES = { good: 'good', bad: 'bad', warn: 'warn-fill', accent: 'accent', quiet: 'line-control', outline: 'line-control' } as const;
const lookOf = (node: FlowNode, run: RunView | null): string => {
  const state = run?.nodes.get(node.id);
  if (state) return TONES[runStateTone(state.status)];
  return node.type === 'note' ? 'warn-wash' : 'line-control';
};

/** All nodes as areas of their colour, and what lies around what is seen in another shade. */
function usePainter(nodes: readonly FlowNode[]) {
  const run = useBuilder((state) => state.run);
  const whole = useMemo(() => (nodes.length > 0 ? around(nodes.map(boxOf)) : null), [nodes]);
  const shapes = useMemo(() => {
    const made = new Map<string, Path2D>();
    for (const node of nodes) {
      const [look, { x, y, width, height }] = [lookOf(node, run), boxOf(node)];
      if (!made.has(look)) made.set(look, new Path2D());
      made.get(look)!.rect(x, y, width, height);
    }
    return made;
  }, [nodes, run]);
  const laid = useCallback((seen: ReturnType<typeof seenOf>) => layInto(whole ? around([whole, seen]) : seen), [whole]);
  const painter = useCallback<Painter>(
    (ctx, { colour, dense }, view) => {
      const seen = seenOf(view);
      const { scale, x, y } = laid(seen);
      ctx.setTransform(dense * scale, 0, 0, dense * scale, dense * x, dense * y);
      for (const [look, path] of shapes) {
        ctx.fillStyle = colour(look);
        ctx.fill(path);
      }
      ctx.beginPath();
      ctx.rect(-x / scale, -y / scale, MAP.width / scale, MAP.height / scale);
      ctx.rect(seen.x, seen.y, seen.width, seen.height);
      ctx.fillStyle = colour('quiet-wash');
      ctx.fill('evenodd');
      ctx.lineWidth = 1 / scale;
      ctx.strokeStyle = colour('line-control');
      ctx.strokeRect(seen.x, seen.y, seen.width, seen.height);
    },
    [laid, shapes],
  );
  return { painter, laid };
}

/** The whole graph in a corner: pressing or dragging looks there, the wheel looks closer. */
export function Minimap({ nodes }: { nodes: readonly FlowNode[] }) {
  const flow = useStoreApi();
  const { setCenter, zoomIn, zoomOut } = useReactFlow();
  const { painter, laid } = usePainter(nodes);
  const canvas = usePainted(painter, MAP);
  const begun = useRef<ReturnType<typeof layInto> | null>(null);

  const look = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (!begun.current) return;
    const { scale, x, y } = begun.current;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    void setCenter((event.clientX - left - x) / scale, (event.clientY - top - y) / scale, { zoom: flow.getState().transform[2], duration: 0 });
  };
  const press = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { transform: [x, y, zoom], width, height } = flow.getState(); // prettier-ignore
    // As the map is at that moment: it does not slip away under the pointer while what is seen widens it.
    begun.current = laid(seenOf({ x, y, zoom, width, height }));
    look(event);
  };
  // React listens to wheels without being able to keep the page still.
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      void (event.deltaY < 0 ? zoomIn() : zoomOut());
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [canvas, zoomIn, zoomOut]);

  return (
    <Panel position="bottom-right" className="overflow-hidden rounded-md border border-line bg-surface max-md:hidden">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('builder.minimap')}
        style={MAP}
        className="block touch-none"
        onPointerDown={press}
        onPointerMove={look}
        onPointerUp={() => (begun.current = null)}
        onPointerCancel={() => (begun.current = null)}
      />
    </Panel>
  );
}
