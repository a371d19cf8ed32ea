import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneParticipant, participantOf } from '../find.ts';
import { Participant, participantId } from '../schemas.ts';
import { participantView } from '../view.ts';

export const exchangeParticipantsGet = defineOperation({
  name: 'exchange.participants.get',
  summary: 'Show a network of the exchange',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: participantId }),
  output: Participant,
  targets: oneParticipant,
  run: async (ctx, { id }) => participantView(await participantOf(ctx, id)),
});
