import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf, provide } from '#kernel/port.ts';
import { startPeeringdb, type PeeringdbFake } from '#test/registries.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { exchange } from '../index.ts';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeFabricsCreate } from '../operations/exchange.fabrics.create.ts';
import { exchangeParticipantsCreate } from '../operations/exchange.participants.create.ts';
import { exchangeParticipantsGet } from '../operations/exchange.participants.get.ts';
import { exchangeParticipantsUpdate } from '../operations/exchange.participants.update.ts';
import { exchangeRouteServersConfig } from '../operations/exchange.routeServers.config.ts';
import { exchangeRouteServersCreate } from '../operations/exchange.routeServers.create.ts';
import { peeringdbApi, setsIn } from '../providers/peeringdb/api.ts';
import { exchangeParticipantsRefresh } from './operations/exchange.participants.refresh.ts';
import { NetworkFacts } from './port.ts';
import { watchFacts } from './refresh.ts';

const NETWORK = {
  id: 77, asn: 20_001, name: 'Example\u0007Networks', website: 'https://example.net', irr_as_set: 'RIPE::AS-EXAMPLE, AS-MORE@RADB junk', info_prefixes4: 500, info_prefixes6: 100,
  policy_url: 'javascript:alert(1)', info_never_via_route_servers: false,
  poc_set: [{ role: 'Abuse', email: 'abuse@example.net', visible: 'Public' }, { role: 'NOC', email: 'private@example.net', visible: 'Private' }, { role: 'NOC', email: 'noc@example.net', visible: 'Public' }],
}; // prettier-ignore
const KEY = 'key-of-the-laboratory-0001';

let world: World;
let peeringdb: PeeringdbFake;
let [ana, looker]: Person[] = [];
let hours = 0;
const now = () => new Date(Date.now() + hours * 3_600_000);

beforeAll(async () => {
  peeringdb = await startPeeringdb([NETWORK]);
  world = await createWorld({ modules: [exchange], now, adapters: () => [provide(NetworkFacts, peeringdbApi({ url: peeringdb.url, apiKey: KEY, allowPrivateTargets: true }))] });
  [ana, looker] = [world.as({ name: 'ana' }), world.as({ name: 'looker', permissions: ['exchange:read'] })];
  for (const asn of [20_001, 20_002]) await world.done(exchangeParticipantsCreate, { asn, name: `Network ${asn}` }, ana);
}); // prettier-ignore
afterAll(async () => {
  await world?.close();
  await peeringdb?.close();
});

const shown = () => world.done(exchangeParticipantsGet, { id: '20001' }, ana!);
const refresh = async (id: string) => world.settled(await world.accepted(exchangeParticipantsRefresh, { id }, ana!), ana!);
const tick = () => {
  const [provider, tenantId] = [providerOf(world.adapters), world.tenants.a];
  return watchFacts({ tenantId, now, provider, tx: (work) => world.databases.tenant({ tenantId, operation: 'test' }, (db) => work({ db, tenantId, now, provider, emit: () => undefined, changeId: null } as never)) });
}; // prettier-ignore

test('what PeeringDB says of a network is kept beside what people set, which goes before it and is never written over', async () => {
  await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV4: 50, nocEmail: 'ops@example.net' }, ana!);
  expect((await refresh('20001')).state).toBe('succeeded');
  const facts = { netId: 77, name: 'Example Networks', asSet: 'AS-EXAMPLE AS-MORE', maxPrefixesV4: 500, maxPrefixesV6: 100, website: 'https://example.net/', nocEmail: 'noc@example.net', policyUrl: null, neverViaRs: false }; // prettier-ignore
  expect(await shown()).toMatchObject({
    name: 'Network 20001', asSet: null, maxPrefixesV4: 50, maxPrefixesV6: null, nocEmail: 'ops@example.net', peeringdb: facts, peeringdbProblem: null,
    effective: { asSet: 'AS-EXAMPLE AS-MORE', maxPrefixesV4: 50, maxPrefixesV6: 100, nocEmail: 'ops@example.net', policyUrl: null },
  }); // prettier-ignore
  expect(peeringdb.asked).toEqual([{ path: '/api/net?asn=20001&depth=2', authorization: `Api-Key ${KEY}` }]);
});

test('route servers take the limits that hold', async () => {
  await world.done(exchangeFabricsCreate, { slug: 'fra', name: 'F', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64', rpkiMode: 'monitor' }, ana!);
  await world.done(
    exchangeRouteServersCreate,
    { fabricId: 'fra', handle: 'rs1', name: 'x', addressV6: '2001:db8:100::1', routerId: '192.0.2.1' },
    ana!,
  );
  await world.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: '20001' }, ana!);
  const limits = async () => (await world.done(exchangeRouteServersConfig, { id: 'rs1' }, ana!)).files.at(-1)!.content.match(/import limit \d+/g);
  expect(await limits()).toEqual(['import limit 130', 'import limit 70']);
  await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 1_000 }, ana!);
  expect(await limits()).toEqual(['import limit 1210', 'import limit 70']);
});

test('it is asked once a day; a network that it does not know, and an answer that it does not give, leave what was known', async () => {
  const before = await shown();
  await tick();
  expect(peeringdb.asked.splice(0).map(({ path }) => path)).toEqual(['/api/net?asn=20001&depth=2', '/api/net?asn=20002&depth=2']);
  expect(await world.done(exchangeParticipantsGet, { id: '20002' }, ana!)).toMatchObject({ peeringdb: null, peeringdbProblem: 'peeringdb-network-unknown' });
  hours = 25;
  for (const fault of [{ status: 503 }, { status: 429 }, { text: 'no JSON' }, { text: '{"data":[{"id":"x"}]}' }, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }]) {
    peeringdb.force(fault);
    const { state, problem } = await refresh('20001');
    expect([fault, state, problem?.type]).toEqual([fault, 'failed', expect.stringContaining('peeringdb-api-unavailable')]);
    expect(await shown()).toMatchObject({ peeringdb: before.peeringdb, peeringdbAt: before.peeringdbAt, peeringdbProblem: 'peeringdb-api-unavailable' });
  }
  expect(peeringdb.asked.length).toBe(5);
  await tick();
  expect(await shown()).toMatchObject({ peeringdbProblem: 'peeringdb-api-unavailable' });
  hours = 50;
  await tick();
  expect(await shown()).toMatchObject({ peeringdb: before.peeringdb, peeringdbProblem: null });
}); // prettier-ignore

test('whoever may only look does not have it asked, and nobody does where the installation names no PeeringDB; private addresses are closed', async () => {
  expect((await world.refused(exchangeParticipantsRefresh, { id: '20001' }, looker!)).slug).toBe('permission-denied');
  await expect(peeringdbApi({ url: undefined }).of(1)).rejects.toMatchObject({ slug: 'peeringdb-api-unavailable' });
  const before = peeringdb.asked.length;
  await expect(peeringdbApi({ url: peeringdb.url }).of(20_001)).rejects.toMatchObject({ slug: 'peeringdb-api-unavailable' });
  expect(peeringdb.asked.length).toBe(before);
});

test('AS-SETs are read as people write them, and what is none is left out', () => {
  expect([setsIn('AS-A'), setsIn('ripe::as-a radb::AS-B'), setsIn('AS1:AS-A:AS-B@RIPE'), setsIn('-h evil'), setsIn(''), setsIn(null), setsIn('AS-A AS-A')]).toEqual(
    ['AS-A', 'AS-A AS-B', 'AS1:AS-A:AS-B', null, null, null, 'AS-A'],
  ); // prettier-ignore
});
