import type { Scope, ScopeClause } from '#features/settings/types.ts';
import { labelsText, parseLabels } from '#features/clouds/labels.ts';
import { t } from '#lib/i18n.ts';

/** A clause while it is edited: every field is there, and labels are text. */
export interface ClauseDraft {
  type: string;
  environments: readonly string[];
  labels: string;
  groups: readonly string[];
  ids: readonly string[];
}
export interface ScopeDraft {
  all: boolean;
  clauses: readonly ClauseDraft[];
}

export const EMPTY_CLAUSE: ClauseDraft = { type: '', environments: [], labels: '', groups: [], ids: [] };
export const EVERYTHING: ScopeDraft = { all: true, clauses: [EMPTY_CLAUSE] };
/** A role may be wanted for a part only, so nothing is reached until something is chosen. */
export const NOTHING_YET: ScopeDraft = { all: false, clauses: [EMPTY_CLAUSE] };

export const draftOf = (scope: Scope): ScopeDraft =>
  'all' in scope
    ? EVERYTHING
    : {
        all: false,
        clauses: scope.any.map(({ type = '', environments = [], labels = {}, groups = [], ids = [] }) => ({
          type,
          environments,
          labels: labelsText(labels),
          groups,
          ids,
        })),
      };

/** A clause without any limit would reach everything, by oversight. */
const isOpen = (clause: ScopeClause): boolean => Object.keys(clause).length === 0;

function clauseOf({ type, environments, labels, groups, ids }: ClauseDraft): { clause: ScopeClause; fault: string | null } {
  const parsed = parseLabels(labels);
  const clause: ScopeClause = {
    ...(type ? { type } : {}),
    ...(environments.length > 0 ? { environments: [...environments] } : {}),
    ...(Object.keys(parsed.labels).length > 0 ? { labels: parsed.labels } : {}),
    ...(groups.length > 0 ? { groups: [...groups] } : {}),
    ...(ids.length > 0 ? { ids: [...ids] } : {}),
  };
  return { clause, fault: parsed.fault ?? (isOpen(clause) ? t('scope.fault.open') : null) };
}

/** What was chosen, as the server reads it, and what is wrong with each clause; a scope with a fault must not be sent. */
export function scopeOf({ all, clauses }: ScopeDraft): { scope: Scope; faults: readonly (string | null)[]; ready: boolean } {
  if (all) return { scope: { all: true }, faults: [], ready: true };
  const made = clauses.map(clauseOf);
  const faults = made.map(({ fault }) => fault);
  return { scope: { any: made.map(({ clause }) => clause) }, faults, ready: made.length > 0 && faults.every((fault) => fault === null) };
}

/** A clause in words, its parts joined by "and". `nameOf` knows groups and resources. */
export function clauseParts({ type, environments, labels, groups, ids }: ScopeClause, nameOf: (id: string) => string = (id) => id): string[] {
  const list = (some: readonly string[]): string => some.join(', ');
  return [
    ...(type ? [`${t('scope.type')}: ${typeName(type)}`] : []),
    ...(environments ? [`${t('scope.environments')}: ${list(environments)}`] : []),
    ...(labels ? [`${t('scope.labels')}: ${labelsText(labels)}`] : []),
    ...(groups ? [`${t('scope.groups')}: ${list(groups.map(nameOf))}`] : []),
    ...(ids ? [`${t('scope.ids')}: ${list(ids.map(nameOf))}`] : []),
  ];
}
const NAMED: Record<string, string> = {
  server: 'scope.type.server',
  dnsZone: 'scope.type.dnsZone',
  cloud: 'scope.type.cloud',
  exchangeFabric: 'scope.type.exchangeFabric',
};
export const typeName = (type: string): string => (NAMED[type] ? t(NAMED[type] as 'scope.type.server') : type);
