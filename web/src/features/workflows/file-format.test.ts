import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOf } from './file-format.ts';

test('files are told apart by their shape, whatever they are called', () => {
  expect(formatOf('switchyard: 1\nname: "Nightly backup"\nnodes:\n  - key: start')).toEqual({ format: 'switchyard', name: 'Nightly backup' });
  expect(formatOf('{"name":"A","nodes":[],"connections":[]}')).toEqual({ format: 'switchyard', name: 'A' });
  expect(formatOf('{"name":"B","nodes":[],"connections":{}}')).toEqual({ format: 'n8n', name: 'B' });
  expect(formatOf('[{"id":"t","type":"tab","label":"Flow 1"},{"id":"n","type":"inject","wires":[[]]}]')).toEqual({ format: 'node-red', name: 'Flow 1' });
}); // prettier-ignore

test('anything else is none of them, and nothing breaks', () => {
  expect(formatOf('')).toBeNull();
  expect(formatOf('[1,2]')).toBeNull();
  expect(formatOf('{"a":1}')).toBeNull();
  expect(formatOf('"nodes:"')).toBeNull();
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void formatOf(text)));
});
