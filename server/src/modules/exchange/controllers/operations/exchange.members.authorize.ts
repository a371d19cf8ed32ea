import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { bothOf, connectionOf, findConnection, type Joined } from '../../find.ts';
import { connectionId } from '../../schemas.ts';
import { Member, nodeId } from '../schemas.ts';
import { addressesOf, findController, findMember, memberOfConnection, memberView, requireNetwork } from '../store.ts';
import { members } from '../tables.ts';
import { openController, requireReady, tokenInUse } from '../talk.ts';

const input = z.object({ connectionId, nodeId });
type Wish = z.output<typeof input>;

const inUse = (node: string, slug: string): Problem =>
  new Problem('node-in-use', `Node ${node} is on the fabric "${slug}" for another connection, or this connection has another node.`);

/** What a member is made of, all of it ready to be written. */
async function ready(ctx: ReadContext, wish: Wish) {
  const found = await connectionOf(ctx, wish.connectionId);
  const network = await requireNetwork(ctx, found.fabric);
  requireReady(await findController(ctx, network.controllerId), ctx.now());
  const there = await memberOfConnection(ctx, found.connection.id);
  if (there && there.nodeId !== wish.nodeId) throw inUse(wish.nodeId, found.fabric.slug);
  return { ...found, network, there };
}

const nameOf = ({ participant, connection }: Joined): string => `AS${participant.asn} ${connection.tag}`;

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
      changes: [{ action: there ? 'update' : 'create', type: 'zerotierMember', id: wish.nodeId, name: `${wish.nodeId} on ${network.networkId}`, fields }],
      reversible: 'Take it off again.',
    };
  },
  async accept(ctx, wish) {
    const { connection, fabric, there } = await ready(ctx, wish);
    if (there) return;
    const { db, tenantId, now } = ctx;
    const at = { observedAt: now(), createdAt: now(), updatedAt: now() };
    // Taken before the controller is told: nobody else lets the same node on for another network.
    await db.insert(members).values({ tenantId, id: newId(), connectionId: connection.id, fabricId: fabric.id, nodeId: wish.nodeId, authorized: false, addresses: [], revision: 0, ...at }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? inUse(wish.nodeId, fabric.slug) : error;
    });
  },
  async execute(work, wish) {
    const { controller, network, found } = await work.tx(async (ctx) => {
      const joined = await findConnection(ctx, wish.connectionId);
      const bound = await requireNetwork(ctx, joined.fabric);
      return { found: joined, network: bound, controller: await findController(ctx, bound.controllerId) };
    });
    requireReady(controller, work.now());
    const { addresses, authorized, revision } = await work.step('member', `Authorise ${wish.nodeId} at ${controller.name}`, async () => {
      const token = await tokenInUse(work, controller);
      const told = { authorized: true, addresses: addressesOf(found.connection), name: nameOf(found) };
      return openController(work, controller, token).upsertMember(network.networkId, wish.nodeId, told);
    });
    return work.tx(async (ctx) => {
      const { db, tenantId, now } = ctx;
      const of = and(eq(members.tenantId, tenantId), eq(members.connectionId, found.connection.id));
      const [row] = await db.update(members).set({ addresses, authorized, revision, observedAt: now(), updatedAt: now() }).where(of).returning();
      ctx.emit('exchange.member.authorized', { id: row!.id, fabricId: found.fabric.id, asn: found.participant.asn, nodeId: wish.nodeId });
      return memberView(await findMember(ctx, row!.id));
    });
  },
}); // prettier-ignore
