import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { bothOf, connectionOf, findConnection } from '../../find.ts';
import { connectionId } from '../../schemas.ts';
import { letOn, nodeInUse, readyRoute, takeNode } from '../letting.ts';
import { Member, nodeId } from '../schemas.ts';
import { addressesOf, findMember, memberOfConnection, memberView } from '../store.ts';

const input = z.object({ connectionId, nodeId });
type Wish = z.output<typeof input>;

/** What a member is made of, all of it ready to be written. */
async function ready(ctx: ReadContext, wish: Wish) {
  const found = await connectionOf(ctx, wish.connectionId);
  const { network } = await readyRoute(ctx, found.fabric, ctx.now());
  const there = await memberOfConnection(ctx, found.connection.id);
  if (there && there.nodeId !== wish.nodeId) throw nodeInUse(wish.nodeId, found.fabric.slug);
  return { ...found, network, there };
}

export const exchangeMembersAuthorize = defineOperation({
  name: 'exchange.members.authorize',
  summary: 'Let the node of a connection onto the network of its fabric',
  description:
    'The controller gets the addresses of the connection and no others, and is asked again whether it has them. A member that somebody changed at the controller is mended by authorising it again.',
  permission: 'exchange:manage',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  input,
  output: Member,
  targets: async (ctx, wish) => bothOf(await connectionOf(ctx, wish.connectionId)),
  async plan(ctx, wish) {
    const { network, there, ...found } = await ready(ctx, wish);
    const fields = [
      { path: 'authorized', before: there?.authorized ?? null, after: true },
      { path: 'addresses', before: there?.addresses ?? null, after: addressesOf(found.connection) },
    ];
    return {
      summary: `Let node ${wish.nodeId} of AS${found.participant.asn} onto "${found.fabric.slug}"`,
      changes: [
        { action: there ? 'update' : 'create', type: 'zerotierMember', id: wish.nodeId, name: `${wish.nodeId} on ${network.networkId}`, fields },
      ],
      reversible: 'Take it off again.',
    };
  },
  accept: async (ctx, wish) => takeNode(ctx, await ready(ctx, wish), wish.nodeId),
  async execute(work, wish) {
    const { id } = await letOn(work, await work.tx((ctx) => findConnection(ctx, wish.connectionId)), wish.nodeId);
    return work.tx(async (ctx) => memberView(await findMember(ctx, id)));
  },
});
