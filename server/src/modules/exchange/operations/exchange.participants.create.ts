import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { participantTarget, taken } from '../find.ts';
import { creation } from '../plans.ts';
import { asn, Participant, participantFields } from '../schemas.ts';
import { participants } from '../tables.ts';
import { participantView } from '../view.ts';

const { name, ...others } = participantFields;

export const exchangeParticipantsCreate = defineOperation({
  name: 'exchange.participants.create',
  summary: 'Add a network to the exchange',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ asn, name, ...z.object(others).partial().shape }),
  output: Participant,
  targets: (_ctx, wish) => [participantTarget({ id: 'new', asn: wish.asn })],
  plan: (_ctx, wish) => ({
    summary: `Add AS${wish.asn} (${wish.name})`,
    changes: creation('exchangeParticipant', `AS${wish.asn}`, wish),
    reversible: 'Remove the network.',
  }),
  async run(ctx, wish) {
    const [row] = await ctx.db
      .insert(participants)
      .values({ tenantId: ctx.tenantId, id: newId(), ...wish, createdAt: ctx.now(), updatedAt: ctx.now() })
      .returning()
      .catch(taken(`AS${wish.asn}`));
    ctx.emit('exchange.participant.created', { id: row!.id, asn: row!.asn });
    return participantView(row!);
  },
});
