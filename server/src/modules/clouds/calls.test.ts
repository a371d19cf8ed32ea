import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import { ask } from './calls.ts';
import { CloudProviders, ProviderError } from './providers/port.ts';
import { cloudWorld, QUICK, type CloudWorld } from './testing.ts';

let world: CloudWorld;
let ann: Person;
let id: string;

beforeAll(async () => {
  world = await cloudWorld({ works: false, pace: { ...QUICK, circuit: { failures: 3, openMs: 500, openCapMs: 500 } } });
  ann = world.as();
});
beforeEach(async () => {
  id = (await world.connect(ann)).id;
});
afterAll(() => world.end());

const circuit = () => (world.adapters.get(CloudProviders.port) as CloudProviders).circuits.get(id);
/** A call that waits, as a job's does. */
const patient = (signal?: AbortSignal) => {
  const { hurried: _, ...outside } = world.outside(signal);
  return outside;
};
const down = (): Promise<never> => Promise.reject(new ProviderError('unavailable', 'down', 'it is down'));
const open = () => ask(world.outside(), id, down).catch((error: unknown) => error);

describe('calls through a circuit', () => {
  test('a background pass gives up at once while it is open', async () => {
    await open();
    let sent = 0;
    await expect(ask(world.outside(), id, async () => (sent += 1))).rejects.toMatchObject({
      slug: 'provider-unavailable',
      extras: { retryAfterSeconds: 1 },
    });
    expect(sent).toBe(0);
  });

  test('of many that wait, one probes, and its success lets the others through', async () => {
    await open();
    let calls = 0;
    let duringProbe = 0;
    const call = async (): Promise<void> => {
      calls += 1;
      if (calls > 1) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
      duringProbe = calls;
    };
    await Promise.all(Array.from({ length: 8 }, () => ask(patient(), id, call)));
    expect(duringProbe).toBe(1);
    expect(calls).toBe(8);
    expect(circuit()?.openUntil).toBeNull();
  });

  test('a probe that is called off leaves room for another', async () => {
    await open();
    const leaving = new AbortController();
    const left = ask(patient(leaving.signal), id, async () => {
      leaving.abort(new Error('draining'));
      throw new ProviderError('unavailable', 'timeout', 'no answer');
    });
    await expect(left).rejects.toThrow('draining');
    expect(circuit()).toMatchObject({ probing: false, openUntil: expect.any(Number) });
    await expect(ask(patient(), id, async () => 'there again')).resolves.toBe('there again');
  });

  test('a refusal is an answer: it closes the circuit', async () => {
    await open();
    const refused = ask(patient(), id, () => Promise.reject(new ProviderError('invalid', 'bad', 'no such size')));
    await expect(refused).rejects.toMatchObject({ slug: 'provider-rejected' });
    expect(circuit()?.openUntil).toBeNull();
  });
});
