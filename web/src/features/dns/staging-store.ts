import { useCallback, useEffect, useState } from 'react';
import { useMe } from '#lib/session.ts';
import { count, NOTHING, type Staged } from './staging.ts';

/** Part of the key: an older form of what is stored is left alone. */
const FORM = 1;
export const stagingKey = (tenantId: string, zoneId: string): string => `switchyard.staged.${FORM}.${tenantId}.${zoneId}`;

const isStaged = (value: unknown): value is Staged =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as Staged).creates) &&
  typeof (value as Staged).updates === 'object' &&
  typeof (value as Staged).deletes === 'object';

/** What was staged in this tab; nothing when it cannot be read. */
export function loadStaged(key: string): Staged {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isStaged(value) ? value : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** False when the browser keeps nothing: then the edits last as long as the page. */
export function saveStaged(key: string, staged: Staged): boolean {
  try {
    if (count(staged).all === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(staged));
    return true;
  } catch {
    return false;
  }
}

/** The staged edits of a zone. They survive a reload, and belong to this tab, tenant and zone alone. */
export function useStaged(zoneId: string): [Staged, (change: (staged: Staged) => Staged) => void] {
  const key = stagingKey(useMe().tenant.id, zoneId);
  const [staged, setStaged] = useState(() => loadStaged(key));
  useEffect(() => setStaged(loadStaged(key)), [key]);
  const change = useCallback(
    (next: (staged: Staged) => Staged) =>
      setStaged((now) => {
        const after = next(now);
        saveStaged(key, after);
        return after;
      }),
    [key],
  );
  return [staged, change];
}
