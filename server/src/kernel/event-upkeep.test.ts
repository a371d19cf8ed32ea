import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSuperuser, cloneDatabase, testMasterKey } from '#test/clone.ts';
import type pg from 'pg';
import { openDatabases, type Databases } from './database.ts';
import { LOG_START, readLog } from './event-log.ts';
import { adoptRestored, sweepEvents } from './event-upkeep.ts';
import { appendEvents } from './events.ts';
import { idAt, newId } from './ids.ts';

let databases: Databases;
let root: pg.Client;
beforeAll(async () => {
  const url = await cloneDatabase();
  databases = openDatabases({ url, masterKey: testMasterKey() });
  root = await asSuperuser(url);
});
afterAll(async () => {
  await root.end();
  await databases.close();
});
const announce = (tenantId: string, ...types: string[]) =>
  databases.tenant({ tenantId }, (db) => appendEvents(db, tenantId, types.map((type) => ({ type, data: {} })), null)); // prettier-ignore
const read = (tenantId: string, position: string | null) => databases.tenant({ tenantId, readOnly: true }, (db) => readLog(db, tenantId, position, { limit: 100 })); // prettier-ignore
const adopt = () => databases.platform('test', adoptRestored);

test('events of a dump that was restored on another server are read once, in their order, and what is announced there follows', async () => {
  const [tenant, untouched] = [newId(), newId()];
  await announce(tenant, 'lamp.lit', 'lamp.out');
  await announce(untouched, 'lamp.lit');
  expect(await adopt()).toBe(0);
  // As they come from a server that had seen more transactions than this one will for a long time.
  await root.query(`update events set xid = (xid::text::bigint + 5000000000)::text::xid8 where tenant_id = $1`, [tenant]);
  const elsewhere = '5000001000:5000001000:';
  expect(await adopt()).toBe(2);
  expect(await adopt()).toBe(0);
  await announce(tenant, 'lamp.broken');
  const all = await read(tenant, LOG_START);
  expect(all.events.map(({ type }) => type)).toEqual(['lamp.lit', 'lamp.out', 'lamp.broken']);
  expect((await read(tenant, all.position)).events).toEqual([]);
  // Whoever comes with a position of that server gets all again rather than nothing for ever.
  expect((await read(tenant, elsewhere)).events).toHaveLength(3);
});

test('what was handed on ninety days ago is let go of, with the record of who had it; what still waits is not', async () => {
  const tenant = newId();
  const at = new Date('2026-11-20T12:00:00Z');
  const old = (days: number) => idAt(new Date(at.getTime() - days * 86_400_000));
  const put = (id: string, dispatched: boolean) =>
    root.query(`insert into events (tenant_id, id, type, data, dispatched_at) values ($1, $2, 'lamp.lit', '{}', $3)`, [tenant, id, dispatched ? at : null]); // prettier-ignore
  await put(old(91), true);
  await put(old(92), false);
  await put(old(89), true);
  await root.query(`insert into event_deliveries (tenant_id, id, subscriber) values ($1, $2, 'lamps'), ($1, $3, 'lamps')`, [tenant, old(91), old(89)]); // prettier-ignore
  expect(await databases.platform('test', (db) => sweepEvents(db, at))).toBe(1);
  const ids = async (table: string) => (await root.query<{ id: string }>(`select id from ${table} where tenant_id = $1 order by id`, [tenant])).rows.map(({ id }) => id); // prettier-ignore
  expect(await ids('events')).toEqual([old(92), old(89)]);
  expect(await ids('event_deliveries')).toEqual([old(89)]);
});
