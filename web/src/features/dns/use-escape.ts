import { useEffect, useRef, type RefObject } from 'react';

/** Calls `onEscape` for the key Escape inside the element, unless an open layer has taken it. */
export function useEscape<T extends HTMLElement>(onEscape: () => void): RefObject<T | null> {
  const element = useRef<T>(null);
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const target = element.current;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && latest.current();
    target?.addEventListener('keydown', onKey);
    return () => target?.removeEventListener('keydown', onKey);
  }, []);
  return element;
}
