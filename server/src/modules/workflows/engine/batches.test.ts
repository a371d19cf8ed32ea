import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createBatches } from './batches.ts';

type Answers = readonly (string | Promise<string>)[];
const done = (items: readonly string[]): string[] => items.map((item) => item.toUpperCase());

/** Batches as they begin; each ends when it is told to. */
function watched() {
  const begun: { tenantId: string; items: readonly string[]; end: (results?: Answers) => void; fail: (error: Error) => void }[] = [];
  const add = createBatches<string, string>(
    (tenantId, items) =>
      new Promise((resolve, reject) => begun.push({ tenantId, items, end: (results = done(items)) => resolve(results), fail: reject })),
  );
  const turn = (): Promise<void> => pause(1);
  return { begun, add, turn, seen: () => begun.map(({ tenantId, items }) => `${tenantId}: ${items.join(' ')}`) };
}

describe('batches', () => {
  test('nobody waits for company; what comes in one turn goes together, and each has an answer of its own', async () => {
    const { add, begun, turn, seen } = watched();
    const first = add('t', 'a');
    await turn();
    const [second, third] = [add('t', 'b'), add('t', 'c')];
    await turn();
    expect(seen()).toEqual(['t: a', 't: b c']);
    for (const { end } of begun) end();
    expect(await Promise.all([first, second, third])).toEqual(['A', 'B', 'C']);
  });

  test('what comes while two of a tenant are under way goes with the next, in order; another tenant waits for none of it', async () => {
    const { add, begun, turn, seen } = watched();
    const all: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c', 'd', 'e']) {
      all.push(add('t', item));
      await turn();
    }
    all.push(add('u', 'f'));
    await turn();
    expect(seen()).toEqual(['t: a', 't: b', 'u: f']);
    begun[1]!.end();
    await turn();
    expect(seen().at(-1)).toBe('t: c d e');
    for (const { end } of begun) end();
    expect(await Promise.all(all)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  });

  test('no batch has more than 32', async () => {
    const { add, begun, turn } = watched();
    const all = Array.from({ length: 70 }, (_, at) => add('t', `${at}`));
    await turn();
    expect(begun.map(({ items }) => items.length)).toEqual([32, 32]);
    begun[0]!.end();
    await turn();
    expect(begun.map(({ items }) => items.length)).toEqual([32, 32, 6]);
    for (const { end } of begun) end();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 70 }, (_, at) => `${at}`));
  });

  test('one that is refused, or takes longer, takes no other with it; a batch that fails fails for all in it, and the next one goes', async () => {
    const { add, begun, turn } = watched();
    const [good, bad] = [add('t', 'a'), add('t', 'b')];
    await turn();
    let refuse!: (error: Error) => void;
    begun[0]!.end([...done(['a']), new Promise((_resolve, reject) => (refuse = reject))]);
    expect(await good).toBe('A');
    refuse(new Error('taken'));
    await expect(bad).rejects.toThrow('taken');
    const both = [add('t', 'c'), add('t', 'd')];
    await turn();
    begun[1]!.fail(new Error('lost'));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = add('t', 'e');
    await turn();
    begun[2]!.end();
    expect(await next).toBe('E');
  });
});
