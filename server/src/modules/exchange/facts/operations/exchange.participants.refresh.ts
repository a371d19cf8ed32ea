import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findParticipant, oneParticipant, participantOf } from '../../find.ts';
import { Participant, participantId } from '../../schemas.ts';
import { participantView } from '../../view.ts';
import { NetworkFacts } from '../port.ts';
import { refreshFacts } from '../refresh.ts';

export const exchangeParticipantsRefresh = defineOperation({
  name: 'exchange.participants.refresh',
  summary: 'Ask PeeringDB about a network',
  description:
    'Its AS-SET, how many prefixes it announces, and whom to write to. What a person set stays and goes before it. It happens by itself once a day.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 60,
  input: z.object({ id: participantId }),
  output: Participant,
  targets: oneParticipant,
  async plan(ctx, { id }) {
    const { asn, id: participant } = await participantOf(ctx, id);
    if (!ctx.provider(NetworkFacts).isConfigured)
      throw new Problem('peeringdb-api-unavailable', 'Whoever runs the installation has not said where PeeringDB is asked.');
    return {
      summary: `Ask PeeringDB about AS${asn}`,
      changes: [{ action: 'update', type: 'exchangeParticipant', id: participant, name: `AS${asn}` }],
      warnings: ['Route servers follow where its limits change.'],
      reversible: 'Set a field by hand; that goes before what PeeringDB says.',
    };
  },
  async execute(work, { id }) {
    const row = await work.tx((ctx) => findParticipant(ctx, id));
    return participantView(await refreshFacts(work, row, work.signal));
  },
});
