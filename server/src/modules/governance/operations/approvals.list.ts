import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, count, eq, inArray, isNull, or, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { assignedTo, deskOf, joinedChange } from '../approvals/desk.ts';
import { OPEN_REQUEST, REQUEST_STATES } from '../approvals/rules.ts';
import { ApprovalSummary } from '../approvals/schemas.ts';
import { summaryOfRequest } from '../approvals/view.ts';
import { approvalDecisions, approvalRequests, changes } from '../tables.ts';
import { reachOf } from '../view.ts';
import { changesWithin } from '../visible.ts';

const Status = z.enum([...REQUEST_STATES, 'open']);

export const approvalsList = defineOperation({
  name: 'approvals.list',
  summary: 'List approval requests',
  description: 'What should be decided first comes first. What lies outside your scope is left out, except what you asked for yourself.',
  permission: 'approvals:read',
  risk: 'read',
  aliases: [
    { method: 'GET', path: '/approvals/pending', fixed: { status: ['open'] } },
    { method: 'GET', path: '/approvals/my-requests', fixed: { mine: 'requested' } },
  ],
  input: z.object({
    status: z
      .union([z.array(Status), Status.transform((status) => [status])])
      .optional()
      .meta({ title: 'Status', help: 'open: pending or partially approved' }),
    mine: z.enum(['requested', 'assigned']).optional().meta({ title: 'Mine', help: 'What I asked for, or what waits for my decision' }),
    ...pageInput,
  }),
  output: pageOf(ApprovalSummary),
  targets: 'filter',
  async run(ctx, { status, mine, cursor, limit }) {
    const desk = await deskOf(ctx, await reachOf(ctx, 'approvals:decide', 'high'));
    const after = decodeCursor(cursor, 2);
    if (after && (!isUuid(String(after[1])) || Number.isNaN(Date.parse(String(after[0])))))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const within = changesWithin(ctx.reach);
    const states = status?.flatMap((one) => (one === 'open' ? [...OPEN_REQUEST] : [one]));
    const rows = await ctx.db
      .select({ request: approvalRequests, change: changes })
      .from(approvalRequests)
      .innerJoin(changes, joinedChange)
      .where(
        and(
          eq(approvalRequests.tenantId, ctx.tenantId),
          within && or(within, eq(approvalRequests.requesterId, ctx.actor.id)),
          states && inArray(approvalRequests.status, states),
          mine === 'requested' ? eq(approvalRequests.requesterId, ctx.actor.id) : undefined,
          mine === 'assigned' ? assignedTo(desk, ctx) : undefined,
          after && sql`(${approvalRequests.slaDueAt}, ${approvalRequests.id}) > (${String(after[0])}::timestamptz, ${String(after[1])}::uuid)`,
        ),
      )
      .orderBy(asc(approvalRequests.slaDueAt), asc(approvalRequests.id))
      .limit(limit + 1);
    const ids = rows.map(({ request }) => request.id);
    const decided = ids.length === 0 ? [] : await ctx.db
      .select({ requestId: approvalDecisions.requestId, verdict: approvalDecisions.verdict, own: sql<boolean>`${approvalDecisions.deciderId} = ${ctx.actor.id}`, n: count() })
      .from(approvalDecisions)
      .where(and(eq(approvalDecisions.tenantId, ctx.tenantId), inArray(approvalDecisions.requestId, ids), isNull(approvalDecisions.withdrawnAt)))
      .groupBy(approvalDecisions.requestId, approvalDecisions.verdict, sql`3`); // prettier-ignore
    return toPage(
      rows,
      limit,
      ({ request }) => [request.slaDueAt.toISOString(), request.id],
      ({ request, change }) => {
        const about = decided.filter(({ requestId }) => requestId === request.id);
        const given = about.filter(({ verdict }) => verdict === 'approved').reduce((sum, { n }) => sum + n, 0);
        return summaryOfRequest(request, change, { desk, viewer: ctx, given, own: about.find(({ own }) => own) });
      },
    );
  },
});
