import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findParticipant, oneParticipant, participantOf, requireSeen } from '../find.ts';
import { differences, given } from '../plans.ts';
import { Participant, participantFields, participantId } from '../schemas.ts';
import { participants } from '../tables.ts';
import { participantView } from '../view.ts';

const { name, asSet, maxPrefixesV4, maxPrefixesV6, nocEmail, policyUrl, nameHidden } = participantFields;
const Edit = z
  .object({
    name,
    asSet: asSet.nullable(),
    maxPrefixesV4: maxPrefixesV4.nullable(),
    maxPrefixesV6: maxPrefixesV6.nullable(),
    nocEmail: nocEmail.nullable(),
    policyUrl: policyUrl.nullable(),
    nameHidden,
  })
  .partial();

export const exchangeParticipantsUpdate = defineOperation({
  name: 'exchange.participants.update',
  summary: 'Change what is known of a network',
  description: 'The ASN stays. Limits take effect when the configuration of the route servers is applied.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: participantId, ...Edit.shape }),
  output: Participant,
  targets: oneParticipant,
  async plan(ctx, { id, ...edit }) {
    const row = await participantOf(ctx, id);
    requireSeen(`AS${row.asn}`, row, ctx);
    const fields = differences(row, edit);
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of AS${row.asn}`,
      changes: [{ action: 'update', type: 'exchangeParticipant', id: row.id, name: `AS${row.asn}`, fields }],
      reversible: 'Change it back.',
      observed: { [`participant ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const row = await findParticipant(ctx, id, true);
    requireSeen(`AS${row.asn}`, row, ctx);
    const [next] = await ctx.db
      .update(participants)
      .set({ ...given(edit), version: sql`${participants.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(participants.tenantId, ctx.tenantId), eq(participants.id, row.id)))
      .returning();
    ctx.emit('exchange.participant.updated', { id: row.id, asn: row.asn });
    return participantView(next!);
  },
});
