import { getBezierPath, getSmoothStepPath, type Position } from '@xyflow/react';

/** Where a line begins and ends, which way it leaves and arrives, and at which port. */
export interface Ends {
  sourceX: number;
  sourceY: number;
  sourcePosition: Position;
  targetX: number;
  targetY: number;
  targetPosition: Position;
  targetHandleId?: string | null | undefined;
}

/** The way of a line as SVG, and the middle of it. The way back into a loop goes around what stands between. */
export const pathOf = (ends: Ends) =>
  ends.targetHandleId === 'next' ? getSmoothStepPath({ ...ends, borderRadius: 14, offset: 26 }) : getBezierPath(ends);
