import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findParticipant, oneParticipant, participantOf, requireSeen } from '../find.ts';
import { participantId } from '../schemas.ts';
import { connections, participants, type ParticipantRow } from '../tables.ts';

async function requireUnused({ db, tenantId }: ReadContext, { id, asn }: ParticipantRow): Promise<void> {
  const held = await db.$count(connections, and(eq(connections.tenantId, tenantId), eq(connections.participantId, id)));
  if (held > 0) throw new Problem('exchange-in-use', `AS${asn} has ${held} connections. Remove them first.`);
}

export const exchangeParticipantsDelete = defineOperation({
  name: 'exchange.participants.delete',
  summary: 'Remove a network from the exchange',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: participantId }),
  output: z.object({ id: z.uuid() }),
  targets: oneParticipant,
  async plan(ctx, { id }) {
    const row = await participantOf(ctx, id);
    requireSeen(`AS${row.asn}`, row, ctx);
    await requireUnused(ctx, row);
    return {
      summary: `Remove AS${row.asn} (${row.name})`,
      changes: [{ action: 'delete', type: 'exchangeParticipant', id: row.id, name: `AS${row.asn}` }],
      reversible: 'Add it again.',
      observed: { [`participant ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const row = await findParticipant(ctx, id, true);
    requireSeen(`AS${row.asn}`, row, ctx);
    await requireUnused(ctx, row);
    await ctx.db.delete(participants).where(and(eq(participants.tenantId, ctx.tenantId), eq(participants.id, row.id)));
    ctx.emit('exchange.participant.deleted', { id: row.id, asn: row.asn });
    return { id: row.id };
  },
});
