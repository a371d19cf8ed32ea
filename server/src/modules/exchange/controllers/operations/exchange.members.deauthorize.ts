import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { fabricTarget, participantTarget } from '../../find.ts';
import { memberId } from '../schemas.ts';
import { findController, findMember, memberOf, requireNetwork } from '../store.ts';
import { members } from '../tables.ts';
import { openController, requireReady, tokenInUse } from '../talk.ts';

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
    const { controllerId } = await requireNetwork(ctx, fabric);
    requireReady(await findController(ctx, controllerId), ctx.now());
    return {
      summary: `Take node ${member.nodeId} of AS${participant.asn} off "${fabric.slug}"`,
      changes: [{ action: 'delete', type: 'zerotierMember', id: member.nodeId, name: member.nodeId }],
      downtime: { kind: 'outage', seconds: 0 },
      warnings: [`AS${participant.asn} loses every session on this fabric with this node.`],
      reversible: 'Authorise it again.',
    };
  },
  async execute(work, { id }) {
    const { member, fabric, participant } = await work.tx((ctx) => findMember(ctx, id));
    const { network, controller } = await work.tx(async (ctx) => {
      const bound = await requireNetwork(ctx, fabric);
      return { network: bound, controller: await findController(ctx, bound.controllerId) };
    });
    requireReady(controller, work.now());
    await work.step('member', `Take ${member.nodeId} off at ${controller.name}`, async () => {
      await openController(work, controller, await tokenInUse(work, controller)).deleteMember(network.networkId, member.nodeId);
      return {};
    });
    await work.tx(async ({ db, tenantId, emit }) => {
      await db.delete(members).where(and(eq(members.tenantId, tenantId), eq(members.id, member.id)));
      emit('exchange.member.deauthorized', { id: member.id, fabricId: fabric.id, asn: participant.asn, nodeId: member.nodeId });
    });
    return { id: member.id };
  },
});
