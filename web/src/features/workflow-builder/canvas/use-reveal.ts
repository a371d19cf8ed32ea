import { useReactFlow, type Viewport } from '@xyflow/react';
import { useEffect } from 'react';
import type { GraphNode } from '../types.ts';
import type { Store } from '../state/store.ts';
import { revealed } from '../view.ts';
import { placeOf } from './flow.ts';

/** Far enough in to read it. */
const LEAST_ZOOM = 0.5;
/** Frames to wait for a node that was not in the document until now. */
const PATIENCE = 20;

/** Puts the keyboard on a node. */
function focusNode(id: string, left = PATIENCE): void {
  const found = document.querySelector<HTMLElement>(`[data-canvas] [data-id="${id}"]`);
  if (found) found.focus({ preventScroll: true });
  else if (left > 0) requestAnimationFrame(() => focusNode(id, left - 1));
}

interface Area {
  width: number;
  height: number;
}
const isSeen = (box: Area & { x: number; y: number }, { x, y, zoom }: Viewport, { width, height }: Area): boolean => {
  const [left, top] = [box.x * zoom + x, box.y * zoom + y];
  return zoom >= LEAST_ZOOM && left >= 0 && top >= 0 && left + box.width * zoom <= width && top + box.height * zoom <= height;
};

/** Brings a node that was asked for into view, moving the canvas only when it has to. */
export function useReveal(store: Store): void {
  const flow = useReactFlow();
  const wanted = revealed.use();
  useEffect(() => {
    if (!wanted) return;
    const show = (node: GraphNode) => {
      // As it is now: a pane that opens with the node has taken its share of the width already.
      const area = document.querySelector('[data-canvas]')?.getBoundingClientRect();
      const box = { ...placeOf(node), ...store.get().types.size(node) };
      if (area && !isSeen(box, flow.getViewport(), area)) {
        const zoom = Math.max(LEAST_ZOOM, flow.getZoom());
        const [x, y] = [area.width / 2 - (box.x + box.width / 2) * zoom, area.height / 2 - (box.y + box.height / 2) * zoom];
        void flow.setViewport({ x, y, zoom });
      }
      focusNode(node.id);
    };
    const frame = requestAnimationFrame(() => {
      const node = store.get().past.doc.nodes[wanted.id];
      if (node) show(node);
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, store, flow]);
}
