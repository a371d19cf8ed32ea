import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asName, isEnvironment, isProject, nameFault, nearness, tagsOf, valueFault } from './rules.ts';

test('a name is capital letters, digits and underscores, three to sixty-four of them, and begins with no digit', () => {
  for (const good of ['DATABASE_URL', '_X1', 'ABC', 'A'.repeat(64)]) expect([good, nameFault(good)]).toEqual([good, null]);
  for (const bad of ['AB', '1ABC', 'database', 'A-B', 'A B C', 'A'.repeat(65), 'ÄBC']) expect([bad, nameFault(bad)]).toEqual([bad, { kind: 'form' }]);
});

test('names that programs read as their own settings are told apart from those of the wrong form', () => {
  for (const prefix of ['SWITCHYARD_', 'SYSTEM_', 'INTERNAL_', 'NODE_', 'REACT_APP_'])
    expect(nameFault(`${prefix}X`)).toEqual({ kind: 'reserved', prefix });
  expect(nameFault('NODES')).toBeNull();
});

test('what is typed as people write it becomes the name that is meant', () => {
  expect(asName('database url')).toBe('DATABASE_URL');
  expect(asName('api-key.v2')).toBe('API_KEY_V2');
  fc.assert(fc.property(fc.stringMatching(/^[A-Z_][A-Z0-9_]{2,63}$/), (name) => asName(name) === name));
});

test('a place is a slug; no environment stands for all of them', () => {
  expect([isProject('shop'), isProject('1-shop'), isProject(''), isProject('Shop'), isProject('-x')]).toEqual([true, true, false, false, false]);
  expect([isEnvironment(''), isEnvironment('prod'), isEnvironment('1prod'), isEnvironment('a'.repeat(32))]).toEqual([true, true, false, false]);
});

test('values are held against their type, and against 64 KiB in UTF-8', () => {
  expect([valueFault('json', '{"a":1}'), valueFault('json', '{a:1}')]).toEqual([null, 'json']);
  expect([valueFault('url', 'postgres://db/shop'), valueFault('url', 'not an address')]).toEqual([null, 'url']);
  expect([valueFault('number', '-1.5'), valueFault('number', '1,5'), valueFault('number', ' ')]).toEqual([null, 'number', 'number']);
  expect([valueFault('secret', 'x'.repeat(65_536)), valueFault('secret', 'ä'.repeat(32_769))]).toEqual([null, 'long']);
  expect([valueFault('secret', 'a\nb'), valueFault('text', 'a\r\nb'), valueFault('multiline', 'a\nb')]).toEqual(['lines', 'lines', null]);
  expect(valueFault('json', '')).toBeNull();
});

test('tags are read as they are shown, and a word that is none is refused', () => {
  expect(tagsOf('tier=edge, team=shop pci')).toEqual({ tier: 'edge', team: 'shop', pci: '' });
  expect(tagsOf('')).toEqual({});
  expect(tagsOf('Tier=edge')).toBeNull();
  expect(tagsOf(Array.from({ length: 33 }, (_, i) => `t${i}`).join(' '))).toBeNull();
});

test('an end within thirty days is near', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  expect(['2026-11-20T12:00:00Z', '2026-12-20T12:00:00Z', '2026-12-20T12:00:01Z'].map((at) => nearness(at, now))).toEqual(['over', 'soon', 'later']);
});
