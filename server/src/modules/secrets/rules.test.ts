import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsOf, generateValue } from './generate.ts';
import { allInForce, inForce, nameFault, rotateDue, stateOf, valueFault, type Place } from './rules.ts';
import { ALPHABETS } from './schemas.ts';

const project = fc.constantFrom(null, 'shop', 'blog');
const environment = fc.constantFrom(null, 'dev', 'prod');
const place = fc.record({ project, environment });
const one = fc.record({ project, environment, name: fc.constantFrom('ALPHA', 'BETA') });
/** As the database keeps them: one of a name in each place. */
const stored = fc.uniqueArray(one, { selector: (found) => `${found.name} ${found.project} ${found.environment}` });

const fits = (found: Place, at: Place): boolean =>
  (found.project === null || found.project === at.project) && (found.environment === null || found.environment === at.environment);

test('whatever is stored, what holds at a place is of that place, and nothing that is nearer was passed over', () => {
  fc.assert(
    fc.property(stored, place, (all, at) => {
      const same = all.filter(({ name }) => name === 'ALPHA');
      const found = inForce(same, at);
      const possible = same.filter((each) => fits(each, at));
      expect(found === undefined).toBe(possible.length === 0);
      if (!found) return;
      expect(possible).toContain(found);
      const ofProject = possible.filter((each) => each.project !== null);
      if (ofProject.length > 0) expect(found.project).toBe(at.project);
      const near = ofProject.length > 0 ? ofProject : possible;
      if (near.some((each) => each.environment !== null)) expect(found.environment).toBe(at.environment);
    }),
  );
});

test('the order in which values are stored does not matter, and each name is looked at by itself', () => {
  fc.assert(
    fc.property(stored, place, fc.infiniteStream(fc.nat()), (all, at, dice) => {
      const shuffled = all.map((each) => ({ each, by: dice.next().value as number })).sort((a, b) => a.by - b.by).map(({ each }) => each); // prettier-ignore
      const found = allInForce(all, at);
      expect(Object.fromEntries(allInForce(shuffled, at))).toEqual(Object.fromEntries(found));
      for (const name of ['ALPHA', 'BETA']) expect(found.get(name)).toBe(inForce(all.filter((each) => each.name === name), at)); // prettier-ignore
    }),
  );
});

test('names are what programs take for names, and none that they read as settings of their own', () => {
  for (const good of ['ABC', '_AB', 'DATABASE_URL', `A${'B'.repeat(63)}`, 'NODEX', 'MY_NODE_ENV']) expect([good, nameFault(good)]).toEqual([good, undefined]); // prettier-ignore
  for (const bad of ['AB', 'abc', '1AB', 'A-B', 'A B', 'Ä_B', `A${'B'.repeat(64)}`, '', 'ABC\n']) expect([bad, nameFault(bad)]).toEqual([bad, 'secret-name-invalid']); // prettier-ignore
  for (const reserved of ['NODE_ENV', 'SWITCHYARD_URL', 'SYSTEM_X', 'INTERNAL_X', 'REACT_APP_X']) expect(nameFault(reserved)).toBe('secret-name-reserved'); // prettier-ignore
});

test('a value that does not fit its type is refused in words that hold nothing of it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12 }), fc.constantFrom('url', 'number', 'json', 'secret', 'text'), (text, type) => {
      const fault = valueFault(type, text);
      if (fault !== undefined) expect(fault).not.toContain(text);
    }),
  );
  expect(valueFault('number', '12.5e3')).toBeUndefined();
  expect(valueFault('number', '1e999')).toBeDefined();
  expect(valueFault('number', '')).toBeDefined();
  expect(valueFault('url', 'https://example.test/a?b=c')).toBeUndefined();
  expect(valueFault('url', 'example.test')).toBeDefined();
  expect(valueFault('json', '{"a":[1]}')).toBeUndefined();
  expect(valueFault('json', '{a}')).toBeDefined();
  expect(valueFault('secret', 'two\nlines')).toBeDefined();
  expect(valueFault('multiline', 'two\nlines')).toBeUndefined();
  expect(valueFault('multiline', 'é'.repeat(32_768))).toBeUndefined();
  expect(valueFault('multiline', 'é'.repeat(32_769))).toContain('64 KiB');
});

test('a generated value has the length and the characters that were asked for, and each draw is used once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 1_024 }), fc.constantFrom(...ALPHABETS), (length, alphabet) => {
      let draws = 0;
      const drawn = generateValue({ length, alphabet }, (below) => draws++ % below);
      expect([drawn.length, draws]).toEqual([length, length]);
      expect(generateValue({ length, alphabet })).toMatch(/^[\x21-\x7e]+$/);
    }),
  );
  const many = new Set(Array.from({ length: 500 }, () => generateValue({ length: 16, alphabet: 'alphanumeric' })));
  expect(many.size).toBe(500);
  expect(generateValue({ length: 64, alphabet: 'hex' })).toMatch(/^[0-9a-f]{64}$/);
  expect(bitsOf({ length: 32, alphabet: 'hex' })).toBe(128);
});

test('what somebody should know first of a secret is said first', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const days = (n: number): Date => new Date(now.getTime() + n * 86_400_000);
  const of = (expiresAt: Date | null, rotateDueAt: Date | null, deletedAt: Date | null = null) => stateOf({ deletedAt, expiresAt, rotateDueAt }, now);
  expect(of(null, null)).toBe('active');
  expect(of(days(31), days(31))).toBe('active');
  expect(of(days(30), null)).toBe('expiring');
  expect(of(null, days(3))).toBe('expiring');
  expect(of(days(3), days(-1))).toBe('due');
  expect(of(days(-1), days(-1))).toBe('expired');
  expect(of(days(-1), null, days(-2))).toBe('deleted');
  expect(rotateDue(now, 30)).toEqual(days(30));
  expect(rotateDue(now, null)).toBeNull();
});
