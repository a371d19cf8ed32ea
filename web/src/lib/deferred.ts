import { useEffect, useState } from 'react';

/** When the first page has had its time. */
const IDLE_MS = 600;

/**
 * Code of a part that few first pages need: fetched shortly after the page is there, or at once when wanted.
 * Not React.lazy: that holds its first showing back by 300 ms, and keys typed into a palette meanwhile are lost.
 */
export function useDeferred<T>(load: () => Promise<T>, wanted: boolean): T | null {
  const [part, setPart] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (part) return;
    const fetch = () => void load().then((value) => setPart({ value }));
    if (wanted) return fetch();
    const timer = setTimeout(fetch, IDLE_MS);
    return () => clearTimeout(timer);
  }, [load, part, wanted]);
  return part?.value ?? null;
}
