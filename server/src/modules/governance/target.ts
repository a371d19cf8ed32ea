import type { ReadContext } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { isOwn } from './rules.ts';
import { findChange, notFound } from './store.ts';
import type { ChangeRow } from './tables.ts';

export const loadChange = (ctx: ReadContext, id: string): Promise<ChangeRow> => ctx.once(`change:${id}`, () => findChange(ctx.db, ctx.tenantId, id));

/** A Change is seen by who may see all its targets, and by its requester; to others it does not exist. */
export async function visibleChange(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const row = await loadChange(ctx, id);
  if (!isOwn(row.requester, ctx.actor) && coveringGrant(ctx.reach, row.targets) === undefined) throw notFound(id);
  return [];
}
