import { z } from 'zod';
import { and, asc, eq, gt, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../find.ts';
import { Participant } from '../schemas.ts';
import { participants } from '../tables.ts';
import { participantView } from '../view.ts';

export const exchangeParticipantsList = defineOperation({
  name: 'exchange.participants.list',
  summary: 'List the networks of the exchange',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ q: z.string().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of the name, or the ASN' }), ...pageInput }),
  output: pageOf(Participant),
  targets: 'filter',
  async run(ctx, { q, cursor, limit }) {
    const after = afterId(cursor);
    const part = `%${(q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
    const rows = await ctx.db
      .select()
      .from(participants)
      .where(
        and(
          eq(participants.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'exchangeParticipant', id: participants.id }),
          q === undefined ? undefined : sql`(${participants.name} ilike ${part} or ${participants.asn}::text = ${q.replace(/^AS/i, '')})`,
          after === undefined ? undefined : gt(participants.id, after),
        ),
      )
      .orderBy(asc(participants.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ id }) => [id], participantView);
  },
});
