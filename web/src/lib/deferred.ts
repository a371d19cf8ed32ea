import { createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';

/** When the first page has had its time. */
const IDLE_MS = 600;

export interface DeferredProps<P extends object> {
  /** The same function each time, or it is fetched anew. */
  load: () => Promise<ComponentType<P>>;
  /** Needed now: fetched at once instead of when idle. */
  wanted: boolean;
  show?: boolean;
  /** How long after the page it is fetched when nobody wants it, in milliseconds. */
  after?: number;
  props: P;
}
/**
 * A part that few first pages need: its code is fetched shortly after the page is there, or at once when wanted.
 * Not React.lazy: that holds its first showing back by 300 ms, and keys typed into a palette meanwhile are lost.
 */
export function Deferred<P extends object>({ load, wanted, show = true, after = IDLE_MS, props }: DeferredProps<P>): ReactNode {
  const [part, setPart] = useState<{ value: ComponentType<P> } | null>(null);
  useEffect(() => {
    if (part) return;
    const fetch = () => void load().then((value) => setPart({ value }));
    if (wanted) return fetch();
    const timer = setTimeout(fetch, after);
    return () => clearTimeout(timer);
  }, [load, part, wanted, after]);
  return part && show ? createElement(part.value, props) : null;
}
