import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { jsonb, pgTable, text } from './columns.ts';
import { openDatabases, type Databases } from './database.ts';
import { sql } from './drizzle.ts';
import { newId } from './ids.ts';
import type { Target } from './operation.ts';
import { coveringGrant, Scope, scopeCovers, withinReach, type Reach, type ScopeClause } from './scope.ts';

const things = pgTable('things', {
  id: text('id').notNull(),
  environment: text('environment'),
  labels: jsonb('labels').$type<Record<string, string>>(),
});
const columns = { type: 'thing', id: things.id, environment: things.environment, labels: things.labels };

const word = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(word, word, { maxKeys: 2 });
const clause: fc.Arbitrary<ScopeClause> = fc.record(
  {
    type: fc.constantFrom('thing', 'other'),
    ids: fc.array(word, { maxLength: 2 }),
    environments: fc.array(fc.constantFrom('prod', 'lab'), { maxLength: 2 }),
    labels,
  },
  { requiredKeys: [] },
);
const scope: fc.Arbitrary<Scope> = fc.oneof(
  { arbitrary: fc.constant({ all: true as const }), weight: 1 },
  { arbitrary: fc.record({ any: fc.array(clause, { maxLength: 3 }) }), weight: 5 },
);
const reach: fc.Arbitrary<Reach> = fc.array(fc.record({ grantId: fc.uuid(), scope }), { maxLength: 3 });
const target: fc.Arbitrary<Target> = fc.record({
  type: fc.constant('thing'),
  id: word,
  environment: fc.constantFrom('prod', 'lab', null),
  labels,
});

test('an empty union reaches nothing, an empty clause everything', () => {
  fc.assert(
    fc.property(target, (one) => {
      expect(scopeCovers({ any: [] }, one)).toBe(false);
      expect(scopeCovers({ any: [{}] }, one)).toBe(true);
      expect(scopeCovers({ any: [{ ids: [] }] }, one)).toBe(false);
    }),
  );
});

test('a further field in a clause never widens it, and a further clause never narrows the union', () => {
  fc.assert(
    fc.property(clause, clause, target, (one, more, thing) => {
      if (scopeCovers({ any: [{ ...one, ...more }] }, thing) && Object.keys(one).every((key) => !(key in more))) expect(scopeCovers({ any: [one] }, thing)).toBe(true);
      if (scopeCovers({ any: [one] }, thing)) expect(scopeCovers({ any: [one, more] }, thing)).toBe(true);
    }),
  ); // prettier-ignore
});

test('rights of different grants are never mixed: one grant must cover every target alone', () => {
  fc.assert(
    fc.property(reach, fc.array(target, { minLength: 1, maxLength: 3 }), (grants, targets) => {
      const found = coveringGrant(grants, targets);
      const alone = grants.filter((grant) => targets.every((one) => scopeCovers(grant.scope, one)));
      expect(found).toBe(alone[0]?.grantId);
    }),
  );
  const halves: Reach = [
    { grantId: 'one', scope: { any: [{ ids: ['a'] }] } },
    { grantId: 'two', scope: { any: [{ ids: ['b'] }] } },
  ];
  expect(
    coveringGrant(halves, [
      { type: 'thing', id: 'a' },
      { type: 'thing', id: 'b' },
    ]),
  ).toBeUndefined();
});

test('a target without an environment is in none', () => {
  expect(scopeCovers({ any: [{ environments: ['prod'] }] }, { type: 'thing', id: 'a' })).toBe(false);
  expect(scopeCovers({ any: [{ environments: ['prod'] }] }, { type: 'thing', id: 'a', environment: null })).toBe(false);
});

test('unknown fields in a stored Scope are refused rather than ignored', () => {
  expect(Scope.safeParse({ any: [{ enviroments: ['prod'] }] }).success).toBe(false);
  expect(Scope.safeParse({ all: true, any: [] }).success).toBe(false);
  expect(Scope.safeParse({ all: false }).success).toBe(false);
});

let databases: Databases;
beforeAll(async () => void (databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() })));
afterAll(() => databases.close());

test('the condition of a list lets through exactly the rows that the reach covers one by one', async () => {
  await databases.tenant({ tenantId: newId() }, async (db) => {
    await fc.assert(
      fc.asyncProperty(reach, fc.array(target, { minLength: 1, maxLength: 4 }), async (grants, targets) => {
        const rows = targets.map((one, n) => ({ n, id: one.id, environment: one.environment ?? null, labels: one.labels ?? {} }));
        const where = withinReach(grants, columns) ?? sql`true`;
        const { rows: found } = await db.execute<{ n: number }>(
          sql`select n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as things (n int, id text, environment text, labels jsonb) where ${where} order by n`,
        );
        const covered = targets.flatMap((one, n) => (grants.some((grant) => scopeCovers(grant.scope, one)) ? [n] : []));
        expect(found.map(({ n }) => n)).toEqual(covered);
      }),
      { numRuns: 200 },
    );
  });
});

test('a list without the column that a clause asks for shows nothing for that clause', () => {
  const bare = { type: 'thing', id: things.id };
  expect(withinReach([{ grantId: 'g', scope: { any: [{ environments: ['prod'] }] } }], bare)).toEqual(sql`false`);
  expect(withinReach([], columns)).toEqual(sql`false`);
  expect(withinReach([{ grantId: 'g', scope: { all: true } }], bare)).toBeUndefined();
});
