import { useState } from 'react';
import type { RoleDetail } from '#features/settings/types.ts';
import type { RoleFieldsDraft } from './role-fields.tsx';

const fieldsOf = ({ name, description, level, maxRisk, requiresMfa }: RoleDetail): RoleFieldsDraft => ({
  name,
  description,
  level,
  maxRisk,
  requiresMfa,
});
const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));

/** Only what differs from the role, as PATCH wants it; null when nothing does. */
export function editOf(role: RoleDetail, draft: RoleFieldsDraft, patterns: readonly string[]): Record<string, unknown> | null {
  const before = fieldsOf(role);
  const changed = Object.fromEntries(Object.entries(draft).filter(([key, value]) => before[key as keyof RoleFieldsDraft] !== value));
  const body = { ...changed, ...(same(role.patterns, patterns) ? {} : { patterns: [...patterns] }) };
  return Object.keys(body).length > 0 ? body : null;
}

/** A role while it is edited; nothing is sent before the difference was looked at. */
export function useRoleDraft(role: RoleDetail) {
  const [draft, setDraft] = useState<RoleFieldsDraft>(() => fieldsOf(role));
  const [patterns, setPatterns] = useState<readonly string[]>(role.patterns);
  const reset = () => {
    setDraft(fieldsOf(role));
    setPatterns(role.patterns);
  };
  return { draft, setDraft, patterns, setPatterns: (next: string[]) => setPatterns(next), reset, body: editOf(role, draft, patterns) };
}
