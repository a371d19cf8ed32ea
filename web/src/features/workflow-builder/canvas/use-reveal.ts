import { useReactFlow, type ReactFlowInstance, type Viewport } from '@xyflow/react';
import { useEffect } from 'react';
import { useBuilder, type Store } from '../state/store.ts';
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
/** Pixels between what is brought into view and the edge. */
const MARGIN = 24;

/** By how much a line from `start` to `end` has to move to lie within `length`, by as little as possible; its start counts more than its end. */
const shift = (start: number, end: number, length: number): number =>
  start < 0 ? MARGIN - start : end > length ? Math.max(length - MARGIN - end, MARGIN - start) : 0;

/** The view in which a node is whole and can be read: the present one where it is, and otherwise the nearest. */
export function viewOf(box: Area & { x: number; y: number }, now: Viewport, { width, height }: Area): Viewport {
  const zoom = Math.max(LEAST_ZOOM, now.zoom);
  if (zoom !== now.zoom) return { x: width / 2 - (box.x + box.width / 2) * zoom, y: height / 2 - (box.y + box.height / 2) * zoom, zoom };
  const [left, top] = [box.x * zoom + now.x, box.y * zoom + now.y];
  return { x: now.x + shift(left, left + box.width * zoom, width), y: now.y + shift(top, top + box.height * zoom, height), zoom };
}

/** Moves the canvas when a node is not in view whole, and only then. */
function bring(store: Store, flow: ReactFlowInstance, id: string): void {
  const node = store.get().past.doc.nodes[id];
  // As it is now: a pane that opens with the node has taken its share of the width already.
  const area = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  if (!node || !area) return;
  const box = { ...placeOf(node), ...store.get().types.size(node) };
  const [now, then] = [flow.getViewport(), viewOf(box, flow.getViewport(), area)];
  if (now.x !== then.x || now.y !== then.y || now.zoom !== then.zoom) void flow.setViewport(then);
}

/** Brings a node into view that was asked for, which gets the keyboard too, or whose configuration is opened, beside which it would be hidden. */
export function useReveal(store: Store): void {
  const flow = useReactFlow();
  const wanted = revealed.use();
  const open = useBuilder((state) => state.open);
  useEffect(() => {
    if (open === null) return;
    const frame = requestAnimationFrame(() => bring(store, flow, open));
    return () => cancelAnimationFrame(frame);
  }, [open, store, flow]);
  useEffect(() => {
    if (!wanted) return;
    const frame = requestAnimationFrame(() => {
      if (!store.get().past.doc.nodes[wanted.id]) return;
      bring(store, flow, wanted.id);
      focusNode(wanted.id);
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, store, flow]);
}
