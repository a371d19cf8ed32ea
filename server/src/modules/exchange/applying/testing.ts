import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { z } from 'zod';
import { expect, test } from 'vitest';
import { createLog } from '#kernel/log.ts';
import { logOutsideCalls } from '#kernel/outside-calls.ts';
import type { Person } from '#test/world.ts';
import type { RouteHost } from '../fixtures/route-host.ts';
import { exchangeRouteServersGet } from '../operations/exchange.routeServers.get.ts';
import { exchangeParticipantsUpdate } from '../operations/exchange.participants.update.ts';
import type { RouteServerStatus } from '../ssh/schemas.ts';
import { ORIGIN, type RouteWorld } from '../ssh/testing.ts';
import { markDirty } from './following.ts';
import { exchangeGenerationsList } from './operations/exchange.generations.list.ts';
import { exchangeRouteServersApply } from './operations/exchange.routeServers.apply.ts';
import { exchangeRouteServersHold } from './operations/exchange.routeServers.hold.ts';
import { exchangeSyncList } from './operations/exchange.sync.list.ts';

interface ApplyingLab {
  all: RouteWorld;
  ana: Person;
  otto: Person;
  status: (id: string) => Promise<z.output<typeof RouteServerStatus>>;
  /** Every server has confirmed what is wanted of it. */
  settled: () => Promise<void>;
  generation: (host: RouteHost) => string;
  begins: (host: RouteHost) => string;
  /** Routes that a member has from a server. */
  seen: (member: string, server: string) => string[];
  join: (asn: number) => Promise<unknown>;
}

/**
 * The worker dies before it says a certain thing to the first server: its connection is closed, and it does nothing more until it is
 * let go of, by when another has its job. Answers what was said before, with what the other said.
 */
function worker({ all: { fault, rs1 } }: ApplyingLab, diesBefore: (command: string, said: readonly string[]) => boolean) {
  const said: string[] = [];
  let isDead = false;
  const [died, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  fault.before = async (command, host, hangUp) => {
    if (host !== rs1) return;
    const [verb = ''] = command.split(' ');
    if (!isDead && diesBefore(verb, said)) {
      isDead = true;
      hangUp();
      died.resolve();
      await gone.promise;
    } else said.push(verb);
  };
  const letGo = (): void => {
    fault.before = async () => undefined;
    gone.resolve();
  };
  return { said, died: died.promise, letGo };
}

/** How configurations reach a server when somebody dies, or others are at work on it too, in the laboratory of `ssh/lab.test.ts`. */
// oxlint-disable-next-line max-lines-per-function -- five scenarios with the steps that they are made of
export function applyingScenarios(lab: () => ApplyingLab): void {
  const generations = async (id: string) => (await lab().all.world.done(exchangeGenerationsList, { id }, lab().ana)).items;
  const prefixes = (maxPrefixesV6: number) => lab().all.world.done(exchangeParticipantsUpdate, { id: '20001', maxPrefixesV6 }, lab().ana);
  const changeAtWork = async () => (await lab().status('rs1')).following!.applyingChange!;

  test('exchange 60: worker killed after `arm`: BIRD undoes itself after the timer; next run sees the old generation and applies again', async () => {
    const { all, settled, generation } = lab();
    const before = generation(all.rs1);
    const { said, died, letGo } = worker(lab(), (_verb, earlier) => earlier.includes('arm'));
    await all.timed({ armSeconds: 2 }, async () => {
      await prefixes(600);
      await died;
    });
    const next = String(Number(before) + 1);
    expect([generation(all.rs1), all.rs1.birdc('configure status')]).toEqual([next, expect.stringContaining('undo in')]);
    await all.until(() => expect(generation(all.rs1)).toBe(before));
    await all.handOver(await changeAtWork());
    await settled();
    letGo();
    expect((await generations('rs1'))[0]).toMatchObject({ number: Number(next), state: 'confirmed' });
    expect([generation(all.rs1), said.filter((verb) => ['stage', 'arm', 'confirm'].includes(verb))]).toEqual([next, ['stage', 'arm', 'arm', 'confirm']]);
  }, 60_000); // prettier-ignore

  test('exchange 61: worker killed between `confirm` and link change: `current_link` found and repaired', async () => {
    const { all, settled, generation, begins } = lab();
    const { rs1 } = all;
    const before = begins(rs1);
    const { said, died, letGo } = worker(lab(), (verb) => verb === 'confirm');
    await prefixes(601);
    await died;
    // As far as the program at the other end had got.
    expect(rs1.birdc('configure confirm')).toContain('Reconfiguration confirmed');
    expect(begins(rs1)).toBe(before);
    await all.handOver(await changeAtWork());
    await settled();
    letGo();
    expect(begins(rs1)).toBe(`generations/${generation(rs1)}`);
    expect(begins(rs1)).not.toBe(before);
    expect((await generations('rs1'))[0]).toMatchObject({ number: Number(generation(rs1)), state: 'confirmed' });
    expect(said.filter((verb) => ['arm', 'undo', 'repoint'].includes(verb))).toEqual(['arm', 'repoint']);
  }, 60_000);

  test('exchange 63: two applies at once to one server: second waits; a foreign timed reconfiguration is detected and waited for', async () => {
    const { all, ana, otto, status, generation } = lab();
    const { world, rs1, fault, watch } = all;
    const said: string[] = [];
    fault.before = async (command, host) => void (host === rs1 && said.push(command.split(' ')[0]!));
    const asked = await Promise.all([1, 2].map(() => world.accepted(exchangeRouteServersApply, { id: 'rs1' }, ana)));
    for (const change of asked) await world.approve(change, otto);
    const ended = await Promise.all(asked.map((change) => world.settled(change, ana)));
    expect(ended.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    const acts = ['stage', 'check', 'arm', 'confirm'];
    expect(said.filter((verb) => acts.includes(verb))).toEqual([...acts, ...acts]);

    const number = generation(rs1);
    const foreign = (seconds: number) => rs1.birdc(`configure "${rs1.at('base/current')}/main.conf" timeout ${seconds}`);
    foreign(60);
    await watch();
    expect((await status('rs1')).following!.findings.map((found) => found.class)).toEqual(['foreign_unconfirmed']);
    rs1.birdc('configure undo');
    let armedAfter = '';
    fault.before = async (command, host) => {
      if (host === rs1 && command.startsWith('stage')) foreign(2);
      if (host === rs1 && command.startsWith('arm')) armedAfter = rs1.birdc('configure status');
    };
    expect((await world.carriedOut(exchangeRouteServersApply, { id: 'rs1' }, ana, otto)).state).toBe('succeeded');
    fault.before = async () => undefined;
    expect(armedAfter).toContain('Daemon is up');
    expect(armedAfter).not.toContain('undo in');
    expect(generation(rs1)).toBe(number);
    await watch();
    expect((await status('rs1')).following!.findings).toEqual([]);
  }, 60_000);

  test('what is wanted while it is applied is not lost, however late the clock of whoever asks', async () => {
    const { all, ana, otto, settled } = lab();
    const { world, rs1, fault } = all;
    const said: string[] = [];
    const { fabricId } = await world.done(exchangeRouteServersGet, { id: 'rs1' }, ana);
    const provider = (port: { port: string }) => world.adapters.get(port.port);
    const where = { tenantId: world.tenants.a, operation: 'test' };
    fault.before = async (command, host) => {
      if (host !== rs1) return;
      said.push(command.split(' ')[0]!);
      if (!command.startsWith('confirm')) return;
      const now = () => new Date(Date.now() - 60_000);
      await world.databases.tenant(where, (db) => markDirty({ db, tenantId: world.tenants.a, now, provider } as never, fabricId));
    };
    expect((await world.carriedOut(exchangeRouteServersApply, { id: 'rs1' }, ana, otto)).state).toBe('succeeded');
    await settled();
    fault.before = async () => undefined;
    // It was looked at once more.
    expect(said.slice(said.indexOf('confirm'))).toContain('hello');
  }, 60_000);

  test('exchange 65: same inputs rendered on two machines: identical bytes; unchanged state makes no generation', async () => {
    const { all, ana, status, settled } = lab();
    const { world, rs1, rs2 } = all;
    const peers = (host: RouteHost) => {
      const folder = `${host.at('base/current')}/peers`;
      return readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]);
    };
    expect(peers(rs1).length).toBeGreaterThan(1);
    expect(peers(rs1)).toEqual(peers(rs2));
    const before = [await generations('rs1'), await generations('rs2')];
    // They are looked at as after any change.
    await world.done(exchangeRouteServersHold, { id: 'rs1', until: null }, ana);
    expect((await status('rs1')).following!.dirtySince).not.toBeNull();
    await settled();
    expect([await generations('rs1'), await generations('rs2')]).toEqual(before);
  }, 60_000);

  test('each command to a server is in the log with the call, the Change, the job, the server and the generation, and nothing of what it carried', async () => {
    const { all, ana, otto, generation } = lab();
    const stream = new PassThrough();
    const stop = logOutsideCalls(createLog('info', stream));
    const change = await all.world.carriedOut(exchangeRouteServersApply, { id: 'rs1' }, ana, otto).finally(stop);
    const text = String(stream.read());
    const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    const own = lines.filter(({ changeId }) => changeId === change.id);
    expect(own.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['hello', 'stage', 'check', 'arm', 'status', 'confirm', 'prune']));
    const { requestId, jobId, session } = own[0]!;
    for (const line of own)
      expect(line).toMatchObject({ outside: 'ssh', routeServer: 'rs1', generation: Number(generation(all.rs1)), code: 0, requestId, jobId, session, queue: 'change' }); // prettier-ignore
    for (const id of [requestId, jobId, session]) expect(id).toEqual(expect.stringMatching(/^[\w.:-]{8,}$/));
    expect(text).not.toMatch(/PRIVATE|protocol bgp|sy_in/);
  }, 60_000);

  test('exchange 72: validator down and cache empty: a new peer is not added, existing stay; when back, it is added without a person', async () => {
    const { all, ana, settled, seen, join } = lab();
    const { world, lab: hosts, rs1, validators } = all;
    const asn = 20_040;
    const sessions = () => rs1.birdc('show protocols').split('\n').filter((line) => line.startsWith('sy_as')); // prettier-ignore
    const sync = async () => (await world.done(exchangeSyncList, { limit: 200 }, ana)).items.filter((one) => one.asn === asn).map(({ routeServer, state, problemCode }) => `${routeServer} ${state} ${problemCode}`).toSorted(); // prettier-ignore
    const before = sessions();
    validators.get('rs1')!.kill('SIGKILL');
    // It forgets what it was told; else that would be good for two hours more.
    rs1.birdc('restart sy_rpki1');
    await join(asn);
    await all.until(async () => expect(await sync()).toEqual(['rs1 retrying rpki-cache-unavailable', 'rs2 applied null']));
    expect(sessions()).toEqual(before);
    expect(before.filter((line) => line.includes('Established'))).toHaveLength(2);
    expect(seen('m2', 'rs1')).toEqual(['2400:200::/32']);
    validators.set('rs1', hosts.validator('rs1', [ORIGIN]));
    await all.until(() => expect(hosts.listens('rs1', 8_282)).toBe(true), 20_000);
    // It would try again within thirty seconds, and once more when the validator listens before it has anything to tell.
    await all.until(async () => {
      rs1.birdc('restart sy_rpki1');
      await all.pause(1_500);
      expect(rs1.birdc('show route count table sy_roa6')).toMatch(/^[1-9]/m);
    });
    await all.due();
    await settled();
    expect(await sync()).toEqual(['rs1 applied null', 'rs2 applied null']);
    expect(sessions().some((line) => line.startsWith(`sy_as${asn}`))).toBe(true);
  }, 150_000);
}
