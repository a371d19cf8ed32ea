import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw } from '../engine/testing.ts';
import type { Graph } from '../graph.ts';
import { noticeOf } from './notice-rules.ts';
import { drift, hashOf, summaryOf } from './plan-rules.ts';
import { kept } from './retention-rules.ts';
import { affectedBy, changedNodes, firstFailed, placesOf } from './retry-rules.ts';
import { undoOrder } from './rollback-rules.ts';
import { EXECUTION_STATES, hasEnded, hindranceTo } from './rules.ts';
import type { WouldBe } from './schemas.ts';

const idOf = (graph: Graph, key: string): string => graph.nodes.find((node) => node.key === key)!.id;
/** Places of `places` that are run again, as `key@path`. */
const again = (graph: Graph, from: string, places: readonly string[]): string[] => {
  const at = (text: string) => {
    const [key = '', path = ''] = text.split('@');
    return { nodeId: idOf(graph, key), path };
  };
  const affected = affectedBy(graph, [at(from)]);
  return places.filter((place) => affected(at(place)));
};
const N: readonly [string] = ['transform'];

describe('what is run again', () => {
  test('a node and whatever follows it; branches beside it and what came before stand', () => {
    const graph = draw({ start: N, a: N, b: N, c: N, d: N }, 'start -> a -> c -> d, start -> b -> d');
    expect(again(graph, 'c', ['start', 'a', 'b', 'c', 'd'])).toEqual(['c', 'd']);
    expect(again(graph, 'start', ['start', 'a', 'b', 'c', 'd'])).toEqual(['start', 'a', 'b', 'c', 'd']);
  });

  test('in a loop earlier iterations stand, later ones and what follows the loop do not', () => {
    const graph = draw({ start: N, l: ['loop', {}], x: N, y: N, after: N, side: N }, 'start -> l, l.body -> x -> y -> l.next, l.done -> after, start -> side');
    const places = ['start', 'side', 'l', 'x@0', 'y@0', 'x@1', 'y@1', 'x@2', 'after'];
    expect(again(graph, 'y@1', places)).toEqual(['l', 'y@1', 'x@2', 'after']);
  });

  test('iterations that do not wait for one another stand on both sides', () => {
    const graph = draw({ start: N, l: ['loop', { parallel: 4 }], x: N }, 'start -> l, l.body -> x -> l.next');
    expect(again(graph, 'x@1', ['l', 'x@0', 'x@1', 'x@2'])).toEqual(['l', 'x@1']);
  });

  test('in nested loops only the iteration that holds it is gone through again', () => {
    const graph = draw({ start: N, o: ['loop', {}], i: ['loop', {}], x: N, z: N }, 'start -> o, o.body -> i, i.body -> x -> i.next, i.done -> z -> o.next');
    const places = ['o', 'i@0', 'x@0.0', 'x@0.1', 'z@0', 'i@1', 'x@1.0', 'x@1.1', 'z@1', 'x@2.0'];
    expect(again(graph, 'x@1.0', places)).toEqual(['o', 'i@1', 'x@1.0', 'x@1.1', 'z@1', 'x@2.0']);
  });

  test('whatever the graph, the node itself is among them and nothing is that no way leads to', () => {
    const chain = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 }).map((pairs) => pairs.filter(([a, b]) => a < b));
    fc.assert(fc.property(chain, fc.nat(7), (pairs, from) => {
      const graph = draw(Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`n${at}`, N])), pairs.map(([a, b]) => `n${a} -> n${b}`).join(','));
      const reached = new Set([from]);
      for (const [a, b] of pairs.toSorted(([x], [y]) => x - y)) if (reached.has(a)) reached.add(b);
      const found = again(graph, `n${from}`, graph.nodes.map(({ key }) => key));
      expect(found.map((key) => Number(key.slice(1)))).toEqual([...reached].toSorted((a, b) => a - b));
    }));
  });

  test('without a name it is the first that failed; a cancelled one only where none did', () => {
    const run = (nodeId: string, status: string, at: number) => ({ nodeId, path: '', status, at: new Date(at) });
    expect(firstFailed([run('c', 'cancelled', 1), run('b', 'failed', 3), run('a', 'failed', 2)])?.nodeId).toBe('a');
    expect(firstFailed([run('c', 'cancelled', 1), run('b', 'completed', 3)])?.nodeId).toBe('c');
    expect(firstFailed([run('b', 'completed', 3)])).toBeUndefined();
  });

  test('nodes are named by key or id, with their iteration', () => {
    const graph = draw({ send: N }, '');
    const id = idOf(graph, 'send');
    expect(placesOf(graph, ['send@3.0', id, 'gone', 'send@x'])).toEqual({ found: [{ nodeId: id, path: '3.0' }, { nodeId: id, path: '' }], unknown: ['gone', 'send@x'] });
  });

  test('a node is another one when its configuration or kind differs or it is gone, and not when it was moved', () => {
    const graph = draw({ a: ['transform', { x: 1 }], b: ['transform'] }, '');
    const [a, b] = graph.nodes as [Graph['nodes'][number], Graph['nodes'][number]];
    const to = (node: Partial<Graph['nodes'][number]>): Graph => ({ ...graph, nodes: [{ ...a, ...node }, b] });
    expect(changedNodes(graph, to({ layout: { x: 1, y: 2 }, notes: 'n' }), [a.id, b.id])).toEqual([]);
    expect(changedNodes(graph, to({ config: { x: 2 } }), [a.id, b.id])).toEqual(['a']);
    expect(changedNodes(graph, to({ type: 'filter' }), [a.id])).toEqual(['a']);
    expect(changedNodes(graph, { ...graph, nodes: [b] }, [a.id, b.id])).toEqual(['a']);
  });
}); // prettier-ignore

describe('undoing', () => {
  const change = (id: string, more: Partial<Parameters<typeof undoOrder>[0][number]> = {}) => ({
    id, number: id, operation: 'o', summary: 's', state: 'succeeded', endedAt: new Date(Number(id)), hindrance: null, rolledBack: false, ...more,
  }); // prettier-ignore

  test('goes backwards by the end of each; what has no way back is listed, what did nothing is not', () => {
    const { undo, stays } = undoOrder([change('1'), change('3'), change('2', { hindrance: 'no way back' }), change('4', { state: 'failed' }), change('5', { rolledBack: true })]); // prettier-ignore
    expect(undo.map(({ id }) => id)).toEqual(['3', '1']);
    expect(stays.map(({ id }) => id)).toEqual(['2']);
  });

  test('takes each Change at most once, and never one that stays before one that goes', () => {
    const any = fc.array(fc.record({ at: fc.nat(50), good: fc.boolean(), free: fc.boolean() }), { maxLength: 30 });
    fc.assert(fc.property(any, (found) => {
      const all = found.map(({ at, good, free }, place) => change(String(place), { endedAt: new Date(at), state: good ? 'succeeded' : 'cancelled', hindrance: free ? null : 'no' }));
      const { undo, stays } = undoOrder(all);
      const times = undo.map(({ endedAt }) => endedAt!.getTime());
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(undo.length + stays.length).toBe(found.filter(({ good }) => good).length);
    }));
  }); // prettier-ignore
});

describe('plans', () => {
  const item = (more: Partial<WouldBe> = {}): WouldBe => ({
    nodeId: '0197a1b2-0000-7000-8000-000000000001', key: 'light', path: '', type: 'operation', kind: 'change', operation: 'lamps.light', summary: 's', risk: 'write',
    approvals: [], refused: null, plan: { summary: 's', observed: { hall: 'none' }, changes: [{ action: 'update', type: 'lamp', name: 'hall' }] }, would: null, ...more,
  }); // prettier-ignore

  test('hold when the same would be done, whatever it is called', () => {
    expect(drift([item()], [item({ summary: 'other words' })])).toEqual([]);
    expect(hashOf([item()])).toBe(hashOf([item({ summary: 'other words' })]));
  });

  test('drift when something else, more, less, or with other people’s agreement would be done', () => {
    const seen = item({ plan: { summary: 's', observed: { hall: 'CHG-9' }, changes: [{ action: 'update', type: 'lamp', name: 'hall' }] } });
    expect(drift([item()], [seen])).toEqual(['light would do something else']);
    expect(drift([item()], [item({ approvals: ['four eyes'] })])).toEqual(['light would do something else']);
    expect(drift([item()], [item(), item({ key: 'more', path: '2' })])).toEqual(['more (2) would do something that was not planned']);
    expect(drift([item()], [])).toEqual(['light would do nothing any more']);
    expect(drift([item()], [item(), item()])).toEqual(['light would do something else']);
  });

  test('are summed up by the highest risk', () => {
    expect(summaryOf([item(), item({ risk: 'high', approvals: ['x'] }), item({ kind: 'effect', risk: null, refused: 'no' })])).toEqual({ changes: 2, effects: 1, refused: 1, approvals: 1, risk: 'high' }); // prettier-ignore
    expect(summaryOf([]).risk).toBe('read');
  });
});

test('what can be done with an execution hangs on its state alone, and never is everything', () => {
  const facts = (status: (typeof EXECUTION_STATES)[number]) => ({
    status,
    test: false,
    dryRun: false,
    rollback: 'none' as const,
    changes: 1,
    erased: false,
  });
  for (const status of EXECUTION_STATES) {
    expect(hindranceTo('cancel', facts(status)) === null).toBe(!hasEnded(status));
    expect(hindranceTo('retry', facts(status)) === null).toBe(hasEnded(status));
    expect(hindranceTo('rollback', facts(status)) === null).toBe(hasEnded(status));
  }
  expect(hindranceTo('retry', { ...facts('failed'), erased: true })).toMatch(/erased/);
  expect(hindranceTo('rollback', { ...facts('failed'), rollback: 'partial' })).toMatch(/was rolled back/);
  expect(hindranceTo('migrate', facts('running'))).toMatch(/waits/);
  expect(hindranceTo('resume', facts('waiting'))).toMatch(/not paused/);
});

test('an execution is kept as its workflow says, and no longer than the plan lets it', () => {
  const endedAt = new Date('2026-01-01T00:00:00Z');
  const retention = { successDays: 14, failedDays: 30, payloadDays: 7 };
  const days = (date: Date): number => (date.getTime() - endedAt.getTime()) / 86_400_000;
  const most = { days: 20, payloadDays: 20 };
  expect(days(kept({ status: 'completed', endedAt }, retention, most).until)).toBe(14);
  expect(days(kept({ status: 'failed', endedAt }, retention, most).until)).toBe(20);
  expect(days(kept({ status: 'failed', endedAt }, retention, most).payloadsUntil)).toBe(7);
});

test('people are told of what they wish to hear, and asked about undoing in any case', () => {
  const about = {
    id: 'e',
    name: 'Order',
    outcome: 'failed',
    error: { type: 't', class: 'system', message: 'no', retryable: false, nodeKey: 'send' },
    rollback: 'none',
  } as const;
  const wish = { onFailure: true, onRecovery: false, onSuccess: false };
  expect(noticeOf(about, wish)).toMatchObject({ title: '“Order” failed', body: 'send: no', page: '/executions/e' });
  expect(noticeOf({ ...about, outcome: 'completed' }, wish)).toBeUndefined();
  expect(noticeOf({ ...about, outcome: 'recovered' }, { ...wish, onRecovery: true })).toMatchObject({ title: '“Order” works again' });
  expect(noticeOf({ ...about, rollback: 'ask' }, { ...wish, onFailure: false })).toMatchObject({
    body: 'send: no Decide whether what it changed is undone.',
  });
});
