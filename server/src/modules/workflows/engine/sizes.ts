import type { Json } from '../graph.ts';

/** Whether a value takes more than so many bytes as JSON, roughly; stops looking as soon as it does. */
export function isLargerThan(value: Json, bytes: number): boolean {
  let left = bytes;
  const walk = (part: Json): boolean => {
    if (typeof part === 'string') left -= part.length + 2;
    else if (part === null || typeof part !== 'object') left -= 5;
    else if (Array.isArray(part)) {
      left -= 2;
      for (const item of part) if (walk(item)) return true;
    } else {
      for (const key in part) {
        left -= key.length + 4;
        if (walk(part[key]!)) return true;
      }
    }
    return left < 0;
  };
  return walk(value);
}
