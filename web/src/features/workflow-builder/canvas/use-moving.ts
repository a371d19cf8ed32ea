import type { OnMove } from '@xyflow/react';
import { useMemo, useRef } from 'react';

/** What else is to be done while one pans and zooms. */
export interface Moves {
  onMoveStart: () => void;
  onMove: OnMove;
  onMoveEnd: () => void;
}

/**
 * Marks the canvas while it is panned or zoomed, for its style alone: no component is drawn again for it. Meanwhile it is a picture that is
 * moved, which is drawn anew, and sharp, when it rests.
 */
export function useMoving({ onMoveStart, onMove, onMoveEnd }: Moves) {
  const canvas = useRef<HTMLDivElement>(null);
  const moves = useMemo<Moves>(
    () => ({
      onMoveStart() {
        canvas.current?.setAttribute('data-moving', '');
        onMoveStart();
      },
      onMove,
      onMoveEnd() {
        canvas.current?.removeAttribute('data-moving');
        onMoveEnd();
      },
    }),
    [onMoveStart, onMove, onMoveEnd],
  );
  return { canvas, moves };
}
