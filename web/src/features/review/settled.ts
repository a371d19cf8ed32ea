import { useEffect, useState } from 'react';
import type { Call } from './call.ts';

/** The value once it has rested for a moment, so that a plan is not asked for with every key. Compared as JSON. */
export function useSettled<T>(value: T, restMs = 400): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), restMs);
    return () => clearTimeout(timer);
  }, [text, restMs]);
  return JSON.parse(settled) as T;
}

/**
 * A call that is planned once it has rested, and whether what is wanted has moved on from it since: its plan stays in sight then and cannot
 * be confirmed, so that nothing else is done than what the fields say.
 */
export function useSettledCall(wanted: Call | null): { call: Call | null; stale: boolean } {
  const call = useSettled(wanted);
  return { call, stale: JSON.stringify(call) !== JSON.stringify(wanted) };
}
