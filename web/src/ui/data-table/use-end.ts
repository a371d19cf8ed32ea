import { useEffect, useRef, type RefObject } from 'react';
import type { Rows } from '#lib/pages.ts';

/** Put the answer on the table's last row: the next page is fetched when it comes near the screen. */
export function useEnd<Row>(
  { rows, hasMore, loadingMore, loadMore }: Rows<Row>,
  scroller: RefObject<HTMLDivElement | null>,
): RefObject<HTMLTableRowElement | null> {
  const end = useRef<HTMLTableRowElement>(null);
  const count = rows.length;
  useEffect(() => {
    if (!end.current || count === 0 || !hasMore || loadingMore || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), { root: scroller.current, rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
    // Looked at again after each page, since the last row may still be in sight.
  }, [hasMore, loadingMore, loadMore, scroller, count]);
  return end;
}
