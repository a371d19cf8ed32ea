import { isUuid, type Databases } from '#kernel/database.ts';
import { and, count, eq, inArray } from '#kernel/drizzle.ts';
import { Figures } from '#kernel/figures.ts';
import type { Reading } from '#kernel/metrics.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { OPEN_REQUEST } from './approvals/rules.ts';
import { approvalRequests } from './tables.ts';

/** How long people took, once a request has its verdict. */
export async function measureDecision({ db, tenantId, provider }: WorkContext, { time, data }: DeliveredEvent): Promise<void> {
  const id = String(data['approvalId']);
  if (data['status'] === 'partially_approved' || !isUuid(id)) return;
  const [request] = await db
    .select({ at: approvalRequests.createdAt })
    .from(approvalRequests)
    .where(and(eq(approvalRequests.tenantId, tenantId), eq(approvalRequests.id, id)));
  if (request) provider(Figures).approvalDecided(Math.max(0, (time.getTime() - request.at.getTime()) / 1_000));
}

/** The first escalation is the breach; the second is about the same. */
export const countBreach = async ({ provider }: WorkContext, { data }: DeliveredEvent): Promise<void> => {
  if (data['level'] === 1) provider(Figures).approvalLate();
};

/** Requests of all tenants that wait for somebody, by how far they are. */
export const openApprovals = (databases: Databases): Reading => ({
  name: 'sy_approvals_open',
  help: 'Requests for approval that wait, by status',
  label: 'status',
  async read() {
    const rows = await databases.lookUp((db) =>
      db
        .select({ status: approvalRequests.status, count: count() })
        .from(approvalRequests)
        .where(inArray(approvalRequests.status, [...OPEN_REQUEST]))
        .groupBy(approvalRequests.status),
    );
    return new Map(rows.map((row) => [row.status as string, row.count]));
  },
});
