import { expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { providerOf } from '#kernel/port.ts';
import type { joiningLab, Request } from '#test/joining.ts';
import { exchangeConnectionsGet } from '../operations/exchange.connections.get.ts';
import { exchangePortsList } from '../joining/operations/exchange.ports.list.ts';
import { exchangeRequestsList } from '../joining/operations/exchange.requests.list.ts';
import { watchRouteServers } from '../applying/watch.ts';
import { events } from './index.ts';

type Lab = Awaited<ReturnType<typeof joiningLab>>;

const REFUSED = 'exchange.prefix.refused';

interface Glass {
  lab: Pick<Lab, 'world' | 'ana'>;
  petra: Lab['ana'];
  port: Request;
  /** The name of its sessions. */
  own: string;
  /** What route servers say from now on, by the port of their SSH server. */
  isUp: Map<number, boolean>;
  asked: string[];
}

/** What is told of members, on route servers that say what the golden texts say. */
// oxlint-disable-next-line max-lines-per-function -- three scenarios with the steps that they are made of
export function observingScenarios(glass: () => Glass): void {
  let now = new Date();
  const later = (seconds: number): Date => (now = new Date(now.getTime() + seconds * 1_000));
  /** What the clock does each minute, with all that it announces; what does not fit what is said of it fails. */
  async function watch(): Promise<[string, Record<string, unknown>][]> {
    const { world, ana } = glass().lab;
    const tenantId = world.tenants.a;
    const told: [string, Record<string, unknown>][] = [];
    const provider = providerOf(world.adapters);
    const tx = (work: (ctx: never) => Promise<unknown>) =>
      world.databases.tenant({ tenantId, operation: 'watch' }, async (db) => {
        const mine: typeof told = [];
        const emit = (type: string, data: Record<string, unknown>) => void mine.push([type, data]);
        const done = await work({ db, tenantId, now: () => now, emit, provider, changeId: null, actor: ana.actor } as never);
        told.push(...mine);
        return done;
      });
    await watchRouteServers({ tenantId, now: () => now, provider, tx } as never);
    const ours = told.filter(([type]) => type in events);
    for (const [type, data] of ours) expect(events[type]!.data!.parse(data)).toEqual(data);
    return ours;
  }
  const types = (told: Awaited<ReturnType<typeof watch>>) =>
    told.filter(([type]) => type !== REFUSED).map(([type, data]) => `${type} ${String(data['routeServer'] ?? data['to'])}`);
  const refused = (told: Awaited<ReturnType<typeof watch>>) => told.filter(([type]) => type === REFUSED).map(([, data]) => data);
  const health = async () => (await glass().lab.world.done(exchangeConnectionsGet, { id: glass().port.connectionId! }, glass().lab.ana)).health;

  test('a session that comes up is told of once it has stayed so, and its port with it; what was there before is no news', async () => {
    const { lab: { world, ana }, petra, port, own, isUp } = glass(); // prettier-ignore
    const { fabricId } = port;
    await world.databases.tenant({ tenantId: world.tenants.a, operation: 'test' }, async (db) => {
      await db.execute(sql`insert into exchange_rs_generations (tenant_id, id, route_server_id, number, sha256, wish, files, sessions, state, cause, impact, confirmed_at)
        select tenant_id, gen_random_uuid(), id, 1, 'x', 'x', '[]', 0, 'confirmed', 'manual', '{}', now() from exchange_route_servers where fabric_id = ${fabricId}`);
      // As it is where a server was served before sessions were looked at.
      await db.execute(sql`update exchange_route_server_access set sessions_known = false where port = 2201`);
    });
    isUp.set(2_200, true).set(2_201, true);
    expect([types(await watch()), await health()]).toEqual([[], 'degraded']);
    later(20);
    expect(types(await watch())).toEqual([]);
    later(40);
    const told = await watch();
    expect(types(told)).toEqual(['exchange.session.up rs1', 'exchange.port.health_changed up']);
    expect(told[0]![1]).toMatchObject({ portId: port.id, connectionId: port.connectionId, asn: 20_001, protocol: own, fabric: 'fra', since: new Date(now.getTime() - 60_000).toISOString() });
    expect(told[1]![1]).toMatchObject({ portId: port.id, from: 'degraded', to: 'up', up: 2, sessions: 2 });
    later(60);
    expect(types(await watch())).toEqual([]);
    for (const [operation, who] of [[exchangePortsList, petra], [exchangeRequestsList, ana]] as const) {
      expect((await world.done(operation, { health: 'up' }, who)).items.map(({ id, health: is }) => [id, is])).toEqual([[port.id, 'up']]);
      expect((await world.done(operation, { health: 'down' }, who)).items).toEqual([]);
    }
  }); // prettier-ignore

  test('a session that goes and comes back within half a minute is not told of; one that stays away is, once, whoever looks', async () => {
    const { isUp } = glass();
    isUp.set(2_200, false);
    expect(types(await watch())).toEqual([]);
    later(20);
    isUp.set(2_200, true);
    expect(types(await watch())).toEqual([]);
    isUp.set(2_200, false);
    later(20);
    expect(types(await watch())).toEqual([]);
    later(31);
    const [one, other] = await Promise.all([watch(), watch()]);
    expect(types([...one, ...other])).toEqual(['exchange.session.down rs1', 'exchange.port.health_changed degraded']);
    expect(await health()).toBe('degraded');
    isUp.set(2_201, false);
    await watch();
    later(60);
    expect(types(await watch())).toEqual(['exchange.session.down rs2', 'exchange.port.health_changed down']);
    expect(await health()).toBe('down');
  });

  test('while a server is reloaded as was told nobody is alarmed of its sessions; of what stays away afterwards, and of other servers, as ever', async () => {
    const { lab: { world }, port: { fabricId }, isUp } = glass(); // prettier-ignore
    const tell = (state: string) =>
      world.databases.tenant({ tenantId: world.tenants.a, operation: 'test' }, async (db) => {
        await db.execute(sql`insert into exchange_maintenance (tenant_id, id, fabric_id, kind, reason, starts_at, ends_at, state, planned_by, planned_by_name)
          select tenant_id, fabric_id, fabric_id, 'rs_reload', 'test', now(), now() + interval '1 hour', 'active', fabric_id, 'test' from exchange_route_servers
          where fabric_id = ${fabricId} and handle = 'rs1' on conflict do nothing`);
        await db.execute(sql`insert into exchange_maintenance_servers (tenant_id, id, maintenance_id, route_server_id, phase)
          select tenant_id, id, fabric_id, id, 'serving' from exchange_route_servers where fabric_id = ${fabricId} and handle = 'rs1' on conflict do nothing`);
        await db.execute(sql`update exchange_maintenance set state = ${state} where id = ${fabricId}`);
      });
    isUp.set(2_200, true).set(2_201, true);
    await watch();
    later(60);
    await watch();
    expect(await health()).toBe('up');
    await tell('active');
    isUp.set(2_200, false);
    await watch();
    later(60);
    expect([types(await watch()), await health()]).toEqual([[], 'up']);
    await tell('ending');
    later(60);
    expect(types(await watch())).toEqual([]);
    isUp.set(2_201, false);
    await watch();
    later(60);
    expect(types(await watch())).toEqual(['exchange.session.down rs2', 'exchange.port.health_changed degraded']);
    await tell('ended');
    expect(types(await watch())).toEqual(['exchange.session.down rs1', 'exchange.port.health_changed down']);
  });

  test('the first route that is refused for a reason is told of each port and day, on whichever server it is seen', async () => {
    const { own, isUp, asked } = glass();
    // The same day was told of already, by the looks above.
    expect(refused(await watch())).toEqual([]);
    later(24 * 3_600);
    isUp.set(2_200, true).set(2_201, true);
    asked.splice(0);
    const [one, other] = await Promise.all([watch(), watch()]);
    expect(refused([...one, ...other]).map(({ code, prefix, routes }) => [code, prefix, routes]).toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([[1, '2400:400:0:1::/64', 1], [3, '2001:db8:f00::/48', 1], [5, '2400:600::/32', 1], [13, '2400:300::/32', 1]]);
    expect(asked.filter((line) => line.includes('filtered'))).toContain(`2200 show filtered ${own}`);
    asked.splice(0);
    later(60);
    expect(refused(await watch())).toEqual([]);
    // Nothing has changed: nobody is asked again.
    expect(asked.filter((line) => line.includes('filtered'))).toEqual([]);
    later(24 * 3_600);
    expect(refused(await watch()).map(({ code, title }) => [code, title])).toEqual([[1, 'Prefix too long'], [3, 'Not a public prefix'], [5, 'AS path too long'], [13, 'RPKI Invalid']]);
  }); // prettier-ignore
}
