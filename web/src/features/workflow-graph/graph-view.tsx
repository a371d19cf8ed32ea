import { lazy, Suspense } from 'react';
import { cx } from '#lib/cx.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import type { GraphCanvasProps } from './graph-canvas.tsx';

const Canvas = lazy(() => import('./graph-canvas.tsx').then(({ GraphCanvas }) => ({ default: GraphCanvas })));

/** A graph to look at, in a frame of its own; the drawing library arrives with the first one. */
export const GraphView = ({ className, ...props }: GraphCanvasProps & { className?: string }) => (
  <div className={cx('h-80 min-w-0 overflow-hidden rounded-lg border border-line bg-sunken', className)}>
    <Suspense fallback={<Skeleton className="size-full" />}>
      <Canvas {...props} />
    </Suspense>
  </div>
);
