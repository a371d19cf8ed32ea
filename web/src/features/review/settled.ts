import { useEffect, useState } from 'react';

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
