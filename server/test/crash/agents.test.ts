import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { crashPoint } from '#modules/workflows/engine/crash.ts';
import { publish, startOf, type Published } from '#modules/workflows/engine/testing.ts';
import { cloneDatabase, copyOf, testMasterKey } from '../clone.ts';
import { AGENT } from './agents-rig.ts';
import { query } from './evidence.ts';
import { startOutside, type Outside } from './outside.ts';
import { createWorkers } from './workflows-children.ts';
import { ACTOR, openEngine, TENANT } from './workflows-rig.ts';

const masterKey = testMasterKey();
const children = createWorkers();
let seeded: string;
let agent: Published;

beforeAll(async () => {
  seeded = await cloneDatabase();
  const { core } = await openEngine({ databaseUrl: seeded, masterKey, outside: '', works: false });
  agent = await publish(core.databases, TENANT, AGENT);
  await core.stop(5_000);
});
afterEach(() => children.end());

interface Left {
  status: string;
  answer: string;
  tokens: string;
  calls: number;
  records: string[];
  marked: string;
}
const left = async (url: string): Promise<Left> => {
  const [row] = await query<Left & Record<string, unknown>>(url, `
    select e.status, e.outputs ->> 'answer' as answer, e.tokens, e.tool_calls as calls, (select count(*) from events v where v.type = 'custom.marked') as marked,
      (select array_agg(n.node_key || ' ' || n.path || ' ' || n.status order by n.node_key, n.path) from node_executions n where n.execution_id = e.id) as records
    from workflow_executions e`);
  return row!;
}; // prettier-ignore

/** A worker in this process, until the execution has ended. */
async function carriedOn(url: string, outside: Outside, begins: boolean): Promise<Left> {
  const { core, engine } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true });
  try {
    if (begins) await engine.start(startOf(agent, ACTOR));
    await expect.poll(async () => (await left(url)).status, { timeout: 60_000, interval: 50 }).toBe('completed');
    return await left(url);
  } finally {
    await core.stop(5_000);
  }
}

async function undisturbed(): Promise<{ points: string[]; end: Left }> {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const points: string[] = [];
  crashPoint.at = (point) => void (points.includes(point) || points.push(point));
  try {
    return { points, end: await carriedOn(url, outside, true) };
  } finally {
    crashPoint.at = () => undefined;
    await outside.close();
  }
}

/** Around effects, and of the writes a few, unless all are asked for; none of the last, as a busy machine makes fewer of them. */
const chosen = (points: readonly string[]): string[] => {
  if (process.env['WORKFLOW_SOAK_SECONDS']) return [...points];
  const writes = points.filter((point) => point.startsWith('write '));
  return [
    'agent:after-intent',
    'put:after-effect',
    'post:after-effect',
    ...writes.slice(0, writes.length * 0.8).filter((_point, at) => at % 12 === 5),
  ];
};

test('workflows 103: Kill −9 between two agent steps: finished model calls are not repeated.', async () => {
  const { points, end } = await undisturbed();
  expect(end).toMatchObject({ status: 'completed', answer: 'through', tokens: '60', calls: 4, marked: '1' });
  expect(points).toEqual(expect.arrayContaining(['put:after-effect', 'post:after-intent', 'agent:after-intent', 'end:before']));
  const waiting = chosen(points);
  const lane = async (): Promise<void> => {
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) await killedAt(point, end);
  };
  await Promise.all([lane(), lane(), lane()]);
}, 120_000);

async function killedAt(point: string, end: Left): Promise<void> {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const orders = {
    databaseUrl: url,
    masterKey: Buffer.from(masterKey).toString('base64'),
    outside: outside.url,
    starts: [startOf(agent, ACTOR)],
    at: point,
  };
  const child = children.start(orders);
  expect(await Promise.race([child.ended, pause(50_000, 'alive', { ref: false })]), `${point}: ${child.said()}`).toBe('SIGKILL');
  const found = await carriedOn(url, outside, false);
  // What had begun and may have taken effect is not begun again: the model is told, and says that it is through all the same.
  const sure = found.records.map((record) => (record.startsWith('post') ? 'post @2.0 completed' : record));
  expect({ ...found, records: sure }, point).toEqual(end);
  const times = (act: string): number[] => Object.values(Object.groupBy(outside.effects.filter((one) => one.act === act), ({ name }) => name)).map((all) => all!.length); // prettier-ignore
  const thoughts = times('think');
  expect(thoughts.length, point).toBe(4);
  // An answer is paid for twice only when the process ended between having it and having written it down: one that came while a write was
  // under way is in the next one.
  const most = point.startsWith('write ') ? 5 : 4;
  // A process that stands still for long is taken for dead as well: what it still thought is written by nobody.
  const [{ epoch } = { epoch: 0 }] = await query<{ epoch: number }>(url, 'select epoch from workflow_executions');
  expect(thoughts.reduce((sum, n) => sum + n, 0), point).toBeLessThanOrEqual(most * (epoch - 1)); // prettier-ignore
  expect(outside.effects.filter(({ act }) => act === 'post').length, point).toBeLessThanOrEqual(1);
  expect(new Set(outside.effects.filter(({ act }) => act === 'put').map(({ mark }) => mark)).size, point).toBe(1);
  await outside.close();
}
