import type { Database } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { forgetSessions } from '../chat/sessions.ts';
import { forgetGenerations } from '../generation/generations.ts';
import { workflows } from '../tables.ts';

type Named = (db: Database, tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;

/** For who leaves a tenant: how many workflows they answer for, and how another takes them over; those in the bin go along, and drafts of their goals are forgotten. */
export const workflowBelongings = (named: Named) => ({
  of: async (db: Database, tenantId: string, memberId: string): Promise<string[]> => {
    const mine = and(eq(workflows.tenantId, tenantId), eq(workflows.ownerId, memberId), isNull(workflows.deletedAt));
    const count = await db.$count(workflows, mine);
    return count === 0 ? [] : [`${count} ${count === 1 ? 'workflow' : 'workflows'}`];
  },
  hand: async (db: Database, tenantId: string, fromId: string, toId: string): Promise<void> => {
    const ownerName = (await named(db, tenantId, [toId])).get(toId)?.name ?? '';
    const mine = and(eq(workflows.tenantId, tenantId), eq(workflows.ownerId, fromId));
    await db.update(workflows).set({ ownerId: toId, ownerName }).where(mine);
    await forgetGenerations(db, tenantId, fromId);
    await forgetSessions(db, tenantId, fromId);
  },
});
