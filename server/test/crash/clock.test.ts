import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '../clone.ts';
import { createChildren } from './children.ts';
import { query } from './evidence.ts';
import { startOutside, type Outside } from './outside.ts';

const children = createChildren();
let databaseUrl: string;
let outside: Outside;

beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  outside = await startOutside();
});
afterAll(async () => {
  await children.end();
  await outside.close();
});

interface Occurrence {
  state: string;
  tries: number;
  minute: string;
  /** From when it was due to when it was done. */
  seconds: number;
}
const SQL = `
  select state, retry_count + 1 as tries, date_trunc('minute', created_on)::text as minute,
    extract(epoch from completed_on - created_on)::float as seconds
  from pgboss.job where name = 'clock' and data->>'name' = 'watch' order by created_on`;
const occurrences = (): Promise<Occurrence[]> => query<Occurrence & Record<string, unknown>>(databaseUrl, SQL);
const names = (act: string): string[] => outside.effects.filter((effect) => effect.act === act).map(({ name }) => name);

test('governance 87, for work by the clock: Given 3 instances, when one is killed, then its round is taken over within 2 intervals and no round ran twice', async () => {
  const masterKey = Buffer.from(testMasterKey()).toString('base64');
  const start = () => children.start({ role: 'work', databaseUrl, masterKey, outside: outside.url, watchMs: 5_000 });
  const instances = [start(), start(), start()];
  await Promise.all(instances.map(({ ready }) => ready));

  await expect.poll(() => names('set out').length, { timeout: 120_000, interval: 50 }).toBe(1);
  const victim = instances.find(({ pid }) => String(pid) === names('set out')[0])!;
  victim.signal('SIGKILL');
  await victim.ended;
  expect(names('looked'), 'it was on its way').toEqual([]);

  const done = async (): Promise<number> => (await occurrences()).filter(({ state }) => state === 'completed').length;
  await expect.poll(done, { timeout: 240_000, interval: 250 }).toBeGreaterThanOrEqual(2);
  await Promise.all(instances.map((one) => (one.signal('SIGKILL'), one.ended)));

  const found = (await occurrences()).filter(({ state }) => state === 'completed');
  expect(found[0], 'the killed one').toMatchObject({ tries: 2 });
  expect(found[0]!.seconds).toBeLessThan(120);
  expect(found.slice(1).every(({ tries }) => tries === 1), 'the others went undisturbed').toBe(true); // prettier-ignore
  expect(new Set(found.map(({ minute }) => minute)).size, 'one occurrence in a minute').toBe(found.length);
  expect(names('looked'), 'each was carried out once').toHaveLength(found.length);
  expect(names('looked')).not.toContain(String(victim.pid));
}, 420_000);
