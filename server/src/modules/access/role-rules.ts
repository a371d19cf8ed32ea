import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { opensOf } from './grantable.ts';
import { openable, requireNotAbove, requireOfferable } from './granting.ts';
import { matches, matchesAny, withinCap } from './patterns.ts';
import { Catalogue } from './providers/port.ts';
import { boundaryOf } from './rights.ts';
import type { Draft } from './role-draft.ts';
import { permissionsOf } from './roles.ts';
import type { RoleRow } from './tables.ts';

/** Throws `role-is-system`. */
export function requireOwn(row: RoleRow): void {
  if (row.system) throw new Problem('role-is-system', `${row.name} is a system role. Duplicate it and edit the copy.`);
}

/** Throws `permission-unknown` with a pointer for every pattern that matches nothing. */
export function requireKnown(permissions: readonly string[], patterns: readonly string[], pointer: (index: number) => string): void {
  const errors = patterns.flatMap((pattern, index) =>
    permissions.some((permission) => matches(pattern, permission))
      ? []
      : [{ pointer: pointer(index), message: `"${pattern}" matches no permission of this installation` }],
  );
  if (errors.length === 0) return;
  const named = errors.slice(0, 5).map(({ message }) => message.split('"')[1]);
  throw new Problem('permission-unknown', `No permission of this installation matches: ${named.join(', ')}. See permissions.list.`, { errors });
}

/** Throws `boundary-exceeded` when the patterns hold what no role of the tenant may hold. */
export async function requireWithinBoundary(ctx: ReadContext, patterns: readonly string[]): Promise<void> {
  const boundary = await boundaryOf(ctx.db, ctx.tenantId);
  const beyond = permissionsOf(ctx.provider(Catalogue)).filter((one) => matchesAny(patterns, one) && !withinCap(boundary, one));
  if (beyond.length > 0)
    throw new Problem('boundary-exceeded', `The permission boundary of this tenant leaves out: ${beyond.slice(0, 5).join(', ')}.`, {
      permissions: beyond,
    });
}

/** Throws unless the caller may bring this role into being: known permissions, within the boundary, no level and no right beyond their own. */
export async function requireSavable(ctx: ReadContext, draft: Draft, pointer = (index: number): string => `/patterns/${index}`): Promise<void> {
  requireKnown(permissionsOf(ctx.provider(Catalogue)), draft.patterns, pointer);
  await requireWithinBoundary(ctx, draft.patterns);
  await requireNotAbove(ctx, draft, `Level ${draft.level} stands above every role you hold.`);
  // A role reaches nothing until it is granted, so it is enough to hold each right somewhere; granting looks at Scope and time.
  await requireOfferable(ctx, { role: { ...draft, assignable: true }, scope: { any: [] }, validUntil: ctx.now() });
}

/** Permissions of which the role opens operations in the one form that it does not in the other. */
export function differenceOf(ctx: ReadContext, before: Draft | null, after: Draft | null): { gained: Set<string>; lost: Set<string> } {
  const opened = (draft: Draft | null): Set<string> => new Set(draft ? opensOf(draft, openable(ctx)).map(({ name }) => name) : []);
  const [old, now] = [opened(before), opened(after)];
  const permission = new Map(openable(ctx).map((operation) => [operation.name, operation.permission]));
  const named = (names: Set<string>): Set<string> => new Set([...names].map((name) => permission.get(name)!).sort());
  const without = (some: Set<string>, others: Set<string>): Set<string> => new Set([...some].filter((name) => !others.has(name)));
  return { gained: named(without(now, old)), lost: named(without(old, now)) };
}
