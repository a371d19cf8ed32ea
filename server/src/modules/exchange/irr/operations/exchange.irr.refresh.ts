import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findParticipant, oneParticipant, participantOf } from '../../find.ts';
import { participantId } from '../../schemas.ts';
import { Registries } from '../port.ts';
import { refreshList, tellOfLists } from '../refresh.ts';
import { IrrList } from '../schemas.ts';
import { irrView, listOf, sourceOfNetwork } from '../store.ts';

export const exchangeIrrRefresh = defineOperation({
  name: 'exchange.irr.refresh',
  summary: 'Ask routing registries about a network',
  description:
    'All that is registered under its AS-SET, or its AS number where it names none. An answer that is empty, or less than half of what was known, is not taken, and what was known stays in use. It happens by itself every six hours for networks on fabrics that look at registries.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  input: z.object({
    id: participantId,
    force: z.boolean().default(false).meta({ title: 'Take less than half', help: 'Somebody made sure that it is right; an empty answer is never taken' }),
  }),
  output: IrrList,
  targets: oneParticipant,
  async plan(ctx, { id, force }) {
    const participant = await participantOf(ctx, id);
    if (!ctx.provider(Registries).isConfigured) throw new Problem('irr-not-configured', 'SWITCHYARD_IRR_HOST is not set.');
    return {
      summary: `Ask routing registries for ${sourceOfNetwork(participant)}`,
      changes: [{ action: 'update', type: 'exchangeParticipant', id: participant.id, name: `AS${participant.asn}` }],
      warnings: ['Route servers follow where the list changes: filters are run again, and no session restarts.', ...(force ? ['Less than half of what was known is taken too.'] : [])],
      reversible: 'Refresh it again.',
    };
  },
  async execute(work, { id, force }) {
    const participant = await work.tx((ctx) => findParticipant(ctx, id));
    try {
      await refreshList(work, participant, { isForced: force, signal: work.signal });
    } finally {
      if (!work.signal.aborted) await tellOfLists(work);
    }
    return work.tx(async (ctx) => irrView({ participant, list: (await listOf(ctx, participant.id)) ?? null }, ctx.now()));
  },
}); // prettier-ignore
