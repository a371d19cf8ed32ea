import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { TokenSealing } from '../../controllers/talk.ts';
import { differences } from '../../plans.ts';
import { SshLines } from '../../providers/ssh/port.ts';
import { findRouteServer, oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { accessView, fingerprintOf } from '../rows.ts';
import { Access, accessFields, bareKey } from '../schemas.ts';
import { accesses } from '../tables.ts';
import { accessOf, keyPlace } from '../talk.ts';

const input = z.object({
  id: routeServerId,
  host: accessFields.host,
  port: accessFields.port.default(22),
  user: accessFields.user.default('switchyard'),
  hostKey: accessFields.hostKey,
});

export const exchangeRouteServersConnect = defineOperation({
  name: 'exchange.routeServers.connect',
  summary: 'Record how a route server is reached over SSH',
  description:
    'With its host key, which is read on the server itself: no other one is ever accepted. A key of our own is made for this server alone and stays; its public half is in the setup script. Nothing is sent to the server.',
  permission: 'exchange:manage',
  risk: 'write',
  input,
  output: Access,
  targets: oneRouteServer,
  async plan(ctx, { id, ...said }) {
    const wish = { ...said, hostKey: bareKey(said.hostKey) };
    const { server } = await routeServerOf(ctx, id);
    const known = await accessOf(ctx, server.id);
    const fields = known ? differences(known, wish) : Object.entries(wish).map(([path, after]) => ({ path, after }));
    return {
      summary: `Reach the route server "${server.handle}" at ${wish.host} with host key ${fingerprintOf(wish.hostKey)}`,
      changes: [{ action: known ? 'update' : 'create', type: 'exchangeRouteServerAccess', id: server.id, name: server.handle, fields }],
      warnings: known && known.hostKey !== wish.hostKey ? ['Another host key than before: make sure that it is the one of the server.'] : [],
      reversible: 'Record what was there before.',
      observed: { [`access of ${server.id}`]: String(known?.version ?? 0) },
    };
  },
  async run(ctx, { id, ...said }) {
    const wish = { ...said, hostKey: bareKey(said.hostKey) };
    const { db, tenantId, now, provider } = ctx;
    const { server } = await findRouteServer(ctx, id);
    const known = await accessOf(ctx, server.id);
    const fresh = { state: 'unknown' as const, problemCode: null, detail: null, updatedAt: now() };
    ctx.emit('exchange.routeServer.connected', { id: server.id, handle: server.handle, host: wish.host, fingerprint: fingerprintOf(wish.hostKey) });
    if (known) {
      const [row] = await db.update(accesses).set({ ...wish, ...fresh, version: sql`${accesses.version} + 1` }).where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, known.id))).returning(); // prettier-ignore
      return accessView(row!);
    }
    const row = { tenantId, id: newId(), routeServerId: server.id };
    const { privateKey, publicKey } = await provider(SshLines).newKeyPair(`switchyard-${server.handle}`);
    const sealed = await provider(TokenSealing).seal(db, keyPlace(row), privateKey);
    const [made] = await db.insert(accesses).values({ ...row, ...wish, ...fresh, publicKey, privateKey: sealed, createdAt: now() }).returning(); // prettier-ignore
    return accessView(made!);
  },
});
