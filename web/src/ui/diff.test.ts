import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, fieldLines } from './diff.ts';

const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
const side = (lines: ReturnType<typeof diffLines>, drop: 'del' | 'ins') =>
  lines
    .filter(({ kind }) => kind !== drop)
    .map(({ text }) => text)
    .join('\n');

test('the kept and deleted lines are the text before, the kept and inserted ones the text after', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const lines = diffLines(before, after);
      expect(side(lines, 'ins')).toBe(before);
      expect(side(lines, 'del')).toBe(after);
    }),
  );
});

test('equal texts have no difference', () => {
  fc.assert(fc.property(texts, (text) => void expect(diffLines(text, text).every(({ kind }) => kind === 'same')).toBe(true)));
});

test('a field that is new shows only insertions, one that goes only deletions', () => {
  expect(fieldLines({ path: 'ttl', after: 300 })).toEqual([{ kind: 'ins', text: '300' }]);
  expect(fieldLines({ path: 'ttl', before: 300, after: null })).toEqual([{ kind: 'del', text: '300' }]);
});

test('false and zero are values, not absence', () => {
  expect(fieldLines({ path: 'protection', before: true, after: false })).toEqual([
    { kind: 'del', text: 'true' },
    { kind: 'ins', text: 'false' },
  ]);
  expect(fieldLines({ path: 'ttl', before: 0, after: 60 })[0]).toEqual({ kind: 'del', text: '0' });
});

test('objects are compared as lines of JSON', () => {
  const lines = fieldLines({ path: 'labels', before: { a: '1', b: '2' }, after: { a: '1', b: '3' } });
  expect(lines.filter(({ kind }) => kind !== 'same').map(({ text }) => text.trim())).toEqual(['"b": "2"', '"b": "3"']);
});
