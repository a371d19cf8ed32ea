import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Draining } from '#kernel/jobs.ts';
import { changesCancel, changesResume } from '#modules/governance/index.ts';
import { policies, policiesSimulate } from '#modules/policies/index.ts';
import { setOf } from '#test/rules.ts';
import type { Person } from '#test/world.ts';
import { serversBulk, serversCreate, serversGet, serversReboot, serversUpdate } from './index.ts';
import type { CloudProvider } from './providers/port.ts';
import type { Server } from './schemas.ts';
import { cloudWorld, type CloudWorld } from './testing.ts';

/** By a label of theirs some of the servers fall under a rule: with a look after a second, after an hour, or at once. */
const rule = (name: string, canary: string): string =>
  `id: ${name}\ntype: canary\nmatch: { operations: [servers.bulk], resources: { labels: { canary: ${name} } } }\ncanary: ${canary}`;
const RULES = setOf('first-one', [
  rule('short', '{ targets: 1, pause: 1s }'),
  rule('long', '{ targets: 1, pause: 1h }'),
  rule('tenth', '{ percent: 10 }'),
  `id: not-frozen\ntype: deny\nmatch: { operations: [servers.bulk], resources: { labels: { frozen: yes-please } } }\nmessage: It is frozen.`,
  `id: well-first\ntype: deny\nmatch: { operations: [servers.reboot] }\nwhen: 'resource.health == "degraded"'`,
  `id: keep-room\ntype: deny\nmatch: { operations: [servers.create], environments: [full] }\nwhen: 'quota.servers < 100'`,
]);

/** Where the worker dies, and how often the action has to be sent until then; what it leaves is what `kill -9` leaves. */
const death: { at: number; when: 'before' | 'after' } = { at: 0, when: 'before' };
function mortal(cloud: CloudProvider): CloudProvider {
  const power: CloudProvider['servers']['power'] = async (...args) => {
    const dies = death.at > 0 && --death.at === 0;
    if (dies && death.when === 'before') throw new Draining('the worker is gone');
    const answer = await cloud.servers.power(...args);
    if (dies) throw new Draining('the worker is gone');
    return answer;
  };
  return { ...cloud, servers: { ...cloud.servers, power } };
}

let world: CloudWorld;
let [ann, bob, own]: Person[] = [];
let cloud: { id: string };
let number = 0;

beforeAll(async () => {
  world = await cloudWorld({
    between: (real) => ({ ...real, open: (connection, signal) => mortal(real.open(connection, signal)) }),
    modules: [policies],
    platformPolicies: [{ file: 'canary.yaml', document: RULES }],
  });
  [ann, bob] = ['ann', 'bob'].map((name) => world.as({ name }));
  own = world.as({ name: 'agent' });
  Object.assign(own.actor, { kind: 'agent' });
});
beforeEach(async () => {
  death.at = 0;
  cloud = await world.connect(ann!);
});
afterAll(() => world.end());

const three = (canary?: string): Promise<Server[]> =>
  Promise.all(['a', 'b', 'c'].map((name) => world.server(ann!, cloud.id, `${name}-${++number}`, canary ? { labels: { canary } } : {})));
const reboot = (servers: readonly Server[]) => world.accepted(serversBulk, { ids: servers.map(({ id }) => id), action: 'reboot' }, ann!);
const held = (change: { id: string }) => world.settled(change, ann!, { states: ['paused', 'failed', 'succeeded'] });
const watched = (change: { id: string }) => expect.poll(async () => (await world.settled(change, ann!, { states: ['running'] })).stages?.[0]?.status, { timeout: 60_000 }).toBe('watching'); // prettier-ignore
const rebooted = async () => (await world.cloud(cloud.id)).world.actions.filter(({ effect }) => effect.kind === 'power').length;
const statuses = (change: Awaited<ReturnType<typeof held>>) => change.stages?.map(({ kind, status, targets }) => [kind, status, ...targets.map((one) => one.status)]); // prettier-ignore

describe('many servers in one Change', () => {
  test('without a rule they go one after the other, and one that fails does not keep the others', async () => {
    const servers = await three();
    await world.misbehave(ann!, cloud.id, [{ operation: 'power', kind: 'failing-action', nth: 2, count: 1 }]);
    const ended = await world.settled(await reboot(servers), ann!);
    expect([ended.state, statuses(ended)]).toEqual(['partially_succeeded', [['all', 'done', 'done', 'failed', 'done']]]);
    expect(ended.problem).toMatchObject({ type: expect.stringContaining('some-targets-failed'), failed: [servers[1]!.id] });
    // The one that failed is held by nobody any longer.
    for (const { id } of servers) expect((await world.done(serversGet, { id }, ann!)).openChange).toBeNull();
  });

  test('who may not touch one of them touches none, and one that is not there or busy is said', async () => {
    const servers = await three();
    const narrow = world.as({ scope: { any: [{ ids: [servers[0]!.id] }] } });
    const ids = servers.map(({ id }) => id);
    expect((await world.refused(serversBulk, { ids, action: 'reboot' }, narrow)).slug).toBe('scope-denied');
    expect((await world.refused(serversBulk, { ids, action: 'reboot' }, world.as({ permissions: ['servers:read'] }))).slug).toBe('permission-denied');
    expect((await world.refused(serversBulk, { ids, action: 'reboot' }, world.as({ tenant: 'b' }))).slug).toBe('server-not-found');
    expect((await world.refused(serversBulk, { ids, action: 'start' }, ann!)).slug).toBe('invalid-state');
    expect((await world.refused(serversBulk, { ids: [], action: 'start' }, ann!)).slug).toBe('validation-failed');
    const planned = await world.call(serversBulk, { ids: [...ids, ids[0]], action: 'poweroff' }, ann!, { dryRun: true });
    expect(planned).toMatchObject({
      status: 'planned',
      risk: 'high',
      plan: { summary: 'Power off 3 servers', changes: [{ type: 'server' }, {}, {}] },
    });
    expect(await rebooted()).toBe(0);
  });
});

describe('a rule of type canary', () => {
  test('has the first go first, watches them, and lets the others follow when they are well', async () => {
    const servers = await three('short');
    const planned = await world.call(serversBulk, { ids: servers.map(({ id }) => id), action: 'reboot' }, ann!, { dryRun: true });
    expect(planned).toMatchObject({ demands: { canary: { rules: ['first-one/short'], targets: 1, pauseSeconds: 1 } } });
    const change = await reboot(servers);
    await watched(change);
    expect(await rebooted()).toBe(1);
    const ended = await world.settled(change, ann!);
    expect([ended.state, statuses(ended)]).toEqual([
      'succeeded',
      [
        ['canary', 'done', 'done'],
        ['rest', 'done', 'done', 'done'],
      ],
    ]);
    const [first, rest] = ended.stages!;
    expect(Date.parse(first!.watchUntil!) - Date.parse(first!.startedAt!)).toBeGreaterThanOrEqual(1_000);
    expect(Date.parse(rest!.startedAt!)).toBeGreaterThanOrEqual(Date.parse(first!.watchUntil!));
    expect([ended.progress, await rebooted()]).toEqual([100, 3]);
  });

  test.each(['before', 'after'] as const)(
    'acts on none of them twice when the worker is killed %s a call has arrived, in each of the stages',
    async (when) => {
      const servers = await three('tenth');
      Object.assign(death, { at: 1, when });
      const change = await reboot(servers);
      await expect.poll(() => death.at, { timeout: 60_000 }).toBe(0);
      Object.assign(death, { at: 2, when });
      const ended = await world.settled(change, ann!);
      expect([ended.state, death.at, await rebooted()]).toEqual(['succeeded', 0, 3]);
      expect(statuses(ended)).toEqual([
        ['canary', 'done', 'done'],
        ['rest', 'done', 'done', 'done'],
      ]);
    },
  );

  test('holds the others when one of the first is not well after the pause, until a person who may lets them follow', async () => {
    const servers = await three('short');
    const change = await reboot(servers);
    await watched(change);
    await world.outsider(ann!, cloud.id, [{ act: 'edit', server: servers[0]!.name, power: 'off' }]);
    const stopped = await held(change);
    expect([stopped.state, statuses(stopped)]).toEqual([
      'paused',
      [
        ['canary', 'held', 'unwell'],
        ['rest', 'waiting', 'waiting', 'waiting'],
      ],
    ]);
    expect(stopped.job?.message).toContain('should be running and the provider shows');
    expect([stopped.actions.resume.allowed, await rebooted()]).toEqual([true, 1]);
    const why = { id: change.id, comment: 'It was switched off by hand.' };
    expect((await world.refused(changesResume, { id: change.id, comment: 'ok' }, bob!)).slug).toBe('comment-required');
    expect((await world.refused(changesResume, why, own!)).slug).toBe('not-eligible');
    expect((await world.refused(changesResume, why, world.as({ permissions: ['changes:read', 'servers:*'] }))).slug).toBe('permission-denied');
    const narrow = world.as({
      grants: [{ permissions: ['changes:read'] }, { permissions: ['changes:apply'], scope: { any: [{ ids: [servers[1]!.id] }] } }],
    });
    expect((await world.refused(changesResume, why, narrow)).slug).toBe('not-eligible');
    expect((await world.refused(changesResume, why, world.as({ tenant: 'b' }))).slug).toBe('change-not-found');
    expect(await rebooted()).toBe(1);
    await world.done(changesResume, why, bob!);
    const ended = await world.settled(change, ann!);
    expect([ended.state, statuses(ended)]).toEqual([
      'succeeded',
      [
        ['canary', 'done', 'unwell'],
        ['rest', 'done', 'done', 'done'],
      ],
    ]);
    expect([ended.stages![0]!.continuedBy?.name, await rebooted()]).toEqual(['bob', 3]);
    expect((await world.refused(changesResume, why, bob!)).slug).toBe('not-held');
  });

  test('holds the others at once when one of the first fails, and given up it touches none of them', async () => {
    const servers = await three('long');
    await world.misbehave(ann!, cloud.id, [{ operation: 'power', kind: 'failing-action', count: 1 }]);
    const change = await reboot(servers);
    expect(statuses(await held(change))).toEqual([
      ['canary', 'held', 'failed'],
      ['rest', 'waiting', 'waiting', 'waiting'],
    ]);
    await world.done(changesCancel, { id: change.id }, ann!);
    const ended = await world.settled(change, ann!);
    expect([ended.state, statuses(ended)![1], await rebooted()]).toEqual(['cancelled', ['rest', 'waiting', 'waiting', 'waiting'], 1]);
    for (const { id } of servers) expect((await world.done(serversGet, { id }, ann!)).openChange).toBeNull();
  });

  test('has rules asked again before the others follow: what they forbid by then holds the Change, and no word of a person sets it aside', async () => {
    const servers = await three('tenth');
    const freeze = async (frozen: boolean): Promise<void> => {
      const labels: Record<string, string> = { canary: 'tenth', ...(frozen ? { frozen: 'yes-please' } : {}) };
      expect((await world.settled(await world.accepted(serversUpdate, { id: servers[2]!.id, labels }, ann!), ann!)).state).toBe('succeeded');
    };
    await world.misbehave(ann!, cloud.id, [{ operation: 'power', kind: 'failing-action', count: 1 }]);
    const change = await reboot(servers);
    expect(statuses(await held(change))![0]).toEqual(['canary', 'held', 'failed']);
    await freeze(true);
    for (let turn = 0; turn < 2; turn++) {
      await world.done(changesResume, { id: change.id, comment: 'It is being replaced.' }, bob!);
      const stopped = await held(change);
      expect([stopped.state, statuses(stopped)]).toEqual(['paused', [['canary', 'done', 'failed'], ['rest', 'held', 'waiting', 'waiting']]]);
      expect(stopped.stages![1]).toMatchObject({ startedAt: null, refused: { code: 'policy-denied', text: expect.stringContaining('It is frozen.') } });
      expect(stopped.job?.message).toContain('first-one/not-frozen');
    }
    const { rows } = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.$client.query(`select reason->>'code' as code, rules from audit_entries where change_id = $1 and result = 'denied'`, [change.id]));
    expect(rows.map(({ code, rules }) => [code, String(rules)])).toEqual(Array.from({ length: 2 }, () => ['policy-denied', expect.stringContaining('first-one/not-frozen')]));
    const told = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.$client.query<{ reason: string }>(`select data->>'reason' as reason from events where type = 'change.paused' and change_id = $1 order by seq`, [change.id]));
    expect(told.rows.map(({ reason }) => /frozen/.test(reason))).toEqual([false, true, true]);
    expect(await rebooted()).toBe(1);
    await freeze(false);
    await world.done(changesResume, { id: change.id, comment: 'The freeze is over.' }, bob!);
    const ended = await world.settled(change, ann!);
    expect([ended.state, statuses(ended), await rebooted()]).toEqual(['partially_succeeded', [['canary', 'done', 'failed'], ['rest', 'done', 'done', 'done']], 3]);
  }); // prettier-ignore

  test('is given up at once while the first are watched, and what was done is undone', async () => {
    const servers = await three('long');
    const change = await world.accepted(serversBulk, { ids: servers.map(({ id }) => id), action: 'stop' }, ann!);
    await watched(change);
    expect((await world.get(ann!, servers[0]!.id)).status).toBe('stopped');
    await world.done(changesCancel, { id: change.id }, ann!);
    expect((await world.settled(change, ann!)).state).toBe('cancelled');
    expect((await world.get(ann!, servers[0]!.id)).status).toBe('running');
  });

  test('asks nothing of a Change that acts on no more than the first', async () => {
    const [one] = await three('long');
    const ended = await world.settled(await reboot([one!]), ann!);
    expect([ended.state, statuses(ended)]).toEqual(['succeeded', [['all', 'done', 'done']]]);
  });
});

describe('what rules may ask of servers', () => {
  test('whether one is well, as it was last seen', async () => {
    const { id, name } = await world.server(ann!, cloud.id, `w-${++number}`);
    const seen = async () => (await world.done(policiesSimulate, { operation: 'servers.reboot', parameters: { id } }, ann!)) as { facts: { resources?: { health: string | null }[] }; refusal: { slug: string } | null }; // prettier-ignore
    expect(await seen()).toMatchObject({ facts: { resources: [{ health: 'healthy' }] }, refusal: null });
    await world.outsider(ann!, cloud.id, [{ act: 'edit', server: name, size: 'std-8' }]);
    await world.pass(cloud.id, () => new Date(Date.now() + 61_000));
    expect(await seen()).toMatchObject({ facts: { resources: [{ health: 'degraded' }] }, refusal: { slug: 'policy-denied' } });
    expect((await world.refused(serversReboot, { id }, ann!)).extras).toMatchObject({ rule: 'first-one/well-first' });
  });

  test('how much the tenant may still have', async () => {
    const wish = world.wish(cloud.id, `q-${++number}`, { environment: 'full' });
    const seen = await world.done(policiesSimulate, { operation: 'servers.create', parameters: wish }, ann!);
    expect(seen.facts['quota']).toEqual({ servers: expect.any(Number), vcpus: expect.any(Number) });
    const before = (seen.facts['quota'] as { servers: number }).servers;
    expect(before).toBeLessThan(100);
    expect((await world.refused(serversCreate, wish, ann!)).extras).toMatchObject({ rule: 'first-one/keep-room' });
    await world.server(ann!, cloud.id, `q-${number}`);
    const after = await world.done(policiesSimulate, { operation: 'servers.create', parameters: wish }, ann!);
    expect((after.facts['quota'] as { servers: number }).servers).toBe(before - 1);
  });
});
