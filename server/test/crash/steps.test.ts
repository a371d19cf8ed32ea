import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { changesApprove, changesRollback } from '#modules/governance/index.ts';
import { isTerminal, type ChangeState } from '#modules/governance/rules.ts';
import { crashPoint } from '#modules/governance/runner/work.ts';
import type { Core } from '../../src/core.ts';
import { cloneDatabase, copyOf, testMasterKey } from '../clone.ts';
import { createChildren } from './children.ts';
import { callOf, openCompany, seedCompany } from './company.ts';
import { evidence, query, type Evidence } from './evidence.ts';
import { startOutside, type Outside } from './outside.ts';
import { torchesLight } from './torches.ts';

const masterKey = testMasterKey();
const children = createChildren();
let keys: { asks: string; agrees: string };
/** A database with people in it, to be copied for each test. */
let seeded: string;

beforeAll(async () => {
  seeded = await cloneDatabase();
  keys = await within(seeded, null, seedCompany);
});
afterEach(() => children.end());

/** In this process; it carries out jobs when there is an outside to do so. */
async function within<T>(databaseUrl: string, outside: Outside | null, act: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCompany({ databaseUrl, masterKey, outside: outside?.url ?? '', works: outside !== null });
  try {
    if (outside) await core.work();
    return await act(core);
  } finally {
    await core.stop(5_000);
  }
}
/** In a process of its own, which ends or freezes at `point`. */
const workerFor = (databaseUrl: string, { url }: Outside, point: string, signal: 'SIGKILL' | 'SIGSTOP') =>
  children.start({ role: 'work', databaseUrl, masterKey: Buffer.from(masterKey).toString('base64'), outside: url, at: { point, signal } });

const changeOf = async (url: string, id: string): Promise<Evidence> => (await evidence(url)).get(id)!;
async function ended(url: string, id: string): Promise<Evidence> {
  await expect.poll(async () => isTerminal((await changeOf(url, id)).state as ChangeState), { timeout: 60_000, interval: 100 }).toBe(true);
  return changeOf(url, id);
}
const idOf = (passed: { status: string }): string => (passed as { change?: { id: string } }).change!.id;
const light = async ({ gate }: Core, input: object): Promise<string> =>
  idOf(await gate.pass(torchesLight, { name: 'torch', ...input }, callOf(keys.asks)));

interface Story {
  title: string;
  /** Asks for the Change and leaves it with a job that nobody has begun. */
  ask: (core: Core, url: string) => Promise<string>;
  /** First point that the other stories do not have. */
  from: string;
  /** How it has to end. */
  end: Partial<Evidence>;
  /** Acts on the outside that must have happened, each once. */
  acts: string[];
}

const STORIES: Story[] = [
  {
    title: 'a Change that was approved',
    async ask(core) {
      const id = await light(core, { environment: 'prod' });
      await core.gate.pass(changesApprove, { id }, callOf(keys.agrees));
      return id;
    },
    from: 'started',
    // Asked, agreed to, carried out.
    end: { state: 'succeeded', audit: ['pending', 'success', 'success'], open: [], done: { look: 1, light: 1 } },
    acts: ['light'],
  },
  {
    title: 'a Change that fails and is undone',
    ask: (core) => light(core, { fails: true }),
    from: 'stand:before-intent',
    end: { state: 'rolled_back', audit: ['pending', 'failure'], open: ['stand failed'], done: { look: 1, light: 1, 'undo:darken': 1 } },
    acts: ['light', 'darken'],
  },
  {
    title: 'the rollback of a Change that had succeeded',
    async ask(core, url) {
      const outside = await startOutside();
      const original = await light(core, {});
      await within(url, outside, () => ended(url, original));
      await outside.close();
      return idOf(await core.gate.pass(changesRollback, { id: original }, callOf(keys.asks)));
    },
    from: 'darken:before-intent',
    end: { state: 'succeeded', audit: ['pending', 'success'], open: [], done: { darken: 1 } },
    acts: ['darken'],
  },
];

/** The points that an undisturbed run passes, in order. */
async function pointsOf(asked: string, id: string): Promise<string[]> {
  const [url, outside] = [await copyOf(asked), await startOutside()];
  const passed: string[] = [];
  crashPoint.at = (point) => void passed.push(point);
  try {
    await within(url, outside, () => ended(url, id));
  } finally {
    crashPoint.at = () => undefined;
    await outside.close();
  }
  return passed;
}

const jobsOf = async (url: string): Promise<string[]> => {
  const found = await query<{ state: string }>(url, `select distinct state from pgboss.job where name like 'change%'`);
  return found.map(({ state }) => state);
};

/** Kills the worker at `point`, lets another take over, and answers what is left and what was done. */
async function killedAt(asked: string, id: string, point: string): Promise<{ left: Evidence; outside: Outside }> {
  const [url, outside] = [await copyOf(asked), await startOutside()];
  const worker = workerFor(url, outside, point, 'SIGKILL');
  expect(await worker.ended, point).toBe('SIGKILL');
  // It is dead for certain, so nobody need wait the ten seconds that the queue grants it. The other tests do.
  await query(url, `update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`);
  await within(url, outside, async () => {
    await ended(url, id);
    await expect.poll(() => jobsOf(url), { timeout: 60_000, interval: 100 }).toEqual(['completed']);
  });
  await outside.close();
  return { left: await changeOf(url, id), outside };
}

/** Few at a time, and all of them, also when some fail. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = 5): Promise<void> {
  const waiting = [...items];
  const faults: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item).catch((error: unknown) => void faults.push(error));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join('\n'));
}

test.each(STORIES)(
  '$title: its worker is killed at every checkpoint, nothing is lost and nothing is done twice',
  async (story) => {
    const asked = await copyOf(seeded);
    const id = await within(asked, null, (core) => story.ask(core, asked));
    const points = await pointsOf(asked, id);
    expect(new Set(points).size, 'each point is passed once').toBe(points.length);
    const mine = points.slice(points.indexOf(story.from));
    expect(mine[0]).toBe(story.from);
    expect(mine.length).toBeGreaterThan(4);
    await eachOf(mine, async (point) => {
      const { left, outside } = await killedAt(asked, id, point);
      expect(left, point).toMatchObject(story.end);
      expect(left.states.filter((state) => state === left.state).length, point).toBe(1);
      expect(outside.effects.map(({ act }) => act), point).toEqual(story.acts); // prettier-ignore
      // A look leaves no trace to find, so it is repeated when the crash came before its record; never after.
      if ('look' in left.done) expect(outside.looks.length, point).toBe(point === 'look:after-effect' ? 2 : 1);
    });
  },
  240_000,
);

/** State "T" of Linux: stopped by a signal. */
const isStopped = (pid: number): boolean => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('T') === true;

test('a worker that was frozen and given up can do and write nothing more of that Change when it wakes, and is still of use', async () => {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const id = await within(url, null, (core) => light(core, { name: 'frozen' }));
  const sleeper = workerFor(url, outside, 'light:before-intent', 'SIGSTOP');
  await expect.poll(() => isStopped(sleeper.pid), { timeout: 60_000, interval: 100 }).toBe(true);
  // No help here: the queue itself notices that it is not heard of any more.
  await within(url, outside, () => ended(url, id));
  const before = await changeOf(url, id);
  expect(before).toMatchObject({ state: 'succeeded', attempt: 2, done: { look: 1, light: 1 } });

  sleeper.signal('SIGCONT');
  const next = await within(url, null, (core) => light(core, { name: 'after the frost' }));
  expect(await ended(url, next)).toMatchObject({ state: 'succeeded', attempt: 1 });
  expect(await changeOf(url, id)).toEqual(before);
  expect([outside.count('light', 'frozen'), outside.count('light', 'after the frost')]).toEqual([1, 1]);
  await outside.close();
}, 120_000);
