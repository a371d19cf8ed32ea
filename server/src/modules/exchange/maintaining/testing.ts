import { readFileSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import type { exchangeDriftList } from '../findings/operations/exchange.drift.list.ts';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeParticipantsCreate } from '../operations/exchange.participants.create.ts';
import type { RouteWorld } from '../ssh/testing.ts';
import { watchRouteServers } from '../applying/watch.ts';
import type { TenantJob } from '#kernel/module.ts';
import { watchMaintenance } from './clock.ts';
import { exchangeMaintenanceCancel } from './operations/exchange.maintenance.cancel.ts';
import { exchangeMaintenanceCreate } from './operations/exchange.maintenance.create.ts';
import { exchangeMaintenanceGet } from './operations/exchange.maintenance.get.ts';
import type { Maintenance } from './schemas.ts';

type Window = z.output<typeof Maintenance>;

interface MaintenanceLab {
  all: RouteWorld;
  ana: Person;
  otto: Person;
  settled: () => Promise<void>;
  /** Routes that a member has from a server. */
  seen: (member: string, server: string) => string[];
  drift: () => Promise<z.output<typeof exchangeDriftList.output>['items']>;
}

/** What the clock is given, with what is said by it. */
const jobOf = ({ all: { world } }: MaintenanceLab, emit: (type: string, data: object) => void = () => undefined): TenantJob => {
  const tenantId = world.tenants.a;
  const provider = (port: { port: string }) => world.adapters.get(port.port);
  const now = () => new Date();
  const tx = <T>(work: (ctx: never) => Promise<T>): Promise<T> =>
    world.databases.tenant({ tenantId, operation: 'watch' }, (db) => work({ db, tenantId, now, emit, provider, changeId: null } as never));
  return { tenantId, now, provider, tx } as never;
};
const clock = (lab: MaintenanceLab): Promise<void> => watchMaintenance(jobOf(lab));

const ROUTE = '2400:200::/32';
const LOUD = 20_090;

/** A route server that is drained, and a member that announces too much, in the laboratory of `ssh/lab.test.ts`. */
export function maintenanceScenarios(lab: () => MaintenanceLab): void {
  test('exchange 75: drain: members receive 65535:0 before the session closes; reversed at the end', async () => {
    const own = lab();
    const { all, ana, otto, settled, seen, drift } = own;
    const { world, rs2 } = all;
    const session = () => rs2.birdc('show protocols').split('\n').find((line) => line.startsWith('sy_as20002')) ?? ''; // prettier-ignore
    const community = (server: string) => all.lab.routes('m2', `show route all protocol ${server}`).get(ROUTE)?.['community'] ?? '';
    const window = async (id: string): Promise<Window> => world.done(exchangeMaintenanceGet, { id }, ana);
    const becomes = (id: string, state: Window['state']) =>
      all.until(async () => {
        await clock(own);
        expect((await window(id)).state).toBe(state);
      });
    await settled();
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const change = await world.carriedOut(exchangeMaintenanceCreate, { fabricId: 'fra', kind: 'rs_drain', routeServers: ['rs2'], endsAt, reason: 'New memory for rs2' }, ana, otto); // prettier-ignore
    const { id } = change.outcome as Window;
    expect([community('rs1'), community('rs2'), session()]).toEqual(['', '', expect.stringContaining('Established')]);
    await becomes(id, 'draining');
    await all.until(() => expect(community('rs2')).toBe('(65535,0)'));
    expect(session()).toContain('Established');
    await becomes(id, 'drained');
    expect((await window(id)).servers).toMatchObject([{ routeServer: 'rs2', phase: 'stopped', warnedAt: expect.any(String), stoppedAt: expect.any(String) }]);
    expect([session(), seen('m2', 'rs2')]).toEqual([expect.stringContaining('down'), []]);
    expect([community('rs1'), seen('m2', 'rs1')]).toEqual(['', expect.arrayContaining([ROUTE])]);
    // Somebody is at work on it: what differs is told of, and left as it is.
    const file = `${rs2.at('base/current')}/base.conf`;
    writeFileSync(file, `${readFileSync(file, 'utf8')}# by hand\n`);
    await all.watch();
    expect((await drift()).filter(({ routeServer }) => routeServer === 'rs2')).toMatchObject([{ class: 'file_tampered', mode: 'report', state: 'open', changeId: null }]);
    expect(readFileSync(file, 'utf8')).toContain('by hand');
    await world.done(exchangeMaintenanceCancel, { id }, ana);
    await becomes(id, 'cancelled');
    await all.until(() => expect([community('rs2'), seen('m2', 'rs2').includes(ROUTE)]).toEqual(['', true]));
    await settled();
    expect((await drift()).filter(({ routeServer }) => routeServer === 'rs2')).toEqual([]);
  }, 180_000); // prettier-ignore

  test('exchange 55: prefix limit exceeded: session restarts, `limit_hit`, Event, others unaffected', async () => {
    const own = lab();
    const { all, ana, seen, drift } = own;
    const { world, rs1 } = all;
    const session = (asn: number) => rs1.birdc('show protocols').split('\n').find((line) => line.startsWith(`sy_as${asn}`)) ?? ''; // prettier-ignore
    const before = session(20_002);
    await world.done(exchangeParticipantsCreate, { asn: LOUD, name: 'Loud Networks', maxPrefixesV6: 10 }, ana);
    await world.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: String(LOUD), addressV6: '2001:db8:100::4000' }, ana);
    // Fifty are let in of one that says ten; it announces sixty.
    const routes = Array.from({ length: 60 }, (_, at) => `2400:${(0x5000 + at).toString(16)}::/32`);
    all.member('loud', LOUD, '2001:db8:100::4000', routes.join(' blackhole; route '));
    await all.until(() => expect(rs1.birdc(`show protocols all ${session(LOUD).split(' ')[0]}`)).toContain('Route limit exceeded'));
    const told: object[] = [];
    // It is not looked at while it has not confirmed what brought the member.
    await all.until(async () => {
      await watchRouteServers(jobOf(own, (type, data) => void told.push({ type, ...data })));
      expect(told).toContainEqual(expect.objectContaining({ type: 'exchange.finding.opened', class: 'limit_hit', detail: session(LOUD).split(' ')[0] }));
    });
    const found = (await drift()).filter((one) => one.class === 'limit_hit' && one.routeServer === 'rs1');
    expect(found).toMatchObject([{ mode: 'report', state: 'open', isRepairable: false }]);
    expect(session(LOUD)).toMatch(/start/); // it is to come back by itself
    expect([session(20_002), seen('m2', 'rs1').filter((prefix) => routes.includes(prefix))]).toEqual([before, []]);
  }, 180_000); // prettier-ignore
}

interface Said {
  type: string;
  routeServer?: string;
  sessions?: object[];
  unknown?: string[];
}
/** What is done to rs2 while it is reloaded, and what is said of it. */
function reloading(own: MaintenanceLab) {
  const { all, ana, otto } = own;
  const { world, rs2 } = all;
  const said: Said[] = [];
  const job = jobOf(own, (type, data) => void said.push({ type, ...data }));
  const session = (asn: number) => rs2.birdc('show protocols').split('\n').find((line) => line.startsWith(`sy_as${asn}`)) ?? ''; // prettier-ignore
  const window = async ({ id }: Pick<Window, 'id'>): Promise<Window> => world.done(exchangeMaintenanceGet, { id }, ana);
  const becomes = (one: Window, state: Window['state']) =>
    all.until(async () => {
      await watchMaintenance(job);
      expect((await window(one)).state).toBe(state);
    });
  return {
    said,
    job,
    session,
    window,
    becomes,
    isUp: () => all.until(() => expect([session(20_001), session(20_002)].every((line) => line.includes('Established'))).toBe(true)),
    begun: async (one: Window) => world.settled({ id: (await window(one)).beginChangeId! }, ana),
    plan: async (): Promise<Window> => {
      const endsAt = new Date(Date.now() + 3_600_000).toISOString();
      const change = await world.carriedOut(exchangeMaintenanceCreate, { fabricId: 'fra', kind: 'rs_reload', routeServers: ['rs2'], endsAt, reason: 'A new kernel' }, ana, otto); // prettier-ignore
      return change.outcome as Window;
    },
    end: async (one: Window): Promise<Window> => {
      await world.done(exchangeMaintenanceCancel, { id: one.id }, ana);
      await becomes(one, 'cancelled');
      return window(one);
    },
  };
}
const LOST = 'exchange.maintenance.sessions_lost';

/** A route server that is restarted, as was told beforehand, in the laboratory of `ssh/lab.test.ts`. */
export function reloadScenarios(lab: () => MaintenanceLab): void {
  test('reload: loaded once more at the beginning, a restart alarms nobody, and at the end it is said which sessions are not back', async () => {
    const { all, settled, drift } = lab();
    const { rs2 } = all;
    const { said, job, session, isUp, plan, becomes, begun, end } = reloading(lab());
    const ofServer = () => said.filter(({ type, routeServer }) => type === 'exchange.routeServer.drifted' || /^exchange\.(finding|session)/.test(type) && routeServer === 'rs2');
    const loadedAt = () => /Last reconfiguration on (.*)/.exec(rs2.birdc('show status'))?.[1];
    await settled();
    await isUp();
    await watchRouteServers(job);
    const before = loadedAt();
    await all.pause(1_100); // BIRD tells it in whole seconds.
    const first = await plan();
    await becomes(first, 'active');
    expect((await begun(first)).state).toBe('succeeded');
    // It had it already: it is loaded once more, and no session notices.
    expect(loadedAt()).not.toBe(before);
    await isUp();
    said.splice(0);
    await rs2.stopBird();
    await watchRouteServers(job);
    expect([ofServer(), (await drift()).filter(({ class: kind }) => kind === 'bird_down')]).toEqual([[], []]);
    rs2.startBird();
    await isUp();
    expect(await end(first)).toMatchObject({ detail: null, servers: [{ routeServer: 'rs2', lost: [] }] });
    expect(said.filter(({ type }) => type === LOST)).toEqual([]);
    const second = await plan();
    await becomes(second, 'active');
    await begun(second);
    const lost = session(20_002).split(' ')[0]!;
    rs2.birdc(`disable ${lost}`);
    await watchRouteServers(job);
    expect(await end(second)).toMatchObject({ detail: `Sessions that are not back: ${lost} on "rs2".`, servers: [{ lost: [lost] }] });
    expect(said.filter(({ type }) => type === LOST)).toMatchObject([{ sessions: [{ routeServer: 'rs2', protocol: lost }], unknown: [] }]);
    rs2.birdc(`enable ${lost}`);
    await isUp();
  }, 180_000); // prettier-ignore

  test('reload: of a server that does not answer nothing is claimed, and where it cannot be begun it has failed', async () => {
    const { all: { rs2 }, settled } = lab(); // prettier-ignore
    const { said, window, plan, becomes, begun, end } = reloading(lab());
    const first = await plan();
    await becomes(first, 'active');
    await begun(first);
    rs2.stopSsh();
    expect(await end(first)).toMatchObject({ detail: '"rs2" could not be asked whether its sessions are back.', servers: [{ lost: null }] });
    expect(said.filter(({ type }) => type === LOST)).toMatchObject([{ sessions: [], unknown: ['rs2'] }]);
    const second = await plan();
    await becomes(second, 'failed');
    expect(await window(second)).toMatchObject({ detail: 'It could not be begun; what was done of it is taken back.', servers: [{ lost: null }] });
    expect((await begun(second)).problem).toMatchObject({ type: expect.stringContaining('ssh-unreachable') });
    await rs2.startSsh();
    await settled();
  }, 180_000); // prettier-ignore
}
