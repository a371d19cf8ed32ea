import { z } from 'zod';
import { and, desc, eq, exists, inArray, lt, or, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, queryFlag, toPage } from '#kernel/page.ts';
import { assignedTo, deskOf, joinedChange, openRequestsOf } from '../approvals/desk.ts';
import { CHANGE_STATES } from '../rules.ts';
import { ChangeSummary } from '../schemas.ts';
import { approvalRequests, changes } from '../tables.ts';
import { reachOf, summaryOf } from '../view.ts';
import { changesWithin } from '../visible.ts';

export const changesList = defineOperation({
  name: 'changes.list',
  summary: 'List Changes',
  description: 'Newest first. What lies outside your scope is left out, except what you asked for yourself.',
  permission: 'changes:read',
  risk: 'read',
  input: z.object({
    state: z
      .union([z.array(z.enum(CHANGE_STATES)), z.enum(CHANGE_STATES).transform((state) => [state])])
      .optional()
      .meta({ title: 'State' }),
    operation: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Operation', examples: ['servers.create'] }),
    requesterId: z.string().max(64).optional().meta({ title: 'Requester' }),
    targetId: z.string().max(128).optional().meta({ title: 'Target', help: 'Id of a resource that the Change touches' }),
    mine: queryFlag.optional().meta({ title: 'Mine', help: 'Only what I asked for' }),
    waitingForMe: queryFlag.optional().meta({ title: 'Waiting for me', help: 'Only what I can decide on now' }),
    emergencies: queryFlag.optional().meta({ title: 'Emergencies', help: 'Only what skipped approvals and time windows' }),
    ...pageInput,
  }),
  output: pageOf(ChangeSummary),
  targets: 'filter',
  async run(ctx, input) {
    const desk = await deskOf(ctx, await reachOf(ctx, 'approvals:decide', 'high'));
    const me = ctx.actor.id;
    const cursor = decodeCursor(input.cursor, 1);
    const within = changesWithin(ctx.reach);
    const rows = await ctx.db
      .select()
      .from(changes)
      .where(
        and(
          eq(changes.tenantId, ctx.tenantId),
          within && or(within, eq(changes.requesterId, me)),
          input.state && inArray(changes.state, input.state),
          input.operation !== undefined ? eq(changes.operation, input.operation) : undefined,
          input.requesterId !== undefined ? eq(changes.requesterId, input.requesterId) : undefined,
          input.targetId !== undefined ? sql`${changes.targets} @> ${JSON.stringify([{ id: input.targetId }])}::jsonb` : undefined,
          input.emergencies ? eq(changes.emergency, true) : undefined,
          input.mine ? eq(changes.requesterId, me) : undefined,
          input.waitingForMe
            ? and(
                eq(changes.state, 'awaiting_approval'),
                exists(
                  ctx.db
                    .select({ id: approvalRequests.id })
                    .from(approvalRequests)
                    .where(and(joinedChange, assignedTo(desk, ctx))),
                ),
              )
            : undefined,
          cursor && lt(changes.number, Number(cursor[0])),
        ),
      )
      .orderBy(desc(changes.number))
      .limit(input.limit + 1);
    const open = await openRequestsOf(ctx, rows);
    return toPage(rows, input.limit, (row) => [row.number], (row) => summaryOf(row, ctx, desk, open.get(row.id))); // prettier-ignore
  },
});
