import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { foreseen } from '../../connecting.ts';
import { fabricOf, fabricTarget } from '../../find.ts';
import { creation } from '../../plans.ts';
import { fabricId } from '../../schemas.ts';
import { JoinRequest, requestFields } from '../schemas.ts';
import { requestView } from '../store.ts';
import { eligible, requireSingle, submit } from '../submit.ts';

const NAME = 'exchange.requests.create';

export const exchangeRequestsCreate = defineOperation({
  name: NAME,
  summary: 'Ask for a port on a peering LAN',
  description:
    'For a network that you speak for, by PeeringDB or by the operator’s word. Somebody who may decide agrees; then the connection is made, with its addresses, and your node is let onto the network.',
  permission: 'exchangeRequests:create',
  risk: 'write',
  input: z.object({
    fabricId,
    asn: requestFields.asn,
    nodeId: requestFields.nodeId.optional(),
    notes: requestFields.notes.optional(),
    roleStrict: requestFields.roleStrict.default(false),
  }),
  output: JoinRequest,
  targets: async (ctx, wish) => [fabricTarget(await fabricOf(ctx, wish.fabricId))],
  async plan(ctx, { fabricId: id, ...wish }) {
    const fabric = await fabricOf(ctx, id);
    const right = await eligible(ctx, fabric, wish.asn);
    await requireSingle(ctx, fabric, wish);
    const addresses = await foreseen(ctx, NAME, fabric, wish.asn, {});
    return {
      summary: `Ask for a port for AS${wish.asn} on "${fabric.slug}"`,
      changes: creation('exchangeJoinRequest', `AS${wish.asn} on ${fabric.slug}`, { node: wish.nodeId ?? null, right: right.source, ...addresses }),
      warnings: ['The addresses are those of now; they are taken when the request is approved.'],
      reversible: 'Withdraw it.',
    };
  },
  run: async (ctx, { fabricId: id, ...wish }) => requestView(await submit(ctx, (await fabricOf(ctx, id)).id, wish)),
});
