import type { ReadContext } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { loadChange } from '../target.ts';
import { notFound } from '../store.ts';
import { reachOf } from '../view.ts';
import { isOwn } from '../rules.ts';
import type { ApprovalRow, ChangeRow } from '../tables.ts';
import { delegationsOf, approvalNotFound, concerns, findRequest } from './store.ts';

export const loadRequest = (ctx: ReadContext, id: string): Promise<{ request: ApprovalRow; change: ChangeRow }> =>
  ctx.once(`approval ${id}`, () => findRequest(ctx, id));

/** A request is seen by who may see all targets of its Change, by its requester, and by who stands in for an approver; to others it does not exist. */
export async function visibleRequest(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const { request, change } = await loadRequest(ctx, id);
  if (isOwn(change.requester, ctx.actor) || coveringGrant(await reachOf(ctx, 'approvals:read', 'read'), change.targets) !== undefined) return [];
  const held = await delegationsOf(ctx.db, ctx.tenantId, [ctx.actor.id], ctx.now());
  if (held.some((one) => one.delegateId === ctx.actor.id && one.requestId === request.id && concerns(one, request, change.targets))) return [];
  throw approvalNotFound(id);
}

/** The same by the Change: who may read it may ask to decide on it, and is told why not. */
export async function readableChange(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const change = await loadChange(ctx, id);
  if (isOwn(change.requester, ctx.actor) || coveringGrant(await reachOf(ctx, 'changes:read', 'read'), change.targets) !== undefined) return [];
  throw notFound(id);
}
