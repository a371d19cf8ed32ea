import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Operation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { provide } from '#kernel/port.ts';
import { joiningLab, type Request } from '#test/joining.ts';
import { observingScenarios } from '../observing/testing.ts';
import { exchangeConnectionsGet } from '../operations/exchange.connections.get.ts';
import { exchangeFabricsUpdate } from '../operations/exchange.fabrics.update.ts';
import { exchangeRouteServersCreate } from '../operations/exchange.routeServers.create.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { exchangeRouteServersConnect } from '../ssh/operations/exchange.routeServers.connect.ts';
import { exchangeBirdwatcherProtocols } from './operations/exchange.birdwatcher.protocols.ts';
import { exchangeBirdwatcherRoutes } from './operations/exchange.birdwatcher.routes.ts';
import { exchangeBirdwatcherStatus } from './operations/exchange.birdwatcher.status.ts';
import { exchangeLookingglassProtocols } from './operations/exchange.lookingglass.protocols.ts';
import { exchangeLookingglassRefused } from './operations/exchange.lookingglass.refused.ts';
import { exchangeLookingglassRoutes } from './operations/exchange.lookingglass.routes.ts';
import { exchangeLookingglassSearch } from './operations/exchange.lookingglass.search.ts';
import { exchangeLookingglassStatus } from './operations/exchange.lookingglass.status.ts';
import { exchangePublicGlassRoutes } from './operations/exchange.publicGlass.routes.ts';
import { exchangePublicGlassServers } from './operations/exchange.publicGlass.servers.ts';
import { exchangePublicGlassSessions } from './operations/exchange.publicGlass.sessions.ts';
import { exchangePortsRoutes } from './operations/exchange.ports.routes.ts';
import { exchangePortsSessions } from './operations/exchange.ports.sessions.ts';
import { concerns, searchedOf } from './prefix.ts';
import { REASONS } from './reasons.ts';
import { countedIn, routeReader } from './routes.ts';
import { daemonIn, sessionsIn } from './sessions.ts';

/** As BIRD 2.0.12 says it in the lab. */
const told = (name: string): string => readFileSync(new URL(`./fixtures/${name}.txt`, import.meta.url), 'utf8');
const GOLDEN = 'sy_as20001_3f2a9c';
const read = (text: string, most = 100, size = text.length) => {
  const reader = routeReader(most);
  for (let at = 0; at < text.length; at += size) if (!reader.push(text.slice(at, at + size))) break;
  return reader.end();
};

describe('what BIRD says', () => {
  test('of itself', () => {
    expect(daemonIn(told('daemon'))).toEqual({ version: '2.0.12', routerId: '198.51.100.1', serverTime: expect.stringMatching(/^\d{4}-/), lastReboot: expect.stringMatching(/^\d{4}-/), lastReconfiguration: expect.stringMatching(/^\d{4}-/), message: 'Daemon is up and running' }); // prettier-ignore
  });
  test('of sessions: those of BGP alone, with what each family has', () => {
    const sessions = sessionsIn(told('protocols'));
    expect(sessions.map(({ protocol, bgpState }) => [protocol, bgpState])).toEqual([[GOLDEN, 'Established'], ['sy_as20002_77aa01', 'Established'], ['sy_as20003_55bb02', 'Passive']]); // prettier-ignore
    expect(sessions[0]).toMatchObject({ state: 'up', description: 'AS20001 connection 3f2a9c', neighborAddress: '2001:db8:100::3f2a', neighborAs: 20_001, neighborId: '10.0.0.1', lastError: null }); // prettier-ignore
    expect(sessions[0]!.channels).toEqual([
      { family: 'ipv6', state: 'UP', imported: 2, filtered: 4, exported: 1, preferred: 2, importLimit: 1_000, limitHit: false },
      { family: 'ipv4', state: 'UP', imported: 1, filtered: 0, exported: 0, preferred: 1, importLimit: 1_000, limitHit: false },
    ]);
    const hit = told('protocols').replace('    Import limit:   1000', '    Import limit:   1000 [HIT]');
    expect(sessionsIn(hit)[0]!.channels.map(({ limitHit }) => limitHit)).toEqual([true, false]);
  });
  test('of routes, whole or in pieces of any size, with all that they carry', () => {
    const { routes, isCut } = read(told('accepted'));
    expect(isCut).toBe(false);
    expect(routes.map(({ prefix, protocol }) => [prefix, protocol])).toEqual([['2400:100::/32', GOLDEN], ['2400:200::/32', GOLDEN], ['45.10.0.0/16', GOLDEN]]); // prettier-ignore
    const one = routes.find(({ prefix }) => prefix === '2400:200::/32')!;
    expect(one).toMatchObject({ primary: true, preference: 100, gateway: '2001:db8:100::3f2a', interface: 'eth0', origin: 'IGP', asPath: '20001', nextHop: '2001:db8:100::3f2a', med: null, communities: ['65000:7'], largeCommunities: ['64500:1000:1'], extCommunities: ['rt:65000:9'] }); // prettier-ignore
    expect(routes.find(({ prefix }) => prefix === '2400:100::/32')!.largeCommunities).toHaveLength(41);
    for (const size of [1, 7, 100]) expect(read(told('accepted'), 100, size).routes).toEqual(routes);
    expect(read(told('none'))).toEqual({ routes: [], isCut: false });
  });
  test('is read no further than is kept', () => {
    const reader = routeReader(2);
    expect(reader.push(told('refused'))).toBe(false);
    expect(reader.end()).toMatchObject({ isCut: true, routes: [{}, {}] });
    expect(countedIn(told('count'))).toBe(3);
    expect(countedIn(told('count-filtered'))).toBe(4);
  });
  test('of one prefix by several sessions: each knows whose it is', () => {
    const second = '                     unicast [sy_as20002_77aa01 2026-11-21 23:25:23] (100) [AS20002i]\n\tBGP.as_path: 20002 20002\n';
    const both = read(told('for') + second).routes;
    expect(both.map(({ prefix, protocol, primary, asPath }) => [prefix, protocol, primary, asPath])).toEqual([
      ['2400:200::/32', GOLDEN, true, '20001'],
      ['2400:200::/32', 'sy_as20002_77aa01', false, '20002 20002'],
    ]);
  });
});

describe('what is searched for', () => {
  test('is a prefix or an address, told to the program in digits', () => {
    expect(searchedOf('2400:200::/32')).toEqual({ prefix: '2400:200::/32', words: '6 24000200000000000000000000000000 32' });
    expect(searchedOf(' 45.10.0.0/16 ')).toEqual({ prefix: '45.10.0.0/16', words: '4 2d0a0000 16' });
    expect(searchedOf('45.10.0.1')).toEqual({ prefix: '45.10.0.1/32', words: '4 2d0a0001 32' });
    for (const odd of ['x', '2400:200::1/32', '45.10/16', '45.10.0.0/33', '::/0; id', '$(id)', '2400::%eth0']) expect([odd, searchedOf(odd)]).toEqual([odd, undefined]); // prettier-ignore
  });
  test('concerns what lies in it, and of an address what leads there', () => {
    const of = (prefix: string, wanted: string) => concerns({ prefix }, searchedOf(wanted)!);
    expect([of('2400:200::/32', '2400::/16'), of('2400:200::/32', '2400:200::/48'), of('45.10.0.0/16', '2400::/16')]).toEqual([true, false, false]);
    expect([of('2400:200::/32', '2400:200::1'), of('2400:300::/32', '2400:200::1')]).toEqual([true, false]);
  });
});

test('each reject code has a text on the pages, in English and German', () => {
  const texts = ['en', 'de'].map((language) => readFileSync(new URL(`../../../../../web/src/lib/messages/${language}/exchange-glass.ts`, import.meta.url), 'utf8')); // prettier-ignore
  for (const code of Object.keys(REASONS))
    for (const text of texts) for (const key of ['reason', 'remedy']) expect(text).toMatch(new RegExp(`'glass\\.${key}\\.${code}':\\s+'[^']{3,}'`));
  const policy = readFileSync(new URL('../render/policy.ts', import.meta.url), 'utf8');
  const used = [...policy.matchAll(/sy_deny\((\d+)\)/g)].map(([, code]) => code!);
  expect(used.length).toBeGreaterThan(8);
  for (const code of used) expect(Object.keys(REASONS)).toContain(code);
});

/** Route servers that say what the golden texts say, of the session with this name. */
let own = GOLDEN;
let silent: Set<number> = new Set();
const asked: string[] = [];
/** Whether the session is up, by the port of the server. */
const isUp = new Map<number, boolean>();
const HELLO = JSON.stringify({ version: 1, bird: '2.0.12', generation: 1, current: 1, pending: false, undoIn: null, writable: true, freeKb: 4_000_000, files: {} }); // prettier-ignore
/** As `status` has them, of this session alone. */
const statusOf = (port: number): string => {
  const [, mine = ''] = /^(sy_as20001_[^]*?)^sy_as20002/m.exec(told('protocols')) ?? [];
  const now = isUp.get(port) ? mine : mine.replace('up     ', 'start  ').replace('Established', 'Active     ');
  return `== configure\nDaemon is up\n== protocols\n${now.replaceAll(GOLDEN, own)}`;
};
const QUERIES: Readonly<Record<string, string>> = { daemon: 'daemon', protocols: 'protocols', routes: 'accepted', filtered: 'refused', exported: 'exported', noexport: 'not-exported', under: 'under' }; // prettier-ignore
const lines: SshLines = {
  timing: { armSeconds: 1, healthMs: 1, probeMs: 1, quietMs: 1, drainMs: 1, backMs: 1 },
  newKeyPair: async (comment) => ({ privateKey: 'PRIVATE KEY OF A ROUTE SERVER', publicKey: `ssh-ed25519 AAAA ${comment}` }),
  async open(_tenantId, { port }) {
    if (silent.has(port)) throw new Problem('ssh-unreachable', 'It cannot be reached.');
    return {
      close: () => undefined,
      async run(command, { onOut }) {
        asked.push(`${port} ${command}`);
        const [verb, query = '', name] = command.split(' ');
        if (verb !== 'show') return { code: 0, stdout: verb === 'hello' ? HELLO : statusOf(port), stderr: '' };
        const text = query === 'under' || name === undefined || name === own ? told(QUERIES[query]!).replaceAll(GOLDEN, own) : '';
        onOut?.(text);
        return { code: 0, stdout: onOut ? '' : text, stderr: '' };
      },
    };
  },
};

const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
const { world, ana, gustav, peer, fabric, ask, approve, shown, close } = await joiningLab([provide(SshLines, lines)]);
const [petra, paul] = [await peer('petra', 'peeringdb', [20_001]), await peer('paul', 'peeringdb', [20_002])];
const reader = world.as({ name: 'reader', permissions: ['exchange:read'] });
afterAll(close);
const servers = ['rs1', 'rs2'];

await fabric('fra', 1, { access: 'open' });
await fabric('ber', 2, { access: 'open' });
for (const [at, handle] of servers.entries()) {
  await world.done(exchangeRouteServersCreate, { fabricId: 'fra', handle, name: `Server ${handle}`, addressV6: `2001:db8:51::${at + 1}`, routerId: `192.0.2.${at + 1}`, rtrServers: [{ host: '::1', port: 8_282 }] }, ana); // prettier-ignore
  await world.done(exchangeRouteServersConnect, { id: handle, host: 'rs.example.net', port: 2_200 + at, user: 'switchyard', hostKey: HOST_KEY }, ana);
}
await world.done(exchangeRouteServersCreate, { fabricId: 'ber', handle: 'rs-ber', name: 'Berlin', addressV6: '2001:db8:52::1', routerId: '192.0.2.9' }, ana); // prettier-ignore
const made = await ask(petra, 'fra', 20_001);
await approve(made);
const port: Request = await shown(made);
own = `sy_as20001_${(await world.done(exchangeConnectionsGet, { id: port.connectionId! }, ana)).tag}`;
beforeEach(() => {
  asked.splice(0);
  silent = new Set();
});

describe('the looking glass', () => {
  test('asks a route server once for all who look, says when, and keeps what it said for when it is silent', async () => {
    const [one, other] = await Promise.all([ana, reader].map((who) => world.done(exchangeLookingglassStatus, { id: 'rs1' }, who)));
    expect(one).toMatchObject({ routeServer: 'rs1', version: '2.0.12', message: 'Daemon is up and running', stale: false });
    expect(other!.readAt.slice(0, 19)).toBe(one!.readAt.slice(0, 19));
    expect(asked).toEqual(['2200 show daemon']);
    await world.databases.lookUp((db) => db.$client.query(`update resource_cache set read_at = read_at - interval '2 minutes', fresh_until = fresh_until - interval '2 minutes'`)); // prettier-ignore
    silent = new Set([2_200]);
    expect(await world.done(exchangeLookingglassStatus, { id: 'rs1' }, ana)).toMatchObject({ version: '2.0.12', stale: true, ageSeconds: expect.closeTo(120, -1) }); // prettier-ignore
    silent = new Set([2_201]);
    expect((await world.refused(exchangeLookingglassStatus, { id: 'rs2' }, ana)).slug).toBe('ssh-unreachable');
    expect((await world.refused(exchangeLookingglassStatus, { id: 'rs-ber' }, ana)).slug).toBe('ssh-not-set-up');
    expect((await world.refused(exchangeLookingglassStatus, { id: 'rs1' }, gustav)).slug).toBe('exchange-route-server-not-found');
    expect(JSON.stringify(world.faults)).not.toContain('PRIVATE');
  });
  test('lists sessions, and the routes of one page by page', async () => {
    expect((await world.done(exchangeLookingglassProtocols, { id: 'rs1' }, reader)).items.map(({ protocol }) => protocol)).toContain(own);
    const first = await world.done(exchangeLookingglassRoutes, { id: 'rs1', session: own, limit: 2 }, reader);
    expect(first).toMatchObject({ total: 3, found: 3, items: [{}, {}], nextCursor: expect.any(String) });
    const second = await world.done(exchangeLookingglassRoutes, { id: 'rs1', session: own, limit: 2, cursor: first.nextCursor! }, reader);
    expect(second).toMatchObject({ items: [{}], nextCursor: null });
    const under = await world.done(exchangeLookingglassRoutes, { id: 'rs1', session: own, prefix: '2400:200::/32' }, reader);
    expect(under).toMatchObject({ total: 3, found: 1, items: [{ prefix: '2400:200::/32', rpki: 'valid', reason: null }] });
    expect(asked.filter((one) => one.includes('routes'))).toEqual([`2200 show routes ${own}`]);
    expect((await world.refused(exchangeLookingglassRoutes, { id: 'rs1', session: own, cursor: 'x' }, reader)).slug).toBe('cursor-invalid');
    for (const session of ['x', 'sy_as1_abcdef; id', 'sy_as1_abcdef undo']) expect((await world.refused(exchangeLookingglassRoutes, { id: 'rs1', session }, reader)).slug).toBe('validation-failed'); // prettier-ignore
  });
  test('shows what is refused to those who look after all networks, and to no others', async () => {
    const { items } = await world.done(exchangeLookingglassRefused, { id: 'rs1', session: own }, ana);
    expect(items.map(({ prefix, reason }) => [prefix, reason!.code])).toEqual([['2400:400:0:1::/64', 1], ['2001:db8:f00::/48', 3], ['2400:600::/32', 5], ['2400:300::/32', 13]]); // prettier-ignore
    expect((await world.refused(exchangeLookingglassRefused, { id: 'rs1', session: own }, reader)).slug).toBe('permission-denied');
  });
  test('searches all sessions for a prefix', async () => {
    const { items } = await world.done(exchangeLookingglassSearch, { id: 'rs1', prefix: '2400::/16' }, reader);
    expect(items.length).toBeGreaterThan(2);
    expect(asked).toEqual(['2200 show under 6 24000000000000000000000000000000 16']);
    expect((await world.refused(exchangeLookingglassSearch, { id: 'rs1', prefix: '2400::1/16' }, reader)).slug).toBe('validation-failed');
  });
});

describe('the looking glass for the world', () => {
  const strangers = ['198.51.100.7', '2001:db8:77::1'] as const;
  const as = (ip: string) => ({ surface: 'rest', credentials: null, ip, requestId: newId(), envelope: {} }) as const;
  const look = (operation: Operation, input: object, ip: string = strangers[0]) => world.gate.pass(operation, { tenant: 'glass-ix', ...input }, as(ip)) as Promise<unknown> as Promise<{ output: never }>; // prettier-ignore
  const OPERATIONS = [[exchangePublicGlassServers, {}], [exchangePublicGlassSessions, { server: 'rs1' }], [exchangePublicGlassRoutes, { server: 'rs1', prefix: '2400::/16' }]] as const; // prettier-ignore

  test('is none, until a fabric that shows its members shows that too; then it has accepted routes of active members and nothing else', async () => {
    await world.databases.platform('test', (db) => db.execute(sql`insert into tenants (tenant_id, id, slug, name) values (${world.tenants.a}, ${world.tenants.a}, 'glass-ix', 'Lab')`)); // prettier-ignore
    for (const edit of [{ published: true }, { published: false, lookingglassPublic: true }]) {
      await world.done(exchangeFabricsUpdate, { id: 'fra', ...edit }, ana);
      for (const [operation, input] of OPERATIONS) await expect(look(operation, input)).rejects.toMatchObject({ slug: 'not-found' });
    }
    expect(asked).toEqual([]);
    await world.done(exchangeFabricsUpdate, { id: 'fra', published: true }, ana);
    expect((await look(exchangePublicGlassServers, {})).output).toEqual({ items: servers.map((handle) => ({ handle, name: `Server ${handle}`, fabric: 'fra', fabricName: 'fra' })) }); // prettier-ignore
    const { items }: { items: object[] } = (await look(exchangePublicGlassSessions, { server: 'rs1' })).output;
    // The two others of the text are of nobody that is known here.
    expect(items).toEqual([{ protocol: own, bgpState: 'Established', since: expect.any(String), neighborAddress: '2001:db8:100::3f2a', neighborAs: 20_001, channels: [{ family: 'ipv6', imported: 2, exported: 1 }, { family: 'ipv4', imported: 1, exported: 0 }] }]); // prettier-ignore
    const routes: { total: number; items: { prefix: string; protocol: string }[] } = (await look(exchangePublicGlassRoutes, { server: 'rs1', session: own, limit: 2 })).output; // prettier-ignore
    expect(routes).toMatchObject({ total: 3, nextCursor: expect.any(String), items: [{ rpki: expect.anything(), reason: null }, {}] });
    for (const hidden of ['gateway', 'interface', 'preference', 'localPref', 'eth0']) expect(JSON.stringify(routes)).not.toContain(`"${hidden}"`);
    const found: typeof routes = (await look(exchangePublicGlassRoutes, { server: 'rs1', prefix: '2400::/16' })).output;
    expect(new Set(found.items.map(({ protocol }) => protocol))).toEqual(new Set([own]));
  });
  test('says the same of what is not there and what is not shown, and nothing of why a server cannot be asked', async () => {
    const other = own.replace('20001', '20002');
    for (const input of [{ server: 'rs-ber' }, { server: 'rs-none' }, { server: 'rs1', tenant: 'nobody' }])
      await expect(look(exchangePublicGlassSessions, input)).rejects.toMatchObject({ slug: 'not-found', message: 'There is no looking glass here that is shown to the world.' }); // prettier-ignore
    await expect(look(exchangePublicGlassRoutes, { server: 'rs1', session: other })).rejects.toMatchObject({ slug: 'not-found' });
    await expect(look(exchangePublicGlassRoutes, { server: 'rs1' })).rejects.toMatchObject({ slug: 'validation-failed' });
    silent = new Set([2_201]);
    await expect(look(exchangePublicGlassSessions, { server: 'rs2' })).rejects.toMatchObject({ slug: 'dependency-unavailable', message: 'The route server cannot be asked now. Try again in a minute.' }); // prettier-ignore
  });
  test('is looked through thirty times a minute by a network, and by a person who signed in', async () => {
    const looks = (pass: () => Promise<unknown>) => Promise.all(Array.from({ length: 32 }, () => pass().then(() => 'seen', (error: Problem) => error.slug))); // prettier-ignore
    const seen = (all: string[]) => all.filter((one) => one === 'seen').length;
    const far = await looks(() => look(exchangePublicGlassServers, {}, strangers[1]));
    expect([seen(far), new Set(far)]).toEqual([30, new Set(['seen', 'rate-limited'])]);
    // Of the same /64, and of another.
    await expect(look(exchangePublicGlassServers, {}, '2001:db8:77::2')).rejects.toMatchObject({ slug: 'rate-limited' });
    expect(await look(exchangePublicGlassServers, {}, '2001:db8:78::2')).toMatchObject({ status: 'done' });
    const guest = world.as({ name: 'guest', permissions: ['exchange:read'] });
    expect(seen(await looks(() => world.done(exchangeLookingglassStatus, { id: 'rs1' }, guest)))).toBe(30);
    expect(await world.done(exchangeLookingglassStatus, { id: 'rs1' }, reader)).toMatchObject({ routeServer: 'rs1' });
  });
});

describe('a port', () => {
  test('has its own sessions and no others on each route server; one that is silent keeps none from being shown', async () => {
    silent = new Set([2_201]);
    const { items } = await world.done(exchangePortsSessions, { id: port.id }, petra);
    expect(items.map(({ routeServer, problem, sessions }) => [routeServer, problem?.code ?? null, sessions.map(({ protocol }) => protocol)])).toEqual([['rs1', null, [own]], ['rs2', 'ssh-unreachable', []]]); // prettier-ignore
    for (const who of [paul, gustav]) expect((await world.refused(exchangePortsSessions, { id: port.id }, who)).slug).toMatch(/not-found|denied/);
  });
  test('has its refused routes with the reason in words and what to do, for its own people alone', async () => {
    const wanted = { id: port.id, routeServer: 'rs1' };
    const { items, total } = await world.done(exchangePortsRoutes, wanted, petra);
    expect(total).toBe(4);
    expect(items.find(({ prefix }) => prefix === '2400:300::/32')!.reason).toEqual({ code: 13, ...REASONS[13] });
    expect((await world.done(exchangePortsRoutes, { ...wanted, view: 'exported' }, petra)).total).toBeGreaterThan(0);
    expect((await world.refused(exchangePortsRoutes, wanted, paul)).slug).toBe('exchange-request-not-found');
    const there = await world.refused(exchangePortsRoutes, { ...wanted, routeServer: 'rs-ber' }, petra);
    const nowhere = await world.refused(exchangePortsRoutes, { ...wanted, routeServer: 'rs-xxx' }, petra);
    expect([there.slug, there.message.replace('rs-ber', 'rs-xxx')]).toEqual([nowhere.slug, nowhere.message]);
  });
});

test('answers of birdwatcher have its names and its nesting, for whoever may see all', async () => {
  expect(await world.done(exchangeBirdwatcherStatus, { server: 'rs1' }, reader)).toMatchObject({ api: { Version: expect.any(String), result_from_cache: expect.any(Boolean), cache_status: { orig_ttl: 30 } }, status: { version: '2.0.12', router_id: '198.51.100.1', last_reboot: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) } }); // prettier-ignore
  const { protocols } = await world.done(exchangeBirdwatcherProtocols, { server: 'rs1' }, reader);
  expect(protocols[own]).toMatchObject({
    bird_protocol: 'BGP',
    state: 'up',
    connection: 'Established',
    neighbor_as: 20_001,
    routes: { imported: 3, filtered: 4 },
  });
  const of = (view: string) => world.done(exchangeBirdwatcherRoutes, { server: 'rs1', view, protocol: own }, ana);
  expect((await of('filtered')).routes.map(({ network, bgp }) => [network, bgp.large_communities.at(-1)])).toContainEqual(['2400:300::/32', [64_500, 1_101, 13]]); // prettier-ignore
  expect((await of('protocol')).routes.find(({ network }) => network === '2400:200::/32')).toMatchObject({ from_protocol: own, gateway: '2001:db8:100::3f2a', primary: true, bgp: { as_path: ['20001'], communities: [[65_000, 7]], ext_communities: [['rt', '65000', '9']] } }); // prettier-ignore
  expect((await world.refused(exchangeBirdwatcherRoutes, { server: 'rs1', view: 'filtered', protocol: own }, reader)).slug).toBe('permission-denied');
});

describe('what is told of members', () => {
  observingScenarios(() => ({ lab: { world, ana }, petra, port, own, isUp, asked }));
});
