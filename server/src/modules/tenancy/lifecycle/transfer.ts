import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { findMember } from '../members/rows.ts';
import { ownTenant } from '../own.ts';
import { tenantTransfers, type MemberRow } from '../tables.ts';

/** Throws `session-required` for a key: nobody asks it for a fresh proof, and it may be stolen. */
export function requireSignedIn({ actor }: Pick<ReadContext, 'actor'>): void {
  if (actor.kind !== 'user') throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
}

/** Throws `ownership-required` unless the caller owns the tenant, in a session. */
export async function requireOwner(ctx: ReadContext): Promise<void> {
  requireSignedIn(ctx);
  const { ownerId, name } = await ownTenant(ctx);
  if (ctx.actor.id !== ownerId) throw new Problem('ownership-required', `Only the owner of ${name} may do this.`);
}

export async function requireHeir(ctx: ReadContext, userId: string): Promise<MemberRow> {
  const heir = await findMember(ctx, userId);
  if (heir.id !== ctx.actor.id && heir.status === 'active' && heir.kind === 'person') return heir;
  throw new Problem('validation-failed', `${heir.name} cannot become the owner: it has to be another active person of this tenant.`, {
    errors: [{ pointer: '/userId', message: 'Another active person' }],
  });
}

export async function pendingTransfer({ db, tenantId }: ReadContext, lock = false) {
  const query = db
    .select()
    .from(tenantTransfers)
    .where(and(eq(tenantTransfers.tenantId, tenantId), eq(tenantTransfers.state, 'pending')));
  const [row] = await (lock ? query.for('update') : query);
  return row;
}
