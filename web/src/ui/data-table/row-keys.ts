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
const notOurs = (event: KeyboardEvent): boolean =>
  event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || elsewhere(event.target);

/** Where a key leads from the current row; null when it leads nowhere. */
function goal(key: string, onRow: boolean, current: number, count: number): number | null {
  if (key === 'j' || (key === 'ArrowDown' && onRow)) return current + 1;
  if (key === 'k' || (key === 'ArrowUp' && onRow)) return current - 1;
  if (!onRow) return null;
  return key === 'Home' ? 0 : key === 'End' ? count - 1 : null;
}

/** j/k or arrows move the current row, Enter opens it, x selects it; Home and End jump. */
export function useRowKeys({ count, onOpen, onToggle, reveal }: RowKeys): [current: number, setCurrent: (index: number) => void] {
  const [current, setCurrent] = useState(-1);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (notOurs(event) || count === 0) return;
      const onRow = event.target instanceof Element && event.target.matches('tr[data-index]');
      const next = goal(event.key, onRow, current, count);
      if (next !== null) {
        event.preventDefault();
        const within = Math.min(count - 1, Math.max(0, next));
        setCurrent(within);
        reveal(within);
      } else if (current >= 0 && current < count) {
        const act = event.key === 'x' ? onToggle : event.key === 'Enter' && onRow ? onOpen : undefined;
        act?.(current);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [count, current, onOpen, onToggle, reveal]);

  return [current, setCurrent];
}
