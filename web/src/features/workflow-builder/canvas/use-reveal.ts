import { useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect } from 'react';
import { placeOf } from './flow.ts';
import type { Store } from '../state/store.ts';
import { revealed } from '../view.ts';

/** Far enough in to read it. */
const LEAST_ZOOM = 0.5;
/** Puts the keyboard on a node: also one that was not in the document until now. */
const focusNode = (id: string): number =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-canvas] [data-id="${id}"]`)?.focus({ preventScroll: true }));

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
  const api = useStoreApi();
  const wanted = revealed.use();
  useEffect(() => {
    const node = wanted && store.get().past.doc.nodes[wanted.id];
    if (!node) return;
    const box = { ...placeOf(node), ...store.get().types.size(node) };
    if (isSeen(box, flow.getViewport(), api.getState())) return void focusNode(node.id);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const zoom = Math.max(LEAST_ZOOM, flow.getZoom());
    const moved = flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: still ? 0 : 150 });
    void moved.then(() => focusNode(node.id));
  }, [wanted, store, flow, api]);
}
