import { clauseParts, EMPTY_CLAUSE, scopeOf, type ClauseDraft } from '#features/access/scope.ts';
import { labelsText } from '#features/clouds/labels.ts';
import type { Group } from '#features/settings/types.ts';

export interface GroupDraft {
  name: string;
  description: string;
  ownerId: string;
  /** Ids by kind of resource. */
  members: Record<string, readonly string[]>;
  /** Whether what fits a selector belongs to it. */
  selects: boolean;
  selector: ClauseDraft;
  groups: readonly string[];
}
export const NEW_GROUP: GroupDraft = { name: '', description: '', ownerId: '', members: {}, selects: false, selector: EMPTY_CLAUSE, groups: [] };

export function draftOf({ name, description, ownerId, members, selector, groups }: Group): GroupDraft {
  const byType: Record<string, string[]> = {};
  for (const { type, id } of members) byType[type] = [...(byType[type] ?? []), id];
  return {
    name,
    description,
    ownerId: ownerId ?? '',
    members: byType,
    selects: selector !== null,
    selector: { ...EMPTY_CLAUSE, type: selector?.type ?? '', environments: selector?.environments ?? [], labels: labelsText(selector?.labels ?? {}) },
    groups,
  };
}

/** As the server wants it, and what is wrong with the selector. */
export function bodyOf({ name, description, ownerId, members, selects, selector, groups }: GroupDraft): {
  body: Record<string, unknown>;
  fault: string | null;
} {
  const { scope, faults } = scopeOf({ all: false, clauses: [{ ...selector, groups: [], ids: [] }] });
  const clause = 'any' in scope ? scope.any[0] : undefined;
  const body = {
    name: name.trim(),
    description: description.trim(),
    ownerId: ownerId || null,
    members: Object.entries(members).flatMap(([type, ids]) => ids.map((id) => ({ type, id }))),
    selector: selects ? (clause ?? null) : null,
    groups: [...groups],
  };
  return { body, fault: selects ? (faults[0] ?? null) : null };
}

export const selectorText = (group: Pick<Group, 'selector'>): string => (group.selector ? clauseParts(group.selector).join(' · ') : '');
