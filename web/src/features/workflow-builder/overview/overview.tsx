import { useCallback } from 'react';
import { paint } from './paint.ts';
import type { Picture } from './picture.ts';
import { usePainted, type Painter } from './use-painted.ts';

/**
 * The graph as a picture beneath what is in the document. Hundreds of nodes cost a few milliseconds of a frame so; as elements they would take
 * many frames.
 */
export function Overview({ picture }: { picture: Picture }) {
  const canvas = usePainted(useCallback<Painter>((...with_) => paint(picture, ...with_), [picture]));
  return <canvas ref={canvas} aria-hidden data-overview className="pointer-events-none absolute inset-0 size-full" />;
}
