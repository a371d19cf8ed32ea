/** `servers:create`, `servers:*`, `*:read` or `*` (the same as `*:*`). A star stands for a whole part, never for a piece of one. */
export const PATTERN = /^(?:\*|(?:\*|[a-z][A-Za-z0-9-]*):(?:\*|[a-z][A-Za-z0-9]*))$/;

const partsOf = (pattern: string): readonly [string, string] => {
  const [resource = '', action = '*'] = pattern.split(':', 2);
  return [resource, action];
};

/** Does the pattern hold the permission? */
export function matches(pattern: string, permission: string): boolean {
  // Most patterns are permissions themselves, and every call looks through hundreds of them.
  if (!pattern.includes('*')) return pattern === permission;
  if (!PATTERN.test(pattern)) return false;
  const [resource, action] = partsOf(pattern);
  const [wantedResource, wantedAction] = partsOf(permission);
  return (resource === '*' || resource === wantedResource) && (action === '*' || action === wantedAction);
}

export const matchesAny = (patterns: readonly string[], permission: string): boolean => patterns.some((pattern) => matches(pattern, permission));

/** An API key without a cap may do what its owner may. */
export const withinCap = (cap: readonly string[] | null, permission: string): boolean => cap === null || matchesAny(cap, permission);

const both = (a: string, b: string): string | undefined => (a === '*' || a === b ? b : b === '*' ? a : undefined);

/** The pattern for what two patterns both hold, if there is anything. */
export function intersection(a: string, b: string): string | undefined {
  const [resourceA, actionA] = partsOf(a);
  const [resourceB, actionB] = partsOf(b);
  const resource = both(resourceA, resourceB);
  const action = both(actionA, actionB);
  if (resource === undefined || action === undefined) return undefined;
  return resource === '*' && action === '*' ? '*' : `${resource}:${action}`;
}

/** Patterns as they remain under a cap; never more than either side. */
export function capped(patterns: readonly string[], cap: readonly string[] | null): string[] {
  if (cap === null) return [...patterns];
  const shared = patterns.flatMap((pattern) => cap.map((limit) => intersection(pattern, limit)));
  return [...new Set(shared.filter((pattern) => pattern !== undefined))];
}
