import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { placedIn } from '../connecting.ts';
import { letRest } from '../controllers/pool.ts';
import { connectionOf, findConnection, findFabric, oneConnection, requireSeen, taken, type Joined } from '../find.ts';
import { differences, given } from '../plans.ts';
import { Connection, connectionFields, connectionId } from '../schemas.ts';
import { connections } from '../tables.ts';
import { connectionView } from '../view.ts';

const NAME = 'exchange.connections.update';
const { addressV6, addressV4, state, roleStrict } = connectionFields;
const Edit = z.object({ addressV6, addressV4: addressV4.nullable(), state, roleStrict }).partial();

/** The edit with its addresses as they are stored. */
function edited({ connection, fabric }: Joined, edit: z.output<typeof Edit>) {
  const wanted = { addressV6: edit.addressV6 ?? connection.addressV6, addressV4: edit.addressV4 === undefined ? connection.addressV4 : edit.addressV4 }; // prettier-ignore
  return { ...given(edit), ...placedIn(NAME, fabric, wanted) };
}

export const exchangeConnectionsUpdate = defineOperation({
  name: NAME,
  summary: 'Change a connection: addresses, role, or whether it is suspended',
  description: 'Route servers follow when their configuration is applied.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: connectionId, ...Edit.shape }),
  output: Connection,
  targets: oneConnection,
  async plan(ctx, { id, ...edit }) {
    const found = await connectionOf(ctx, id);
    const name = `AS${found.participant.asn} at ${found.fabric.slug}`;
    requireSeen(name, found.connection, ctx);
    const fields = differences(found.connection, edited(found, edit));
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of ${name}`,
      changes: [{ action: 'update', type: 'exchangeConnection', id: found.connection.id, name, fields }],
      warnings: fields.some(({ path }) => path.startsWith('address')) ? ['The sessions of the member end until it uses the new address too.'] : [],
      reversible: 'Change it back.',
      observed: { [`connection ${found.connection.id}`]: String(found.connection.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const before = await findConnection(ctx, id);
    await findFabric(ctx, before.fabric.id, true);
    const found = await findConnection(ctx, id);
    requireSeen(`AS${found.participant.asn} at ${found.fabric.slug}`, found.connection, ctx);
    const patch = edited(found, edit);
    const [connection] = await ctx.db
      .update(connections)
      .set({ ...patch, version: sql`${connections.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(connections.tenantId, ctx.tenantId), eq(connections.id, id)))
      .returning()
      .catch(taken(`The address ${patch.addressV6} or ${patch.addressV4 ?? 'its IPv4 address'}`));
    if (patch.addressV4 !== found.connection.addressV4) await letRest(ctx, found.fabric.id, found.connection.addressV4);
    ctx.emit('exchange.connection.updated', { id, fabricId: found.fabric.id, asn: found.participant.asn });
    return connectionView({ ...found, connection: connection! });
  },
});
