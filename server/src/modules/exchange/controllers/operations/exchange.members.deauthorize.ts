import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fabricTarget, participantTarget } from '../../find.ts';
import { letGo, readyRoute } from '../letting.ts';
import { memberId } from '../schemas.ts';
import { findMember, memberOf } from '../store.ts';

export const exchangeMembersDeauthorize = defineOperation({
  name: 'exchange.members.deauthorize',
  summary: 'Take a node off the network of a fabric',
  description: 'It is de-authorised, then deleted at the controller. The connection keeps its addresses.',
  permission: 'exchange:manage',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  input: z.object({ id: memberId }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => {
    const { fabric, participant } = await memberOf(ctx, id);
    return [fabricTarget(fabric), participantTarget(participant)];
  },
  async plan(ctx, { id }) {
    const { member, fabric, participant } = await memberOf(ctx, id);
    await readyRoute(ctx, fabric, ctx.now());
    return {
      summary: `Take node ${member.nodeId} of AS${participant.asn} off "${fabric.slug}"`,
      changes: [{ action: 'delete', type: 'zerotierMember', id: member.nodeId, name: member.nodeId }],
      downtime: { kind: 'outage', seconds: 0 },
      warnings: [`AS${participant.asn} loses every session on this fabric with this node.`],
      reversible: 'Authorise it again.',
    };
  },
  async execute(work, { id }) {
    await letGo(work, await work.tx((ctx) => findMember(ctx, id)));
    return { id };
  },
});
