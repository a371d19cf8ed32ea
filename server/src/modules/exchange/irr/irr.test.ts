import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { providerOf, provide } from '#kernel/port.ts';
import { startIrrd, type IrrdFake } from '#test/registries.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { exchangeDriftList } from '../findings/operations/exchange.drift.list.ts';
import { exchange } from '../index.ts';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeFabricsCreate } from '../operations/exchange.fabrics.create.ts';
import { exchangeFabricsUpdate } from '../operations/exchange.fabrics.update.ts';
import { exchangeParticipantsCreate } from '../operations/exchange.participants.create.ts';
import { exchangeParticipantsUpdate } from '../operations/exchange.participants.update.ts';
import { exchangeRouteServersConfig } from '../operations/exchange.routeServers.config.ts';
import { exchangeRouteServersCreate } from '../operations/exchange.routeServers.create.ts';
import { bgpq4 } from '../providers/irr/bgpq4.ts';
import { exchangeIrrGet } from './operations/exchange.irr.get.ts';
import { exchangeIrrList } from './operations/exchange.irr.list.ts';
import { exchangeIrrRefresh } from './operations/exchange.irr.refresh.ts';
import { Registries } from './port.ts';
import { watchLists } from './refresh.ts';

const lacking = spawnSync('bgpq4', ['-v']).error === undefined ? undefined : 'bgpq4 is not installed';
const REGISTERED = () => ({
  sets: { 'AS-EXAMPLE': ['AS20001', 'AS-CUSTOMERS'], 'AS-CUSTOMERS': ['AS20005'] } as Record<string, string[]>,
  v4: { 20001: ['45.10.0.0/16', '45.11.0.0/24'], 20005: ['45.12.0.0/23'], 20002: ['45.20.0.0/16'] } as Record<number, string[]>,
  v6: { 20001: ['2400:100::/32'] } as Record<number, string[]>,
});

let world: World;
let irrd: IrrdFake;
let [ana, gustav]: Person[] = [];
let hours = 0;
let limit = 10_000;

beforeAll(async () => {
  irrd = await startIrrd(REGISTERED());
  const registries: Registries = { isConfigured: true, expand: (...asked) => bgpq4({ host: irrd.host, sources: 'RIPE,RADB', timeoutMs: limit }).expand(...asked) };
  world = await createWorld({ modules: [exchange], now: () => new Date(Date.now() + hours * 3_600_000), adapters: () => [provide(Registries, registries)] });
  [ana, gustav] = [world.as({ name: 'ana' }), world.as({ name: 'gustav', tenant: 'b' })];
  await world.done(exchangeFabricsCreate, { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64', rpkiMode: 'monitor' }, ana);
  await world.done(exchangeRouteServersCreate, { fabricId: 'fra', handle: 'rs1', name: 'rs1', addressV6: '2001:db8:100::1', routerId: '192.0.2.1' }, ana);
  await world.done(exchangeParticipantsCreate, { asn: 20_001, name: 'One', asSet: 'AS-EXAMPLE' }, ana);
  await world.done(exchangeParticipantsCreate, { asn: 20_002, name: 'Two' }, ana);
  for (const id of ['20001', '20002']) await world.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: id }, ana);
}); // prettier-ignore
afterAll(async () => {
  await world?.close();
  await irrd?.close();
});

const tick = () => {
  const provider = providerOf(world.adapters);
  const tenantId = world.tenants.a;
  const now = () => new Date(Date.now() + hours * 3_600_000);
  return watchLists({ tenantId, now, provider, tx: (work) => world.databases.tenant({ tenantId, operation: 'test' }, (db) => work({ db, tenantId, now, provider, emit: () => undefined, changeId: null } as never)) });
}; // prettier-ignore
const refresh = async (id: string, more: object = {}) => {
  const change = await world.accepted(exchangeIrrRefresh, { id, ...more }, ana!);
  return world.settled(change, ana!);
};
const list = (id: string) => world.done(exchangeIrrGet, { id }, ana!);
const peerFile = async (asn: number) =>
  (await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!)).files.find(({ path }) => path.startsWith(`peers/as${asn}_`))!.content;
const findings = async () =>
  (await world.done(exchangeDriftList, { class: 'irr_kept' }, ana!)).items.map(({ state, detail }) => `${state} ${detail}`);

describe.skipIf(lacking !== undefined)(`what registries say of networks${lacking ? `, left out: ${lacking}` : ''}`, () => {
  test('is asked for by the clock: the AS-SET with all below it, or the AS number where none is named', async () => {
    expect((await list('20001')).state).toBe('missing');
    expect(await peerFile(20_001)).not.toContain('sy_irr');
    const refused = await world.refused(exchangeFabricsUpdate, { id: 'fra', irrMode: 'enforce' }, ana!);
    expect([refused.slug, refused.extras['asns']]).toEqual(['exchange-irr-missing', [20_001, 20_002]]);
    await tick();
    expect(await list('AS20001')).toMatchObject({
      source: 'AS-EXAMPLE', state: 'fresh', origins: 2, prefixesV4: 3, prefixesV6: 1, problemCode: null,
      entries: { origins: [20_001, 20_005], v4: [{ prefix: '45.10.0.0/16', ge: 16, le: 24 }, { prefix: '45.11.0.0/24', ge: 24, le: 24 }, { prefix: '45.12.0.0/23', ge: 23, le: 24 }], v6: [{ prefix: '2400:100::/32', ge: 32, le: 48 }] },
    }); // prettier-ignore
    expect(await list('20002')).toMatchObject({ source: 'AS20002', state: 'fresh', origins: 1, prefixesV4: 1, prefixesV6: 0 });
    expect(irrd.asked).toContain('!sRIPE,RADB');
    const before = irrd.asked.length;
    await tick();
    expect(irrd.asked.length).toBe(before);
    expect((await world.done(exchangeIrrList, {}, ana!)).items.map(({ asn, state }) => [asn, state])).toEqual([[20_001, 'fresh'], [20_002, 'fresh']]); // prettier-ignore
    expect((await world.done(exchangeIrrList, {}, gustav!)).items).toEqual([]);
    expect((await world.refused(exchangeIrrGet, { id: (await list('20001')).participantId }, gustav!)).slug).toBe('exchange-participant-not-found');
  });

  test('marks routes, refuses those that no registry has, or is not looked at, as the fabric says', async () => {
    expect(await peerFile(20_001)).toContain(
      'if !(net ~ [ 45.10.0.0/16{16,24}, 45.11.0.0/24{24,24}, 45.12.0.0/23{23,24} ]) then return sy_irr_no(9);',
    );
    expect(await peerFile(20_002)).toContain('if !(bgp_path.last_nonaggregated ~ [ 20002 ]) then return sy_irr_no(10);');
    const base = async () => (await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!)).files[1]!.content;
    expect(await base()).toContain('bgp_large_community.add((RS_AS, 1001, 2)); return true;');
    await world.done(exchangeFabricsUpdate, { id: 'fra', irrMode: 'enforce' }, ana!);
    expect(await base()).toContain('function sy_irr_no(int why) { return sy_deny(why); }');
    await world.done(exchangeFabricsUpdate, { id: 'fra', irrMode: 'off' }, ana!);
    expect([await base(), await peerFile(20_001)].join('')).not.toContain('sy_irr');
    await world.done(exchangeFabricsUpdate, { id: 'fra', irrMode: 'tag' }, ana!);
  });

  test('is kept where the answer is empty, less than half, or none at all; it is said so on the route servers until it is well again', async () => {
    const before = await list('20001');
    hours = 7;
    irrd.registered.sets['AS-EXAMPLE'] = ['AS20001'];
    irrd.registered.v4[20_001] = ['45.10.0.0/16'];
    await tick();
    expect(await list('20001')).toMatchObject({
      state: 'kept',
      problemCode: 'irr-list-shrunk',
      entries: before.entries,
      fetchedAt: before.fetchedAt,
    });
    expect((await list('20001')).ageSeconds).toBeGreaterThan(6 * 3_600);
    expect(await findings()).toEqual([expect.stringContaining('open Lists of registries that were not renewed: AS20001: irr-list-shrunk')]);
    irrd.registered.sets['AS-EXAMPLE'] = [];
    expect((await refresh('20001', { force: true })).state).toBe('failed');
    expect(await list('20001')).toMatchObject({ state: 'kept', problemCode: 'irr-list-empty', entries: before.entries });
    irrd.hang(true);
    limit = 1_000;
    expect((await refresh('20001')).state).toBe('failed');
    expect(await list('20001')).toMatchObject({ state: 'kept', problemCode: 'irr-timeout', entries: before.entries });
    irrd.hang(false);
    limit = 10_000;
    irrd.registered.sets['AS-EXAMPLE'] = ['AS20001'];
    expect((await refresh('20001', { force: true })).state).toBe('succeeded');
    expect(await list('20001')).toMatchObject({ state: 'fresh', problemCode: null, origins: 1, prefixesV4: 1 });
    expect(await findings()).toEqual([]);
  });

  test('follows the set that the network names; another set has another size', async () => {
    irrd.registered.sets['AS-OTHER'] = ['AS20005'];
    await world.done(exchangeParticipantsUpdate, { id: '20001', asSet: 'AS-OTHER' }, ana!);
    expect((await refresh('20001')).state).toBe('succeeded');
    expect(await list('20001')).toMatchObject({
      source: 'AS-OTHER',
      entries: { origins: [20_005], v4: [{ prefix: '45.12.0.0/23', ge: 23, le: 24 }], v6: [] },
    });
  });

  test('is asked of whom the installation names, about what is a set, and of nobody else', async () => {
    const { expand } = bgpq4({ host: irrd.host, sources: undefined });
    for (const odd of ['-h evil.example', '--help', 'AS-A\n!q', 'AS-A;id', '', 'AS-A  AS-B'])
      await expect(expand(odd), odd).rejects.toMatchObject({ slug: 'irr-unavailable' });
    await expect(bgpq4({ host: undefined, sources: undefined }).expand('AS1')).rejects.toMatchObject({ slug: 'irr-not-configured' });
    await expect(bgpq4({ host: irrd.host, sources: undefined, command: 'bgpq4-that-is-absent' }).expand('AS1')).rejects.toMatchObject({ slug: 'irr-not-configured' });
    await expect(bgpq4({ host: '127.0.0.1:1', sources: undefined }).expand('AS1')).rejects.toMatchObject({ slug: 'irr-unavailable' });
    expect(await expand('AS-EXAMPLE AS-OTHER')).toMatchObject({ origins: [20_001, 20_005] });
  }); // prettier-ignore
});
