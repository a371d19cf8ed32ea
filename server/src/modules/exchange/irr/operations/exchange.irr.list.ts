import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../../find.ts';
import { participants } from '../../tables.ts';
import { IrrList } from '../schemas.ts';
import { irrView, listed } from '../store.ts';

export const exchangeIrrList = defineOperation({
  name: 'exchange.irr.list',
  summary: 'List what routing registries say of networks',
  description: 'How much each of them may announce by what is registered, how old that is, and whether the last answer was taken.',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ ...pageInput }),
  output: pageOf(IrrList),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = afterId(cursor);
    const rows = await listed(ctx)
      .where(
        and(
          eq(participants.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'exchangeParticipant', id: participants.id }),
          after === undefined ? undefined : gt(participants.id, after),
        ),
      )
      .orderBy(asc(participants.id))
      .limit(limit + 1);
    return toPage(
      rows,
      limit,
      ({ participant }) => [participant.id],
      (row) => irrView(row, ctx.now()),
    );
  },
});
