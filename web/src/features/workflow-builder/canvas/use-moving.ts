import { useCallback, useRef } from 'react';

/**
 * Marks the canvas while it is panned or zoomed, for its style alone: no component is drawn again for it. Meanwhile it is a picture that is
 * moved, which is drawn anew, and sharp, when it rests.
 */
export function useMoving() {
  const canvas = useRef<HTMLDivElement>(null);
  const start = useCallback(() => canvas.current?.setAttribute('data-moving', ''), []);
  const end = useCallback(() => canvas.current?.removeAttribute('data-moving'), []);
  return { canvas, start, end };
}
