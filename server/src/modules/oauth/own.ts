import { NO_TENANT, type Actor, type Context, type ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { Authorization, Offered, type AgentRecord, type Concerned } from './providers/port.ts';

/** Only people connect agents: an agent must not be able to connect another one, or to give itself more. */
export function requirePerson(actor: Actor): void {
  if (actor.kind !== 'user')
    throw new Problem('session-required', 'This needs a person who is signed in; neither an API key nor an agent may do it.');
}

/** An agent that the caller may end: their own, or with `agents:revoke` over the tenant anybody's. */
export async function endableAgent(ctx: ReadContext, id: string): Promise<AgentRecord> {
  const found = await ctx.provider(Authorization).agent(ctx.tenantId, id);
  if (found && (found.person.id === ctx.actor.id || (await ctx.provider(Offered).holds(ctx.db, ctx.actor, 'agents:revoke')))) return found;
  throw new Problem('not-found', 'There is no such connected agent that you may see in this tenant.');
}

/** Who a program at the token endpoint turned out to act for, so that the entry lands in that tenant. */
export const actAs = ({ actAs: say }: Context, { userId, tenantId, grantId, clientId, clientName }: Concerned, ip: string | null): void =>
  say({
    kind: 'agent', id: userId, name: clientName, email: null, tenantId, tenantSlug: '', credentialId: grantId, permissionCap: null, ip, agent: { clientId, name: clientName },
  }); // prettier-ignore

export const inTenant = ({ tenantId }: ReadContext): boolean => tenantId !== NO_TENANT;
