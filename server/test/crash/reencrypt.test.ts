import { spawn, type ChildProcess } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabases, type Database, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { openJobs, type Jobs } from '#kernel/jobs.ts';
import { localLive } from '#kernel/live.ts';
import type { SealedColumn } from '#kernel/module.ts';
import { createSealer, type SealedPlace } from '#kernel/seal.ts';
import { ROLES, urlFor } from '#kernel/database.ts';
import { begin, reencrypt, type KeysDeps } from '#modules/keys/reencrypt.ts';
import { keysOf } from '#modules/keys/status.ts';
import { cloneDatabase, testMasterKey } from '../clone.ts';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';

/** Two columns, of which one has several values in one row of something else, as versions of secrets have. */
const PLACES: SealedColumn[] = [
  { table: 'lockers', column: 'content', field: "'content'" },
  { table: 'lockers', column: 'spare', row: 't.owner', field: `'spare:' || t.number` },
];
const VALUES = 6_000;

let url: string;
let databases: Databases;
let jobs: Jobs;
const children = new Set<ChildProcess>();
const tenantId = newId();
const sealer = createSealer(testMasterKey());
const deps = (): KeysDeps => ({ databases, jobs, sealer, places: PLACES, now: () => new Date() });
const within = <T>(work: (db: Database) => Promise<T>): Promise<T> => databases.tenant({ tenantId }, work);

beforeAll(async () => {
  url = await cloneDatabase();
  const root = new pg.Client({ connectionString: url });
  await root.connect();
  await root.query(`create table lockers (tenant_id uuid not null, id uuid not null, owner uuid not null, number integer not null, content text, spare text, primary key (tenant_id, id));
    grant select, insert, update, delete on lockers to ${ROLES.app}`);
  await root.end();
  databases = openDatabases({ url, masterKey: testMasterKey() });
  jobs = await openJobs({ url: urlFor(url, ROLES.platform, testMasterKey()), live: localLive(), onError: () => undefined, supervise: false });
}, 60_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await jobs.close();
  await databases.close();
});

const places = (row: { id: string; owner: string; number: number }): [SealedPlace, SealedPlace] => [
  { tenantId, table: 'lockers', row: row.id, field: 'content' },
  { tenantId, table: 'lockers', row: row.owner, field: `spare:${row.number}` },
];

async function fill(count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    await within(async (db) => {
      for (let number = from; number < Math.min(count, from + 500); number++) {
        const row = { id: newId(), owner: newId(), number };
        const [content, spare] = places(row);
        await db.$client.query('insert into lockers values ($1, $2, $3, $4, $5, $6)', [
          tenantId, row.id, row.owner, number, await sealer.seal(db, content, `content ${number}`), number % 3 === 0 ? await sealer.seal(db, spare, `spare ${number}`) : null,
        ]); // prettier-ignore
      }
    });
  }
}

/** Every value opens, and as what it was. Answers how many there are by the key they are under. */
async function openAll(): Promise<Map<string, number>> {
  const fresh = createSealer(testMasterKey());
  const counts = new Map<string, number>();
  await within(async (db) => {
    const { rows } = await db.$client.query<{ id: string; owner: string; number: number; content: string; spare: string | null }>(
      'select * from lockers',
    );
    for (const row of rows) {
      const [content, spare] = places(row);
      expect(await fresh.open(db, content, row.content)).toBe(`content ${row.number}`);
      if (row.spare !== null) expect(await fresh.open(db, spare, row.spare)).toBe(`spare ${row.number}`);
      for (const sealed of [row.content, row.spare]) if (sealed) counts.set(sealed.split('.')[1]!, (counts.get(sealed.split('.')[1]!) ?? 0) + 1);
    }
  });
  return counts;
}

/** A process that does nothing but move values. */
async function worker(): Promise<ChildProcess> {
  const orders = { databaseUrl: url, masterKey: Buffer.from(testMasterKey()).toString('base64'), places: PLACES };
  const child = spawn(process.execPath, [program(new URL('./reencrypting.ts', import.meta.url))], {
    env: { ...LEAN, REENCRYPT_ORDERS: JSON.stringify(orders) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  child.stdin.on('error', () => undefined);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}
const killed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('close', () => (children.delete(child), resolve()));
    child.kill('SIGKILL');
  });

const progress = async () => (await keysOf(databases, tenantId)).last!;

test('values on their way to a new key survive kill -9 of who moves them, beside people who write them; none is lost and none moved twice', async () => {
  await fill(VALUES);
  const total = VALUES + VALUES / 3;
  const begun = await begin(deps(), tenantId);
  expect(begun).toMatchObject({ state: 'moving', total, moved: 0 });

  let [writing, written] = [true, 0];
  const writer = (async () => {
    while (writing) {
      await within(async (db) => {
        const { rows } = await db.$client.query<{ id: string; owner: string; number: number }>(
          'select id, owner, number from lockers order by random() limit 1 for update',
        );
        const [content] = places(rows[0]!);
        await db.$client.query('update lockers set content = $1 where id = $2', [await sealer.seal(db, content, `content ${rows[0]!.number}`), rows[0]!.id]); // prettier-ignore
      });
      written++;
    }
  })();

  let kills = 0;
  for (let before = 0; (await progress()).state === 'moving'; before = (await progress()).moved) {
    const child = await worker();
    // Killed in the midst of it: a killed worker's job comes back when its lease has run out.
    await expect.poll(async () => { const now = await progress(); return now.moved > before || now.state !== 'moving'; }, { timeout: 60_000, interval: 20 }).toBe(true); // prettier-ignore
    const { state, moved } = await progress();
    if (kills < 2 && state === 'moving') {
      await killed(child);
      kills++;
      // What it had done is counted, and what it had not is not: as many are under the new key as the row says, but for what people wrote meanwhile.
      expect((await progress()).moved).toBeGreaterThanOrEqual(moved);
    } else {
      await expect.poll(async () => (await progress()).state, { timeout: 60_000 }).toBe('settling');
      await killed(child);
    }
  }
  writing = false;
  await writer;
  expect(kills).toBeGreaterThan(0);
  expect(written).toBeGreaterThan(0);
  const { moved, unreadable } = await progress();
  expect(unreadable).toBe(0);
  // Of those that people wrote in the meantime some were under the new key already.
  expect(moved).toBeLessThanOrEqual(total);

  // Later, when no process can hold the old key: the rest is moved and the old key destroyed.
  await fill(3); // sealed by a process that had the old key in mind
  const later: KeysDeps = { ...deps(), now: () => new Date(Date.now() + 3_600_000) };
  await reencrypt(later, { data: { tenantId, reencryptionId: begun.id }, signal: new AbortController().signal });
  expect(await progress()).toMatchObject({ state: 'done', destroyed: 1, unreadable: 0 });
  const counts = await openAll();
  expect([...counts.keys()]).toEqual([begun.keyId]);
  expect(counts.get(begun.keyId)).toBe(total + 3 + 1);
}, 180_000);
