import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, keyedHash, newId, sha256 } from './ids.ts';

test('ids sort in the order in which they were made', () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids.slice(0, 10)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('SHA-256 as in the example of FIPS 180-4', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256(Buffer.from('abc'))).toBe(sha256('abc'));
});

test('the keyed hash is HMAC-SHA-256, whatever the lengths of key and text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 150 }), fc.string({ unit: 'binary', maxLength: 300 }), (key, text) => {
      expect(keyedHash(key)(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
    }),
  );
  const hash = keyedHash(randomBytes(32));
  expect(hash('a')).toBe(hash('a'));
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)])); // prettier-ignore
};

test('canonical JSON is JSON, says the same, and does not depend on the order of fields', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
  );
});

test('what JSON leaves out is left out, dates are text, and lists keep their order', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, () => 1, null], d: new Date(0), c: 1 })).toBe('{"a":[null,null,null],"c":1,"d":"1970-01-01T00:00:00.000Z"}');
  expect(canonicalJson([2, 1])).toBe('[2,1]');
}); // prettier-ignore
