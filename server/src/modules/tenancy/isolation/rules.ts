import type { Risk } from '#kernel/operation.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MOST_IDS = 20;

/** Ids that a caller wrote anywhere into an input: in fields, lists, and fields of fields. At most twenty, none twice. */
export function idsIn(input: unknown): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, depth: number): void => {
    if (found.size >= MOST_IDS || depth > 6) return;
    if (typeof value === 'string') {
      if (UUID.test(value)) found.add(value.toLowerCase());
    } else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) walk(inner, depth + 1);
  };
  walk(input, 0);
  return [...found];
}

/** Reading what is not one's own may be a slip; the third within an hour is a habit, and a write is never taken lightly. */
export const severityOf = (risk: Risk, withinTheHour: number): 'info' | 'warning' | 'critical' =>
  risk !== 'read' ? 'critical' : withinTheHour >= 2 ? 'warning' : 'info';

export interface Budget {
  /** False when the subject has used up what it has in the window. */
  take: (subject: string, at: Date) => boolean;
}

/** So many per subject and window, in this process. */
export function createBudget(most: number, windowMs: number): Budget {
  const used = new Map<string, { window: number; count: number }>();
  return {
    take(subject, at) {
      const window = Math.floor(at.getTime() / windowMs);
      if (used.size > 10_000) used.clear();
      const entry = used.get(subject);
      const next = entry?.window === window ? entry.count + 1 : 1;
      used.set(subject, { window, count: next });
      return next <= most;
    },
  };
}
