import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { describeAgent } from '../agents.ts';
import { maskedIp } from '../network.ts';
import { Accounts } from '../providers/port.ts';
import { Sessions } from './port.ts';
import type { StoredSession } from './store.ts';

/** Sessions that are at work in the caller's tenant: those of other tenants, and of who has chosen none, do not exist here. */
export function sessionsWithin(ctx: ReadContext, which: { sessionId: string } | { userId: string }): Promise<StoredSession[]> {
  return ctx.once('sessions within', async () => {
    if ('userId' in which && !(await ctx.provider(Accounts).memberships(which.userId)).some(({ tenantId }) => tenantId === ctx.tenantId))
      throw new Problem('not-found', 'This tenant has no such active member.');
    const found = await ctx.provider(Sessions).within(ctx.tenantId, which);
    if (found.length === 0 && 'sessionId' in which)
      throw new Problem('not-found', 'Nobody has such a session in this tenant, or it is over already.');
    return found;
  });
}

export const planEnds = (sessions: readonly StoredSession[]) => ({
  summary: sessions.length === 1 ? 'End one session' : `End ${sessions.length} sessions`,
  changes: sessions.map(({ id, agent, ip }) => ({ action: 'delete' as const, type: 'session', id, name: `${describeAgent(agent)}, ${maskedIp(ip) ?? 'unknown address'}`, fields: [] })), // prettier-ignore
});
