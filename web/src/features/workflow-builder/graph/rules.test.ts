import { expect, test } from 'vitest';
import { connect, insertMerge } from './acts.ts';
import { graph, node, TYPES, uuid, wanted } from './fixtures.ts';
import { isRefusal, judge } from './rules.ts';
import type { Doc } from './doc.ts';
import { seedOf } from '../state/make-types.ts';

const verdict = (doc: Doc, text: string): string => {
  const found = judge(doc, wanted(text), TYPES.ports);
  return isRefusal(found) ? `${found.rule} ${found.reason}` : found.kind;
};
const chain = graph([node(1, 'trigger'), node(2), node(3), node(4)], '1>2', '2>3');

test('V05: a missing port, the node itself, and what is there already are refused', () => {
  expect(verdict(chain, '2:nowhere>4')).toBe('V05 gone');
  expect(verdict(chain, '2>9')).toBe('V05 gone');
  expect(verdict(chain, '3>3')).toBe('V05 self');
  expect(verdict(chain, '2>3')).toBe('V05 twice');
  expect(verdict(chain, '3>4')).toBe('flow');
});

test('V06: kinds that do not fit are refused, and a tool may be any node', () => {
  const doc = graph([node(1, 'agent'), node(2), node(3, 'note')]);
  expect(verdict(doc, '1:tools>2')).toBe('tool');
  expect(verdict(doc, '1:memory>2')).toBe('memory');
  expect(verdict(doc, '2>3')).toBe('V05 gone');
});

test('V07: a circle is refused, but for the way back into a loop', () => {
  expect(verdict(chain, '3>2')).toBe('V07 circle');
  const doc = graph([node(1, 'trigger'), node(2, 'loop'), node(3)], '1>2', '2:body>3');
  expect(verdict(doc, '3>2:next')).toBe('flow');
  expect(verdict(doc, '3>2')).toBe('V07 circle');
});

test('V08: a body is neither entered from outside nor left', () => {
  const doc = graph([node(1, 'trigger'), node(2, 'loop'), node(3), node(4), node(5)], '1>2', '2:body>3', '3>2:next', '2:done>4');
  expect(verdict(doc, '1>3')).toBe('V08 enters');
  expect(verdict(doc, '3>4')).toBe('V08 leaves');
  expect(verdict(doc, '4>2:next')).toMatch(/^V0[78]/);
  expect(verdict(doc, '3:error>5')).toBe('flow');
});

test('V12: several lines into one input are fine when never more than one of them brings something', () => {
  const branches = graph([node(1, 'trigger'), node(2, 'conditional'), node(3), node(4), node(5), node(6)], '1>2', '2:true>3', '2:false>4', '3>5');
  expect(verdict(branches, '4>5')).toBe('flow');
  expect(verdict(branches, '2:false>5')).toBe('flow');
  expect(verdict(branches, '3:error>5')).toBe('flow');
  const parallel = graph([node(1, 'trigger'), node(2), node(3), node(4)], '1>2', '1>3', '2>4');
  expect(verdict(parallel, '3>4')).toBe('V12 taken');
});

test('a Merge in front brings both together, and its ports follow their number', () => {
  const parallel = graph([node(1, 'trigger'), node(2), node(3), node(4)], '1>2', '1>3', '2>4');
  const doc = insertMerge(parallel, wanted('3>4'), seedOf(TYPES.of('merge')!), TYPES.ports)!;
  const merge = Object.values(doc.nodes).find(({ type }) => type === 'merge')!;
  const ends = Object.values(doc.connections).map(({ source, target, targetPort }) => [source, target, targetPort].join(' '));
  expect(ends).toContain(`${uuid(2)} ${merge.id} in1`);
  expect(ends).toContain(`${uuid(3)} ${merge.id} in2`);
  expect(ends).toContain(`${merge.id} ${uuid(4)} main`);
});

test('ports of a switch are its cases', () => {
  const doc = graph([node(1, 'switch', { cases: [{ name: 'red' }, { name: 'blue' }] }), node(2)]);
  expect(TYPES.ports(doc.nodes[uuid(1)]!).outputs.map(({ name }) => name)).toEqual(['red', 'blue', 'default', 'error']);
  expect(connect(doc, wanted('1:blue>2'), TYPES.ports)).not.toBeNull();
});
