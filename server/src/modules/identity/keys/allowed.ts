import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { requireSession } from '../own.ts';
import { Standing } from '../providers/port.ts';
import { Keys, ServiceAccounts, type KeyRecord, type ServiceAccountRecord } from './port.ts';

const gone = (): Problem => new Problem('not-found', 'There is no such API key that you may see in this tenant, or it has ended.');

/** Holds the permission over the whole tenant, not only over a part of it. */
const holds = (ctx: ReadContext, permission: string): Promise<boolean> => ctx.provider(Standing).holds(ctx.db, ctx.actor, permission);

/** A key is one's own when one holds it, or answers for the service account that does. */
const isOwn = ({ owner }: KeyRecord, { actor }: ReadContext): boolean => owner.id === actor.id || owner.answerableId === actor.id;

async function keyOf(ctx: ReadContext, id: string): Promise<KeyRecord> {
  requireSession(ctx.actor);
  const found = await ctx.provider(Keys).find(ctx.tenantId, id);
  if (!found) throw gone();
  return found;
}

/** A key that the caller may look at: their own, or with `apiKeys:read` any of the tenant. */
export async function visibleKey(ctx: ReadContext, id: string): Promise<KeyRecord> {
  const key = await keyOf(ctx, id);
  if (isOwn(key, ctx) || (await holds(ctx, 'apiKeys:read'))) return key;
  throw gone();
}

/** A key that the caller may end: their own, of a service account with `serviceAccounts:write`, or with `apiKeys:revoke` any. */
export async function endableKey(ctx: ReadContext, id: string): Promise<KeyRecord> {
  const key = await keyOf(ctx, id);
  if (isOwn(key, ctx) || (await holds(ctx, 'apiKeys:revoke'))) return key;
  if (key.owner.kind === 'service' && (await holds(ctx, 'serviceAccounts:write'))) return key;
  throw gone();
}

/** A key that the caller may change or rotate: their own, or with `serviceAccounts:write` one of a service account. Never another person's. */
export async function changeableKey(ctx: ReadContext, id: string): Promise<KeyRecord> {
  const key = await keyOf(ctx, id);
  if (isOwn(key, ctx) || (key.owner.kind === 'service' && (await holds(ctx, 'serviceAccounts:write')))) return key;
  throw gone();
}

/** A service account for which the caller may make keys. */
export async function lendingAccount(ctx: ReadContext, id: string): Promise<ServiceAccountRecord> {
  const found = await ctx.provider(ServiceAccounts).find(ctx.tenantId, id);
  if (found && (found.owner?.id === ctx.actor.id || (await holds(ctx, 'serviceAccounts:write')))) {
    if (found.status === 'active') return found;
    throw new Problem('invalid-transition', `${found.name} is suspended, or nobody who is active answers for it.`);
  }
  throw new Problem('not-found', 'There is no such service account that you may make keys for in this tenant.');
}

/**
 * Throws unless the key opens nothing to the caller that they do not hold. Of one's own keys the cap is looked at; whoever gets a key
 * of a service account can do what the account can, so they must be able to give all of that.
 */
export async function requireLendable(ctx: ReadContext, ownerId: string, permissions: string[] | null): Promise<void> {
  const standing = ctx.provider(Standing);
  if (ownerId !== ctx.actor.id) await standing.requireGivable(ctx.db, ctx.actor, ownerId, permissions);
  else if (permissions) await standing.requireHeld(ctx.db, ctx.actor, permissions);
}
