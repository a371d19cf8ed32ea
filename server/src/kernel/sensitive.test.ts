import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { HIDDEN, hideSecrets, restoreSecrets, secretsIn } from './sensitive.ts';

const secret = z.string().meta({ secret: true });

/** What a surface would show and what the vault would keep. */
const parted = (schema: z.ZodType, value: unknown) => ({ shown: hideSecrets(schema, value), kept: secretsIn(schema, value) });
const whole = (schema: z.ZodType, value: unknown): unknown => restoreSecrets(schema, hideSecrets(schema, value), secretsIn(schema, value));

test('a secret is hidden wherever the schema can hold one', () => {
  const schemas: [z.ZodType, unknown][] = [
    [z.object({ a: secret }), { a: 'canary' }],
    [z.object({ a: secret.optional() }), { a: 'canary' }],
    [z.object({ a: z.string().optional().meta({ secret: true }) }), { a: 'canary' }],
    [z.object({ a: secret.nullable().default(null) }), { a: 'canary' }],
    [z.object({ a: z.object({ b: secret }) }), { a: { b: 'canary' } }],
    [z.object({ a: z.array(z.object({ b: secret })) }), { a: [{ b: 'x' }, { b: 'canary' }] }],
    [z.record(z.string(), secret), { any: 'canary' }],
    [z.tuple([z.string(), secret]), ['x', 'canary']],
    [z.tuple([z.string()], secret), ['x', 'canary', 'canary']],
    [z.intersection(z.object({ a: z.string() }), z.object({ b: secret })), { a: 'x', b: 'canary' }],
    [z.lazy(() => z.object({ a: secret })), { a: 'canary' }],
    [z.union([z.object({ a: z.string() }), z.object({ a: secret })]), { a: 'canary' }],
    [z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), key: secret }), z.object({ kind: z.literal('b'), key: secret })]), { kind: 'b', key: 'canary' }],
    [z.object({ a: secret }).readonly(), { a: 'canary' }],
    [z.object({ a: secret.transform((text) => text.trim()) }), { a: 'canary' }],
    [z.preprocess((value) => value, z.object({ a: secret })), { a: 'canary' }],
    [z.object({ a: z.string() }).catchall(secret), { a: 'x', b: 'canary' }],
    [z.object({ config: z.object({ deep: z.json() }).meta({ secret: true }) }), { config: { deep: ['canary'] } }],
  ]; // prettier-ignore
  for (const [schema, value] of schemas) {
    const { shown, kept } = parted(schema, value);
    expect(JSON.stringify(shown), JSON.stringify(value)).not.toContain('canary');
    expect(JSON.stringify(kept), JSON.stringify(value)).toContain('canary');
    expect(whole(schema, value)).toEqual(value);
  }
});

test('checks that are added after the mark keep it', () => {
  const schema = z.object({ a: secret.min(3).max(90).regex(/^c/), b: secret.describe('the token') });
  expect(hideSecrets(schema, { a: 'canary', b: 'canary' })).toEqual({ a: HIDDEN, b: HIDDEN });
});

test('what is not secret stays as it was, and nothing is made up', () => {
  const schema = z.object({ name: z.string(), pin: secret.optional(), tags: z.array(z.string()) });
  expect(parted(schema, { name: 'x', tags: ['a'] })).toEqual({ shown: { name: 'x', tags: ['a'] }, kept: {} });
  expect(parted(schema, { name: 'x', pin: null, extra: 1, tags: [] })).toEqual({ shown: { name: 'x', pin: null, extra: 1, tags: [] }, kept: {} });
});

test('a secret under the same field in every branch of a union is kept, not its mask', () => {
  const schema = z.union([z.object({ token: secret }), z.object({ token: secret, user: z.string() })]);
  expect(secretsIn(schema, { token: 'canary' })).toEqual({ '/token': 'canary' });
});

test('keys with slashes and tildes are told apart from nested ones', () => {
  const schema = z.record(z.string(), z.record(z.string(), secret));
  const value = { a: { 'b/c': 'one' }, 'a/b': { c: 'two' }, 'a~1b': { c: 'three' }, 'a~b': { c: 'four' } };
  expect(Object.values(secretsIn(schema, value))).toEqual(['one', 'two', 'three', 'four']);
  expect(whole(schema, value)).toEqual(value);
});

test('hiding, keeping and putting back gives the value, whatever is in it', () => {
  const schema = z.object({
    list: z.array(z.object({ name: z.string(), pin: secret.optional() })),
    map: z.record(z.string(), secret),
    note: secret.nullable(),
  });
  const pin = fc.string().map((text) => `canary${text}`);
  const value = fc.record({
    list: fc.array(fc.record({ name: fc.string(), pin }, { requiredKeys: ['name'] })),
    map: fc.dictionary(fc.string().filter((key) => key !== '__proto__'), pin),
    note: fc.option(pin),
  }); // prettier-ignore
  fc.assert(
    fc.property(value, (given) => {
      expect(whole(schema, given)).toEqual(given);
      expect(JSON.stringify(hideSecrets(schema, given))).not.toContain('canary');
    }),
  );
});
