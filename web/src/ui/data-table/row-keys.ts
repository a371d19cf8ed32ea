import { useEffect, useState } from 'react';

export interface RowKeys {
  count: number;
  onOpen: ((index: number) => void) | undefined;
  onToggle: ((index: number) => void) | undefined;
  /** Bring the row on screen (a virtual row may not exist yet) and focus it. */
  reveal: (index: number) => void;
}

/** Keys that belong to a control or an open layer are not the table's. */
const elsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]') !== null;

/** j/k or arrows move the current row, Enter opens it, x selects it; Home and End jump. */
export function useRowKeys({ count, onOpen, onToggle, reveal }: RowKeys): [current: number, setCurrent: (index: number) => void] {
  const [current, setCurrent] = useState(-1);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || elsewhere(event.target)) return;
      const onRow = event.target instanceof Element && event.target.closest('tr[data-index]') === event.target;
      const go = (index: number) => {
        event.preventDefault();
        if (count === 0) return;
        const next = Math.min(count - 1, Math.max(0, index));
        setCurrent(next);
        reveal(next);
      };
      if (event.key === 'j' || (event.key === 'ArrowDown' && onRow)) go(current + 1);
      else if (event.key === 'k' || (event.key === 'ArrowUp' && onRow)) go(current - 1);
      else if (event.key === 'Home' && onRow) go(0);
      else if (event.key === 'End' && onRow) go(count - 1);
      else if (event.key === 'Enter' && onRow && current >= 0 && current < count) onOpen?.(current);
      else if (event.key === 'x' && current >= 0 && current < count) onToggle?.(current);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [count, current, onOpen, onToggle, reveal]);

  return [current, setCurrent];
}
