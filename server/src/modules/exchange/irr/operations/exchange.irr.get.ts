import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneParticipant, participantOf } from '../../find.ts';
import { participantId } from '../../schemas.ts';
import { IrrEntries } from '../schemas.ts';
import { irrView, listOf } from '../store.ts';

export const exchangeIrrGet = defineOperation({
  name: 'exchange.irr.get',
  summary: 'Show what routing registries say of a network',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: participantId }),
  output: IrrEntries,
  targets: oneParticipant,
  async run(ctx, { id }) {
    const participant = await participantOf(ctx, id);
    const list = (await listOf(ctx, participant.id)) ?? null;
    const entries = { origins: list?.origins ?? [], v4: list?.prefixesV4 ?? [], v6: list?.prefixesV6 ?? [] };
    return { ...irrView({ participant, list }, ctx.now()), entries };
  },
});
