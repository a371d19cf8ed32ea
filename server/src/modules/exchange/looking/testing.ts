import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { RouteWorld } from '../ssh/testing.ts';
import { exchangeBirdwatcherProtocols } from './operations/exchange.birdwatcher.protocols.ts';
import { exchangeBirdwatcherRoutes } from './operations/exchange.birdwatcher.routes.ts';
import { exchangeBirdwatcherStatus } from './operations/exchange.birdwatcher.status.ts';
import { exchangeLookingglassRefused } from './operations/exchange.lookingglass.refused.ts';
import { exchangeLookingglassRoutes } from './operations/exchange.lookingglass.routes.ts';
import { exchangeLookingglassSearch } from './operations/exchange.lookingglass.search.ts';

/** Looks through a real server, over SSH: the first member announces a prefix that is too long besides its own. */
export async function looksThrough({ world, ana, lab, rs1, until }: RouteWorld): Promise<void> {
  const config = lab.path('m1', 'main.conf');
  writeFileSync(config, readFileSync(config, 'utf8').replace('blackhole; }', 'blackhole; route 2400:200:0:1::/64 blackhole; }'));
  lab.birdc('m1', 'configure');
  await until(() => expect(rs1.birdc('show route filtered')).toContain('2400:200:0:1::/64'), 10_000);
  const watched = { server: 'rs1' };
  expect(await world.done(exchangeBirdwatcherStatus, watched, ana)).toMatchObject({ status: { message: 'Daemon is up and running' } });
  const { protocols } = await world.done(exchangeBirdwatcherProtocols, watched, ana);
  const [one, other] = ['sy_as20001', 'sy_as20002'].map((name) => Object.keys(protocols).find((key) => key.startsWith(name))!);
  expect(protocols[one!]).toMatchObject({ connection: 'Established', neighbor_as: 20_001, routes: { imported: 1, filtered: 1 } });
  const filtered = await world.done(exchangeBirdwatcherRoutes, { ...watched, view: 'filtered', protocol: one! }, ana);
  expect(filtered.routes.map(({ network, bgp }) => [network, bgp.large_communities])).toEqual([['2400:200:0:1::/64', [[64_500, 1_101, 1]]]]);
  const { items } = await world.done(exchangeLookingglassRefused, { id: 'rs1', session: one! }, ana);
  expect(items[0]!.reason).toMatchObject({ code: 1, title: 'Prefix too long' });
  const routes = async (session: string, view: string) => (await world.done(exchangeLookingglassRoutes, { id: 'rs1', session, view }, ana)).items.map(({ prefix }) => prefix); // prettier-ignore
  expect([await routes(one!, 'accepted'), await routes(other!, 'exported')]).toEqual([['2400:200::/32'], ['2400:200::/32']]);
  const found = async (prefix: string) => (await world.done(exchangeLookingglassSearch, { id: 'rs1', prefix }, ana)).items.map((route) => [route.prefix, route.protocol]); // prettier-ignore
  expect([await found('2400::/16'), await found('2400:200::9')]).toEqual([
    [
      ['2400:200::/32', one],
      ['2400:300::/32', other],
    ],
    [['2400:200::/32', one]],
  ]);
}
