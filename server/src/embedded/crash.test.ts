import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbedded } from './index.ts';
import { cacheDir, gone, postmasterOf, query, remove, temporary } from './testing.ts';

let dir: string;
beforeEach(async () => void (dir = await temporary()));
afterEach(async () => {
  await gone(dir);
  await remove(dir);
});

const WRITERS = 16;
const KILLS = 5;

/** Inserts until told to stop, over connections that may break at any moment; notes a number only once it was confirmed. */
async function write(url: string, writer: number, confirmed: string[], ended: () => boolean): Promise<void> {
  for (let number = 0; !ended();) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (; !ended(); number++) {
        await client.query('insert into written values ($1)', [`${writer}-${number}`]);
        confirmed.push(`${writer}-${number}`);
      }
    } catch {
      // Whether the last one was written is unknown, so its number is not used again.
      number++;
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

test('PostgreSQL killed five times under sixteen writers comes back at the same address, and every confirmed row is there', async () => {
  const lost: string[] = [];
  const database = await startEmbedded({ dir, cacheDir, log: () => undefined, onLost: ({ message }) => lost.push(message) });
  await query(database.url, 'create table written (id text primary key)');
  const confirmed: string[] = [];
  let ended = false;
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(database.url, writer, confirmed, () => ended));
  let killed: number | undefined;
  for (let kill = 0; kill < KILLS; kill++) {
    // What the last one's children confirm after its death is not yet the work of the next.
    await expect.poll(() => postmasterOf(dir).catch(() => killed), { timeout: 60_000 }).not.toBe(killed);
    const before = confirmed.length;
    await expect.poll(() => confirmed.length, { timeout: 60_000 }).toBeGreaterThan(before + 200);
    killed = await postmasterOf(dir);
    process.kill(killed, 'SIGKILL');
  }
  const before = confirmed.length;
  await expect.poll(() => confirmed.length, { timeout: 60_000 }).toBeGreaterThan(before + 200);
  ended = true;
  await Promise.all(writers);
  expect(lost).toEqual([]);
  const found = new Set((await query<{ id: string }>(database.url, 'select id from written')).map(({ id }) => id));
  expect(confirmed.filter((id) => !found.has(id))).toEqual([]);
  await database.stop();
});
