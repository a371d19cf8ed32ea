import { spawnSync } from 'node:child_process';
import { readlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeParticipantsCreate } from '../operations/exchange.participants.create.ts';
import { exchangeParticipantsUpdate } from '../operations/exchange.participants.update.ts';
import { lacking, type RouteHost } from '../fixtures/route-host.ts';
import { createRouteWorld, type RouteWorld } from './testing.ts';
import { looksThrough } from '../looking/testing.ts';
import { thief } from '../fixtures/thief.ts';
import { exchangeDriftList } from '../findings/operations/exchange.drift.list.ts';
import { applyingScenarios } from '../applying/testing.ts';
import { driftScenarios } from '../findings/testing.ts';
import { leavingScenarios } from '../joining/testing.ts';
import { maintenanceScenarios, reloadScenarios } from '../maintaining/testing.ts';
import { exchangeGenerationsList } from '../applying/operations/exchange.generations.list.ts';
import { exchangeRouteServersApply } from '../applying/operations/exchange.routeServers.apply.ts';
import { exchangeRouteServersFollow } from '../applying/operations/exchange.routeServers.follow.ts';
import { exchangeRouteServersHold } from '../applying/operations/exchange.routeServers.hold.ts';
import { exchangeRouteServersRollback } from '../applying/operations/exchange.routeServers.rollback.ts';
import { exchangeSyncList } from '../applying/operations/exchange.sync.list.ts';
import { exchangeRouteServersCheck } from './operations/exchange.routeServers.check.ts';
import { exchangeRouteServersConnect } from './operations/exchange.routeServers.connect.ts';
import { exchangeRouteServersSetup } from './operations/exchange.routeServers.setup.ts';
import { exchangeRouteServersStatus } from './operations/exchange.routeServers.status.ts';
import { bundleOfFiles } from './tar.ts';

/** What is wrong with the text that is made, for a while. */
const spoilt = vi.hoisted(() => ({ policy: (text: string): string => text }));
vi.mock(import('../render/policy.ts'), async (original) => {
  const { policyText, ...rest } = await original();
  return { ...rest, policyText: (options) => spoilt.policy(policyText(options)) };
});

let all: RouteWorld;
let world: RouteWorld['world'];
let [ana, otto]: RouteWorld['ana'][] = [];
let rs1: RouteHost;
let rs2: RouteHost;

type Ended = Awaited<ReturnType<typeof world.settled>>;
const slugOf = ({ problem }: Ended): string | undefined => (problem as { type?: string } | null)?.type?.split('/').at(-1);
const check = async (id: string) => {
  const change = await world.settled(await world.accepted(exchangeRouteServersCheck, { id }, ana!), ana!);
  return { state: change.state, problem: slugOf(change), outcome: change.outcome as { ok: boolean; checks: { name: string }[] } | null };
};
const generation = (host: RouteHost): string => host.birdc('eval SY_GENERATION').trim().split('\n').at(-1)!;
const begins = (host: RouteHost): string => readlinkSync(host.at('base/current'));
const status = (id: string) => world.done(exchangeRouteServersStatus, { id }, ana!);
const sync = async (id: string) => (await world.done(exchangeSyncList, { id }, ana!)).items.map(({ asn, state, appliedGeneration, problemCode }) => ({ asn, state, appliedGeneration, problemCode })); // prettier-ignore
const history = async (id: string) => (await world.done(exchangeGenerationsList, { id }, ana!)).items.map(({ number, state, cause, problemCode }) => ({ number, state, cause, problemCode })); // prettier-ignore
const drift = async (state?: 'repaired') => (await world.done(exchangeDriftList, { state }, ana!)).items;
const apply = (id: string) => world.carriedOut(exchangeRouteServersApply, { id }, ana!, otto!);
const seen = (member: string, server: string) => [...all.lab.routes(member, `show route all protocol ${server}`).keys()];
/** Both servers have confirmed what is wanted of them. */
const settled = () =>
  all.until(async () => {
    const { items } = await world.done(exchangeSyncList, { limit: 200 }, ana!);
    expect(items.flatMap(({ routeServer, name, state }) => (state === 'applied' ? [] : [`${routeServer} ${name} ${state}`]))).toEqual([]);
    for (const id of ['rs1', 'rs2']) expect((await status(id)).following).toMatchObject({ dirtySince: null });
  });
const watch = () => all.watch();
const follow = (id: string, order: number) => world.carriedOut(exchangeRouteServersFollow, { id, follow: true, order }, ana!, otto!);
let tag = 0;
const join = async (asn: number) => {
  await world.done(exchangeParticipantsCreate, { asn, name: `Network ${asn}` }, ana!);
  return world.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: String(asn), addressV6: `2001:db8:100::${(tag += 1) + 15}` }, ana!);
};

describe.skipIf(lacking !== undefined)(`route servers over SSH${lacking ? `, left out: ${lacking}` : ''}`, () => {
  beforeAll(async () => {
    all = await createRouteWorld();
    ({ world, ana, otto, rs1, rs2 } = all);
  }, 120_000);
  afterAll(() => all?.close());

  test('a host that the script prepared passes every check; the script can be run again', async () => {
    const { content } = await world.done(exchangeRouteServersSetup, { id: 'rs1' }, ana!);
    expect(content).not.toContain('PRIVATE');
    rs1.setup(content);
    expect(await check('rs1')).toMatchObject({ state: 'succeeded', outcome: { ok: true } });
    const { outcome } = await check('rs1');
    expect(outcome!.checks.map(({ name }) => name)).toEqual([
      'connection',
      'program',
      'bird',
      'version',
      'folder',
      'space',
      'configuration',
      'quiet',
    ]);
    expect(readlinkSync(rs1.at('base/current'))).toBe('generations/0');
  });

  test('exchange 69: SSH key can do nothing but the verbs: shell, port forward, scp, `stage` with `../x`, a symlink in the tar: all refused', async () => {
    const { tries, leave } = await thief(rs1, all.keys.get('rs1')!);
    for (const command of ['id', 'sh', 'hello; id', 'hello\nid', 'scp -t /tmp', '/usr/bin/id', 'stage ../x 00', 'stage 1 $(id)', 'show routes ../x', 'show status', 'show under 6 zz 32', 'show under 4 0a000000 33', 'show count x all', 'prune', 'arm 1'])
      expect([command, await tries(command)]).toEqual([command, expect.stringContaining('[64]')]);
    expect(await tries(null)).toContain('[64]');
    expect(await tries(null, { forward: true })).toMatch(/refused|prohibited/);
    const fine = [{ path: 'main.conf', content: 'define SY_GENERATION = 7; protocol device { }\n' }];
    const send = async (bundle: Buffer) => tries(`stage 7 ${spawnSync('sha256sum', { input: bundle, encoding: 'utf8' }).stdout.slice(0, 64)}`, { stdin: bundle });
    const tar = (script: string): Buffer => spawnSync('sh', ['-c', `d=$(mktemp -d) && cd $d && mkdir in && cd in && ${script} && cd / && rm -rf $d`]).stdout;
    expect(await send(tar('ln -s /etc/passwd main.conf && tar -cf - main.conf'))).toContain('[66]');
    expect(await send(tar('echo x > ../x && tar -P -cf - ../x'))).toContain('[66]');
    expect(await send(tar('echo x > authorized_keys && tar -cf - authorized_keys'))).toContain('[66]');
    expect(await send(tar('echo x > main.conf && echo x > manifest && tar -cf - main.conf manifest'))).toContain('[66]');
    expect(await tries(`stage 7 ${'0'.repeat(64)}`, { stdin: Buffer.from(bundleOfFiles(fine)) })).toContain('[66]');
    // And what does not parse is not taken, with the line at which it does not.
    expect(await send(Buffer.from(bundleOfFiles([{ path: 'main.conf', content: 'define SY_GENERATION = 7;\nprotocl device { }\n' }])))).toMatch(/main\.conf:2:\d+ syntax error.*\n?\[65\]/);
    expect(await tries('arm 7 30')).toContain('[66]');
    leave();
  }); // prettier-ignore

  test('exchange 68: host key changed: no command is sent, critical Finding, apply refused until reviewed', async () => {
    const before = rs1.hostKey;
    const sent: string[] = [];
    all.fault.before = async (command, { name }) => void sent.push(`${name}: ${command}`);
    rs1.stopSsh();
    const next = rs1.makeKey();
    await rs1.startSsh();
    expect(await check('rs1')).toMatchObject({ state: 'failed', problem: 'host-key-changed' });
    expect(slugOf(await apply('rs1'))).toBe('host-key-changed');
    expect(sent.filter((line) => line.startsWith('rs1'))).toEqual([]);
    all.fault.before = async () => undefined;
    expect(await drift()).toMatchObject([{ class: 'host_key_changed', severity: 'critical', mode: 'report', state: 'open', routeServer: 'rs1' }]);
    await world.done(exchangeRouteServersConnect, { id: 'rs1', host: '127.0.0.1', port: rs1.port, user: 'root', hostKey: next }, ana!);
    expect(next).not.toBe(before);
    expect(await check('rs1')).toMatchObject({ state: 'succeeded', outcome: { ok: true } });
    expect(await drift()).toEqual([]);
  });

  test('a server that is away, a key that it does not take and a program that is another one are told apart', async () => {
    rs2.stopSsh();
    expect(await check('rs2')).toMatchObject({ state: 'failed', problem: 'ssh-unreachable' });
    await rs2.startSsh();
    const line = spawnSync('cat', [rs2.at('home/.ssh/authorized_keys')], { encoding: 'utf8' }).stdout;
    writeFileSync(rs2.at('home/.ssh/authorized_keys'), '');
    expect(await check('rs2')).toMatchObject({ state: 'failed', problem: 'ssh-auth-failed' });
    writeFileSync(rs2.at('home/.ssh/authorized_keys'), line.replace(/command="[^"]*"/, 'command="/bin/echo hi"'));
    expect(await check('rs2')).toMatchObject({ state: 'failed', problem: 'helper-mismatch' });
    writeFileSync(rs2.at('home/.ssh/authorized_keys'), line);
    expect(await check('rs2')).toMatchObject({ state: 'succeeded', outcome: { ok: true } });
    expect(JSON.stringify(world.faults)).not.toContain('PRIVATE');
  });

  test('what was agreed to of members reaches every server that follows, one after the other, and their sessions carry routes', async () => {
    await join(20_001);
    await join(20_002);
    all.member('m1', 20_001, '2001:db8:100::16', '2400:200::/32');
    all.member('m2', 20_002, '2001:db8:100::17', '2400:300::/32');
    await follow('rs1', 1);
    await follow('rs2', 2);
    await settled();
    // The first of rs1 was the one that its host key kept away.
    expect([generation(rs1), generation(rs2), begins(rs1), begins(rs2)]).toEqual(['2', '1', 'generations/2', 'generations/1']);
    expect(await sync('rs2')).toEqual([20_001, 20_002].map((asn) => ({ asn, state: 'applied', appliedGeneration: 1, problemCode: null })));
    expect((await history('rs1'))[0]).toEqual({ number: 2, state: 'confirmed', cause: 'converge', problemCode: null });
    expect(rs1.birdc('configure status')).not.toContain('unconfirmed');
    await all.until(() => expect([seen('m2', 'rs1'), seen('m2', 'rs2')]).toEqual([['2400:200::/32'], ['2400:200::/32']]));
  }, 120_000);

  test('exchange 80: birdwatcher-shaped endpoints return protocols and filtered routes of a live BIRD', () => looksThrough(all), 60_000);

  test('exchange 57: targeted retry touches only the named server (generation number of the other unchanged)', async () => {
    expect((await apply('rs1')).state).toBe('succeeded');
    expect([generation(rs1), generation(rs2)]).toEqual(['2', '1']); // nothing else was wanted
    expect((await history('rs2')).length).toBe(1);
  });

  test('the connection cut between loading and confirming: BIRD undoes it by itself, the session stays, and it is applied again', async () => {
    const since = () =>
      /Established/.exec(rs1.birdc('show protocols')) &&
      rs1
        .birdc('show protocols')
        .split('\n')
        .find((line) => line.startsWith('sy_as20001'))
        ?.slice(0, 70);
    const before = since();
    all.fault.before = async (command, host) => {
      if (command.startsWith('confirm') && host === rs1) host.cut();
    };
    await all.timed({ armSeconds: 3 }, async () => {
      await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 200 }, ana!);
      await all.until(async () => expect((await history('rs1'))[0]).toMatchObject({ number: 3, state: 'unknown', problemCode: 'ssh-unreachable' }));
      expect(begins(rs1)).toBe('generations/2');
      expect((await sync('rs1'))[0]).toMatchObject({ asn: 20_001, state: 'retrying', appliedGeneration: 2 });
      await all.until(() => expect(generation(rs1)).toBe('2'));
    });
    expect(since()).toBe(before);
    all.fault.before = async () => undefined;
    await all.due();
    await settled();
    expect((await history('rs1')).map(({ state }) => state).slice(0, 3)).toEqual(['confirmed', 'rolled_back', 'confirmed']);
    expect(since()).toBe(before);
  }, 120_000);

  test('exchange 62: confirm after expiry (fault: sleep): `confirm-expired`, although `birdc` exits 0', async () => {
    all.fault.before = async (command) => (command.startsWith('confirm') ? all.pause(3_500) : undefined);
    await all.timed({ armSeconds: 3 }, async () => {
      await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 300 }, ana!);
      await all.until(async () => expect((await history('rs1'))[0]).toMatchObject({ state: 'rolled_back', problemCode: 'confirm-expired' }));
    });
    all.fault.before = async () => undefined;
    expect((await sync('rs1'))[0]).toMatchObject({ state: 'retrying', problemCode: 'confirm-expired' });
    await all.due();
    await settled();
  }, 120_000);

  test('exchange 58: configuration made invalid by fault injection: `config-rejected` with line, running BIRD unchanged, second server `blocked` (poisoned)', async () => {
    const [one, two] = [generation(rs1), generation(rs2)];
    spoilt.policy = (text) => `${text}\nprotocl nothing;`;
    await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 400 }, ana!);
    await all.until(async () => expect((await sync('rs2'))[0]).toMatchObject({ asn: 20_001, state: 'blocked', problemCode: 'generation-poisoned' }));
    expect((await history('rs1'))[0]).toMatchObject({ state: 'rejected', problemCode: 'config-rejected' });
    expect((await world.done(exchangeGenerationsList, { id: 'rs1' }, ana!)).items[0]!.detail).toMatch(/base\.conf:\d+:\d+ syntax error/);
    expect([generation(rs1), generation(rs2)]).toEqual([one, two]);
    spoilt.policy = (text) => text;
    await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 401 }, ana!);
    await settled();
  }, 120_000);

  test('exchange 59: health regression (fault: filter rejects everything): rolled back by `undo`, old generation answers, sessions back, Finding and error text', async () => {
    const before = generation(rs1);
    spoilt.policy = (text) => text.replace('function sy_in(int peer_as) {', 'function sy_in(int peer_as) {\n  return false;');
    await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 500 }, ana!);
    await all.until(async () => expect((await history('rs1'))[0]).toMatchObject({ state: 'rolled_back', problemCode: 'health-regression' }));
    expect([generation(rs1), begins(rs1)]).toEqual([before, `generations/${before}`]);
    expect((await world.done(exchangeGenerationsList, { id: 'rs1' }, ana!)).items[0]!.detail).toMatch(
      /routes of untouched peers are gone.*The one of before is back/,
    );
    await all.until(() => expect(seen('m2', 'rs1')).toEqual(['2400:200::/32']));
    await all.until(async () => expect((await sync('rs2'))[0]).toMatchObject({ state: 'blocked' }));
    expect(await drift()).toMatchObject([
      { class: 'health_regression', routeServer: 'rs1', state: 'open', detail: expect.stringContaining('routes of untouched peers are gone') },
    ]);
    spoilt.policy = (text) => text;
    await world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6: 501 }, ana!);
    await settled();
    expect(await drift()).toEqual([]);
  }, 120_000);

  test('a server that is down keeps nobody else waiting, and converges when it is back; what changes at once is one or two generations', async () => {
    const [one, two] = [(await history('rs1')).length, (await history('rs2')).length];
    rs1.stopSsh();
    for (let asn = 20_010; asn < 20_014; asn += 1) await join(asn);
    await all.until(async () => expect((await sync('rs2')).filter(({ state }) => state === 'applied').length).toBe(6));
    expect((await sync('rs1')).filter(({ state, problemCode }) => state === 'retrying' && problemCode === 'ssh-unreachable').length).toBe(4);
    expect((await status('rs1')).access).toMatchObject({ state: 'unreachable', problemCode: 'ssh-unreachable' });
    expect((await history('rs2')).length - two).toBeLessThanOrEqual(2);
    const settledTwo = (await history('rs2')).length;
    await rs1.startSsh();
    await settled();
    expect((await history('rs1')).length - one).toBeLessThanOrEqual(2);
    expect((await history('rs2')).length).toBe(settledTwo);
  }, 120_000);

  applyingScenarios(() => ({ all, ana: ana!, otto: otto!, status, settled, generation, begins, seen, join }));
  driftScenarios(() => ({ all, ana: ana!, otto: otto!, status, drift, settled, generation, begins }));
  leavingScenarios(() => ({ all, ana: ana!, otto: otto!, settled, seen, generation }));
  maintenanceScenarios(() => ({ all, ana: ana!, otto: otto!, settled, seen, drift }));
  reloadScenarios(() => ({ all, ana: ana!, otto: otto!, settled, seen, drift }));

  test('exchange 71: rollback to generation n−2: content equals, hold set, reconciler keeps quiet, ending the hold returns', async () => {
    const kept = (await history('rs1')).filter(({ state }) => state === 'confirmed').map(({ number }) => number);
    const [now, back] = [kept[0]!, kept[2]!];
    expect((await world.carriedOut(exchangeRouteServersRollback, { id: 'rs1', generation: back }, ana!, otto!)).state).toBe('succeeded');
    const peers = (number: number | string) =>
      spawnSync('sh', ['-c', `cd ${rs1.at('base/generations')}/${number} && grep -h . base.conf peers/*`], { encoding: 'utf8' }).stdout;
    expect(generation(rs1)).toBe(String((await history('rs1'))[0]!.number));
    expect(peers(generation(rs1))).toBe(peers(back));
    expect(peers(back)).not.toBe(peers(now));
    const held = generation(rs1);
    expect((await status('rs1')).following).toMatchObject({ holdReason: `Rolled back to generation ${back}` });
    await world.done(exchangeParticipantsUpdate, { id: '20002', maxPrefixesV6: 150 }, ana!);
    await all.until(async () =>
      expect((await sync('rs1')).find(({ asn }) => asn === 20_002)).toMatchObject({ state: 'blocked', problemCode: 'server-held' }),
    );
    await watch();
    expect(generation(rs1)).toBe(held);
    await world.done(exchangeRouteServersHold, { id: 'rs1', until: null }, ana!);
    await settled();
    expect(generation(rs1)).not.toBe(held);
  }, 120_000);
});
