import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { connect, foreseen } from '../connecting.ts';
import { bothOf, fabricOf, participantOf } from '../find.ts';
import { creation } from '../plans.ts';
import { Connection, connectionFields, fabricId, participantId } from '../schemas.ts';
import { connectionView } from '../view.ts';

const NAME = 'exchange.connections.create';

const input = z.object({
  fabricId,
  participantId,
  addressV6: connectionFields.addressV6
    .optional()
    .meta({ title: 'IPv6 address', help: 'On the peering LAN, without its length; made of the ASN when left out', examples: ['2001:db8:100::10'] }),
  addressV4: connectionFields.addressV4
    .optional()
    .meta({ title: 'IPv4 address', help: 'The next free one when left out where IPv4 has sessions of its own', examples: ['192.0.2.11'] }),
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
    const fields = { ...(await foreseen(ctx, NAME, fabric, participant.asn, wish)), roleStrict: wish.roleStrict };
    return {
      summary: `Connect AS${participant.asn} to the fabric "${fabric.slug}"`,
      changes: creation('exchangeConnection', `AS${participant.asn} at ${fabric.slug}`, fields),
      reversible: 'Remove the connection.',
    };
  },
  async run(ctx, wish) {
    const { fabric, participant } = await ends(ctx, wish);
    return connectionView(await connect(ctx, NAME, { fabricId: fabric.id, participant }, { ...wish, state: 'active' }));
  },
});
