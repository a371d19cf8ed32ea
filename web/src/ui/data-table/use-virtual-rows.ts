import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, type RefObject } from 'react';

const ROW = 36;
/** Below this all rows are drawn: find in page and screen readers get the whole table. */
const VIRTUAL_FROM = 120;

export interface VirtualRows {
  /** Indexes of the rows to draw. */
  drawn: readonly number[];
  /** Heights of what is left out above and below, in pixels. */
  before: number;
  after: number;
  virtual: boolean;
  /** Scrolls to a row and focuses it. */
  reveal: (index: number) => void;
  /** Ref for rows that can grow: tells their true height. Undefined while all rows are drawn. */
  measure: ((element: HTMLElement | null) => void) | undefined;
}

/** Which rows of a long table are in sight of its scroller. */
export function useVirtualRows(count: number, scroller: RefObject<HTMLDivElement | null>): VirtualRows {
  const virtual = count >= VIRTUAL_FROM;
  const virtualizer = useVirtualizer({ count: virtual ? count : 0, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 });
  const reveal = useCallback(
    (index: number) => {
      if (virtual) virtualizer.scrollToIndex(index, { align: 'auto' });
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus());
    },
    [virtual, virtualizer, scroller],
  );
  if (!virtual) return { drawn: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, virtual, reveal, measure: undefined };
  const items = virtualizer.getVirtualItems();
  return {
    drawn: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    virtual,
    reveal,
    measure: virtualizer.measureElement,
  };
}
