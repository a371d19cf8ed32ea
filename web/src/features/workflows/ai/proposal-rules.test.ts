import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graph, node } from '#features/workflow-builder/graph/fixtures.ts';
import { accepted, deedOf, namesIn, settingsOf, toggled } from './proposal-rules.ts';
import type { Proposal } from './types.ts';

const [a, b, c] = [node(1, 'trigger'), node(2, 'transform'), node(3, 'approval')];
const doc = graph([a, b], '1>2');
const line = Object.values(doc.connections)[0]!;
const joined = (id: string, source: string, target: string) =>
  ({ id, kind: 'flow', source, sourcePort: 'main', target, targetPort: 'main' }) as const;
/** An approval between the two: the line is cut, and made again through it. */
const between: Proposal[] = [
  { edit: { op: 'addNode', node: c }, reason: 'Somebody agrees first', needs: [] },
  { edit: { op: 'disconnect', id: line.id }, reason: 'It goes through the approval', needs: [0] },
  { edit: { op: 'connect', connection: joined('x', a.id, c.id) }, reason: 'Into it', needs: [0] },
  { edit: { op: 'connect', connection: joined('y', c.id, b.id) }, reason: 'And on', needs: [0, 1] },
  { edit: { op: 'updateNode', id: b.id, set: { name: 'Reboot' } }, reason: 'Says what it does', needs: [] },
  { edit: { op: 'updateSettings', set: { parallelNodes: 4 } }, reason: 'Faster', needs: [] },
];
const ALL = new Set(between.keys());

describe('proposed edits', () => {
  test('workflows 107: Refine returns a diff; rejecting one part leaves it out, together with what needs it', () => {
    const chosen = toggled(between, ALL, 0, false);
    expect([...chosen].toSorted((one, other) => one - other)).toEqual([4, 5]);
    const { doc: next, left } = accepted(doc, between, chosen);
    expect(Object.keys(next.nodes)).toEqual([a.id, b.id]);
    expect(next.nodes[b.id]!.name).toBe('Reboot');
    expect(next.connections).toEqual(doc.connections);
    expect(left).toEqual([]);
  });

  test('accepting one accepts what it needs', () => {
    expect([...toggled(between, new Set(), 3, true)].toSorted((one, other) => one - other)).toEqual([0, 1, 3]);
  });

  test('all of them give the graph that was proposed', () => {
    const { doc: next } = accepted(doc, between, ALL);
    expect(Object.values(next.connections).map(({ source, target }) => [source, target])).toEqual([[a.id, c.id], [c.id, b.id]]); // prettier-ignore
    expect(settingsOf(between, ALL)).toEqual({ parallelNodes: 4 });
    expect(settingsOf(between, new Set([0]))).toBeNull();
  });

  test('what no longer fits is left out and said', () => {
    const emptied = { nodes: { [a.id]: a }, connections: {} };
    expect(accepted(emptied, between, ALL).left).toEqual([1, 3, 4]);
  });

  test('whatever is pressed, nothing is accepted without what it needs', () => {
    const many = fc
      .array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
      .map((all) =>
        all.map((needs, at): Proposal => ({ edit: { op: 'disconnect', id: String(at) }, reason: '', needs: needs.filter((one) => one < at) })),
      );
    fc.assert(
      fc.property(many, fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 20 }), (proposals, presses) => {
        let chosen = new Set(proposals.keys());
        for (const [at, on] of presses) if (at < proposals.length) chosen = toggled(proposals, chosen, at, on);
        for (const at of chosen) for (const need of proposals[at]!.needs) expect(chosen).toContain(need);
      }),
    );
  });

  test('each says what it does to what', () => {
    const names = namesIn(doc, between);
    expect(between.map(({ edit }) => deedOf(edit, doc, names)).map(({ act, name, to }) => `${act} ${name} ${to}`.trim())).toEqual([
      'add Node 3', 'disconnect Node 1 Node 2', 'connect Node 1 Node 3', 'connect Node 3 Node 2', 'change Node 2', 'settings parallelNodes',
    ]); // prettier-ignore
  });
});
