import { expect, test } from 'vitest';
import { clipFrom, clipOf, clipText, paste, replaceType, toggleDisabled } from './acts.ts';
import { find } from './find.ts';
import { graph, node, TYPES, uuid } from './fixtures.ts';
import { keyFault, rekey } from './keys.ts';
import { align, autoLayout, distribute, frameAround, within } from './layout.ts';
import { flowOrder } from './lines.ts';

const doc = graph(
  [node(1, 'trigger'), node(2, 'transform', { value: 'x' }), node(3, 'transform', { value: '{{ nodes.n2.output.id }} and {{ nodes["n2"].status }}' }), node(4)],
  '1>2', '2>3', '3>4',
); // prettier-ignore

test('what is pasted has ids and keys of its own, and names itself by them', () => {
  const clip = clipFrom(clipText(clipOf(doc, new Set([uuid(2), uuid(3)]))))!;
  const { doc: made, ids } = paste(doc, clip, { x: 40, y: 40 });
  const copies = ids.map((id) => made.nodes[id]!);
  expect(copies.map(({ key }) => key)).toEqual(['n2_2', 'n3_2']);
  expect(copies[1]!.config['value']).toBe('{{ nodes.n2_2.output.id }} and {{ nodes["n2_2"].status }}');
  expect(made.nodes[uuid(3)]!.config['value']).toContain('nodes.n2.output');
  expect(Object.values(made.connections).filter(({ source }) => ids.includes(source))).toMatchObject([{ source: ids[0], target: ids[1] }]);
});

test('what is no clip of ours is left alone', () => {
  for (const text of ['', 'hello', '{"nodes":[]}', '{"switchyard":"workflow-nodes","nodes":[{"id":1}],"connections":[]}'])
    expect(clipFrom(text)).toBeNull();
});

test('a key follows into every expression that names it, and a bad one is told', () => {
  const changed = rekey(doc, uuid(2), 'orders');
  expect(changed.nodes[uuid(3)]!.config['value']).toBe('{{ nodes.orders.output.id }} and {{ nodes["orders"].status }}');
  expect([keyFault(doc, uuid(2), 'n3'), keyFault(doc, uuid(2), 'input'), keyFault(doc, uuid(2), '1a'), keyFault(doc, uuid(2), 'fine')]).toEqual([
    'taken',
    'reserved',
    'malformed',
    null,
  ]);
});

test('steps are in the order in which they run, a branch as a whole', () => {
  const branches = graph([node(5), node(4), node(3), node(2, 'conditional'), node(1, 'trigger')], '1>2', '2:true>3', '3>5', '2:false>4');
  expect(flowOrder(branches).map((id) => Number(id.slice(-2)))).toEqual([1, 2, 3, 5, 4]);
});

test('arranging puts what follows further on, and nothing on top of another', () => {
  for (const direction of ['right', 'down'] as const) {
    const made = autoLayout(doc, new Set(), direction, TYPES.size);
    const along = flowOrder(doc).map((id) => made.nodes[id]!.layout![direction === 'right' ? 'x' : 'y']);
    expect([...along].sort((a, b) => a - b)).toEqual(along);
    expect(new Set(along).size).toBe(4);
  }
});

test('tools stand beneath what uses them, in its order, and nothing stands on them', () => {
  const agents = graph(
    [node(1, 'trigger'), node(2, 'agent'), node(3), node(4), node(5), node(6)],
    '1>2',
    '2>3',
    '2:tools>4',
    '2:tools>5',
    '2:memory>6',
  );
  expect(flowOrder(agents).map((id) => Number(id.slice(-2)))).toEqual([1, 2, 4, 5, 6, 3]);
  for (const direction of ['right', 'down'] as const) {
    const { nodes } = autoLayout(agents, new Set(), direction, TYPES.size);
    const [across, along] = direction === 'right' ? (['y', 'x'] as const) : (['x', 'y'] as const);
    const at = (number: number) => nodes[uuid(number)]!.layout!;
    for (const tool of [4, 5, 6]) expect(at(tool)[across]).toBeGreaterThan(at(2)[across]);
    expect(at(4)[along]).toBeLessThan(at(5)[along]);
    const boxes = Object.values(nodes).map((one) => ({ ...one.layout!, ...TYPES.size(one) }));
    const meet = boxes.some((a, i) => boxes.some((b, j) => i < j && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)); // prettier-ignore
    expect(meet).toBe(false);
  }
});

test('nodes are lined up and spread', () => {
  const all = new Set([1, 2, 3].map(uuid));
  const scattered = graph([node(1), { ...node(2), layout: { x: 320, y: 70 } }, { ...node(3), layout: { x: 1_300, y: 20 } }]);
  const lined = align(scattered, all, 'top', TYPES.size);
  expect([1, 2, 3].map((id) => lined.nodes[uuid(id)]!.layout!.y)).toEqual([0, 0, 0]);
  const spread = distribute(scattered, all, 'x', TYPES.size);
  const [a, b, c] = [1, 2, 3].map((id) => spread.nodes[uuid(id)]!.layout!.x);
  expect(Math.abs(b! - a! - (c! - b!))).toBeLessThanOrEqual(10);
});

test('a frame holds what it was put around', () => {
  const frame = frameAround(doc, new Set([uuid(2), uuid(3)]), TYPES.size)!;
  const note = { ...node(9, 'note'), layout: frame };
  expect([2, 3, 4].map((id) => within(note, doc.nodes[uuid(id)]!, TYPES.size))).toEqual([true, true, false]);
});

test('several are switched off together, and on again when all are off', () => {
  const ids = new Set([uuid(2), uuid(3)]);
  const off = toggleDisabled(toggleDisabled(doc, new Set([uuid(2)])), ids);
  expect([...ids].map((id) => off.nodes[id]!.settings?.disabled)).toEqual([true, true]);
  expect([...ids].map((id) => toggleDisabled(off, ids).nodes[id]!.settings?.disabled)).toEqual([undefined, undefined]);
});

test('another type keeps the fields that it knows and the lines that fit', () => {
  const changed = replaceType(doc, uuid(2), { type: 'conditional', typeVersion: 1, name: 'c', config: {} }, new Set(['value']), TYPES.ports);
  expect(changed.nodes[uuid(2)]).toMatchObject({ type: 'conditional', config: { value: 'x' } });
  expect(Object.values(changed.connections).map(({ source, target }) => `${source.slice(-1)}${target.slice(-1)}`)).toEqual(['12', '34']);
});

test('a text is found wherever it was written', () => {
  expect(find(doc, 'n2.output', (type) => type).map(({ node: { key }, pointer }) => [key, pointer])).toEqual([['n3', '/config/value']]);
  expect(find(doc, 'node 4', (type) => type)).toHaveLength(1);
  expect(find(doc, ' ', (type) => type)).toEqual([]);
});
