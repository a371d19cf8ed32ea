import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { createCore, type Core } from '../core.ts';
import { deliver, dispatch, appendEvents, subscribersOf } from './events.ts';
import { newId } from './ids.ts';
import { defineModule, type DeliveredEvent, type Module } from './module.ts';
import type { WorkContext } from './work.ts';

/** Modules that write down, in their own transaction, what they heard. */
type Hear = (ctx: WorkContext, event: DeliveredEvent) => Promise<void>;
const heard =
  (by: string): Hear =>
  async ({ db, tenantId }, event) => {
    await db.$client.query('insert into heard (tenant_id, event_id, by) values ($1, $2, $3)', [tenantId, event.id, by]);
  };
const listener = (name: string, hear: Hear = heard(name), type = 'lamp.lit'): Module => defineModule({ name, operations: [], on: { [type]: hear } });
const lamps = defineModule({ name: 'lamps', operations: [], events: { 'lamp.lit': 'A lamp was lit', 'lamp.warm': 'A lamp has become warm' } });

const tenant = newId();
let url: string;
let owner: pg.Client;
let open: Core[];
beforeEach(async () => {
  url = await cloneDatabase();
  owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('create table heard (tenant_id uuid, event_id uuid, by text); grant select, insert on heard to sy_app');
  open = [];
});
afterEach(async () => {
  for (const core of open) await core.stop(5_000);
  await owner.end();
});

/** One process; `works`: it delivers. */
async function start(modules: readonly Module[], works = true): Promise<Core> {
  const nobody = async (): Promise<never> => Promise.reject(new Error('nobody calls here'));
  const core = await createCore({
    databaseUrl: url, masterKey: testMasterKey(), modules: [lamps, ...modules], works, log: pino({ level: 'silent' }), adapters: () => [],
    people: () => ({
      authenticate: nobody, permit: nobody, holders: nobody, revive: nobody, alone: async () => false, tenantIds: async () => [tenant],
      rosters: { inRole: nobody, rolesOf: nobody, ownersOf: nobody }, teams: { of: nobody, members: nobody },
    }),
  }); // prettier-ignore
  open.push(core);
  if (works) await core.work();
  return core;
}
async function announce(core: Core, count = 1, type = 'lamp.lit', tenantId = tenant): Promise<void> {
  const emitted = Array.from({ length: count }, (_, n) => ({ type, data: { n } }));
  await core.databases.tenant({ tenantId }, (db) => appendEvents(db, tenantId, emitted, null));
  core.live.publish('outbox');
}
const soon = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
const rows = async (sql: string): Promise<Record<string, unknown>[]> => (await owner.query<Record<string, unknown>>(sql)).rows;
const effects = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await rows('select by, count(*)::int as n from heard group by by order by by')).map(({ by, n }) => [by as string, n as number]),
  );
const twice = () => rows('select event_id, by from heard group by 1, 2 having count(*) > 1');

test('each subscriber hears each event, and its effect is there once', async () => {
  const core = await start([listener('audience'), listener('archive')]);
  await announce(core, 30);
  await soon(effects).toEqual({ archive: 30, audience: 30 });
  expect(await twice()).toEqual([]);
  expect(await rows('select count(*)::int as n from events where dispatched_at is null')).toEqual([{ n: 0 }]);
});

test('what is announced in a transaction that fails was never said', async () => {
  const core = await start([listener('audience')]);
  const failing = core.databases.tenant({ tenantId: tenant }, async (db) => {
    await appendEvents(db, tenant, [{ type: 'lamp.lit', data: {} }], null);
    throw new Error('no after all');
  });
  await expect(failing).rejects.toThrow('no after all');
  await announce(core);
  await soon(effects).toEqual({ audience: 1 });
});

test('an event that nobody listens to is put away', async () => {
  const core = await start([]);
  await announce(core);
  await soon(() => rows('select count(*)::int as n from events where dispatched_at is null')).toEqual([{ n: 0 }]);
  expect(await rows(`select 1 from pgboss.job where name = 'event'`)).toEqual([]);
});

test('a subscriber that fails is tried again, its half-done effect is undone, and the others are not held up', async () => {
  let tries = 0;
  const stumbling = listener('stumbling', async (ctx, event) => {
    await heard('stumbling')(ctx, event);
    if (++tries < 3) throw new Error('not yet');
  });
  const core = await start([stumbling, listener('steady')]);
  await announce(core);
  await soon(effects).toEqual({ steady: 1 });
  await soon(effects).toEqual({ steady: 1, stumbling: 1 });
  expect(tries).toBe(3);
});

test('what a subscriber can never take ends among the dead letters, named, and the others have theirs', async () => {
  const core = await start([listener('deaf', async () => Promise.reject(new Error('never'))), listener('steady')], false);
  await announce(core);
  await dispatch(core.databases, core.jobs, subscribersOf(core.registry));
  await owner.query('update pgboss.job set retry_limit = 0');
  await core.work();
  await soon(() => rows(`select data->>'module' as module from pgboss.job where name = 'event.dead'`)).toEqual([{ module: 'deaf' }]);
  await soon(effects).toEqual({ steady: 1 });
});

test('dispatchers that look at the same time hand each event over once', async () => {
  const cores = await Promise.all([start([listener('audience')], false), start([listener('audience')], false), start([listener('audience')], false)]);
  await announce(cores[0], 500);
  const subscribers = subscribersOf(cores[0].registry);
  let counts: number[];
  do counts = await Promise.all(cores.map((core) => dispatch(core.databases, core.jobs, subscribers)));
  while (counts.some((count) => count > 0));
  const jobs = await rows(`select data->>'eventId' as id, count(*)::int as n from pgboss.job where name = 'event' group by 1`);
  expect(jobs).toHaveLength(500);
  expect(jobs.every(({ n }) => n === 1)).toBe(true);
});

test('two processes at work: many events, each effect once', async () => {
  const [one] = await Promise.all([start([listener('audience')]), start([listener('audience')])]);
  await announce(one, 120);
  await soon(effects).toEqual({ audience: 120 });
  expect(await twice()).toEqual([]);
});

test('a delivery that is repeated, before or after the first has ended, has no second effect', async () => {
  const slow = listener('audience', async (ctx, event) => {
    await heard('audience')(ctx, event);
    await pause(100);
  });
  const core = await start([slow], false);
  await announce(core);
  const [event] = await rows('select id from events');
  const job = { tenantId: tenant, eventId: event!['id'] as string, module: 'audience' };
  const once = () => deliver(core.databases, core.registry, job, (db) => ({ db, tenantId: tenant }) as WorkContext);
  await Promise.all([once(), once(), once()]);
  await once();
  expect(await effects()).toEqual({ audience: 1 });
});

test('what a subscriber announces in turn is delivered too', async () => {
  const warming = listener('warming', async (ctx, event) => {
    await heard('warming')(ctx, event);
    ctx.emit('lamp.warm', { by: event.id });
  });
  const core = await start([warming, listener('feeling', heard('feeling'), 'lamp.warm')]);
  await announce(core);
  await soon(effects).toEqual({ feeling: 1, warming: 1 });
});

test('a subscriber works in the tenant of the event and sees no other', async () => {
  const other = newId();
  const seen: unknown[] = [];
  const looking = listener('looking', async ({ db, tenantId }) => {
    const { rows: found } = await db.$client.query<{ tenant_id: string }>('select distinct tenant_id from events');
    seen.push(tenantId, found.map((row) => row.tenant_id)); // prettier-ignore
  });
  const core = await start([looking]);
  await announce(core, 1, 'lamp.lit', other);
  await soon(() => seen).toEqual([other, [other]]);
});
