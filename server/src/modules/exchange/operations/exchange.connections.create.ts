import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { placedIn } from '../connecting.ts';
import { nextAddress, takeAddress } from '../controllers/addressing.ts';
import { bothOf, fabricOf, findFabric, participantOf, taken } from '../find.ts';
import { creation } from '../plans.ts';
import { tagOf } from '../rules.ts';
import { Connection, connectionFields, fabricId, participantId } from '../schemas.ts';
import { connections } from '../tables.ts';
import { connectionView } from '../view.ts';

/** Of a fabric, and of a network on one fabric (exchange.md 19). */
const MOST_ON_FABRIC = 2_000;
const MOST_OF_NETWORK = 4;
const NAME = 'exchange.connections.create';

const input = z.object({
  fabricId,
  participantId,
  addressV6: connectionFields.addressV6
    .optional()
    .meta({ title: 'IPv6 address', help: 'On the peering LAN, without its length; made of the ASN when left out', examples: ['2001:db8:100::10'] }),
  addressV4: connectionFields.addressV4.optional(),
  roleStrict: connectionFields.roleStrict.default(false),
});

const ends = async (ctx: ReadContext, wish: { fabricId: string; participantId: string }) => ({
  fabric: await fabricOf(ctx, wish.fabricId),
  participant: await participantOf(ctx, wish.participantId),
});

export const exchangeConnectionsCreate = defineOperation({
  name: NAME,
  summary: 'Connect a network to a peering LAN',
  description: 'It becomes a peer of every route server of the fabric when their configuration is applied.',
  permission: 'exchange:manage',
  risk: 'write',
  input,
  output: Connection,
  targets: async (ctx, wish) => bothOf(await ends(ctx, wish)),
  async plan(ctx, wish) {
    const { fabric, participant } = await ends(ctx, wish);
    const addressV6 = wish.addressV6 ?? (await nextAddress(ctx, fabric, participant.asn));
    const fields = { ...placedIn(NAME, fabric, { ...wish, addressV6 }), roleStrict: wish.roleStrict };
    return {
      summary: `Connect AS${participant.asn} to the fabric "${fabric.slug}"`,
      changes: creation('exchangeConnection', `AS${participant.asn} at ${fabric.slug}`, fields),
      reversible: 'Remove the connection.',
    };
  },
  async run(ctx, wish) {
    const { db, tenantId } = ctx;
    const { participant } = await ends(ctx, wish);
    // One at a time on a fabric, so that limits hold and no two get one tag.
    const fabric = await findFabric(ctx, wish.fabricId, true);
    const there = await db
      .select({ tag: connections.tag, participantId: connections.participantId })
      .from(connections)
      .where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabric.id)));
    if (there.length >= MOST_ON_FABRIC) throw new Problem('exchange-full', `The fabric "${fabric.slug}" has ${MOST_ON_FABRIC} connections.`);
    if (there.filter((one) => one.participantId === participant.id).length >= MOST_OF_NETWORK)
      throw new Problem('exchange-full', `AS${participant.asn} has ${MOST_OF_NETWORK} connections to the fabric "${fabric.slug}".`);
    const addressV6 = wish.addressV6 ?? (await takeAddress(ctx, fabric, participant.asn));
    const id = newId();
    const [connection] = await db
      .insert(connections)
      .values({
        tenantId,
        id,
        fabricId: fabric.id,
        participantId: participant.id,
        tag: tagOf(id, new Set(there.map(({ tag }) => tag))),
        ...placedIn(NAME, fabric, { ...wish, addressV6 }),
        roleStrict: wish.roleStrict,
        state: 'active',
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning()
      .catch(taken(`The address ${addressV6} or ${wish.addressV4 ?? 'its IPv4 address'}`));
    ctx.emit('exchange.connection.created', { id, fabricId: fabric.id, asn: participant.asn });
    return connectionView({ connection: connection!, fabric, participant });
  },
});
