import { expect, test } from 'vitest';
import { answersFromOutside, clears, isClosed } from './rules.ts';

const object = (properties: Record<string, object>, more = {}) => JSON.parse(JSON.stringify({ type: 'object', properties, additionalProperties: false, ...more })) as never; // prettier-ignore

test.each([
  ['numbers, enumerations, dates and narrow patterns', object({ n: { type: 'integer' }, s: { enum: ['a', 'b'] }, d: { type: 'string', format: 'date' }, h: { type: 'string', pattern: '^[a-z0-9-]{1,63}$' } }), true],
  ['lists of closed things', { type: 'array', items: { type: 'string', format: 'uuid' } }, true],
  ['free text', object({ t: { type: 'string', maxLength: 10 } }), false],
  ['a pattern that takes anything', object({ t: { type: 'string', pattern: '^.*$' } }), false],
  ['a pattern without an end', object({ t: { type: 'string', pattern: '^[a-z]+' } }), false],
  ['a pattern that only leaves something out', object({ t: { type: 'string', pattern: '^[^;]+$' } }), false],
  ['further properties', object({ n: { type: 'integer' } }, { additionalProperties: true }), false],
  ['no type at all', {}, false],
])('a schema with %s is closed: %s', (_what, schema, closed) => {
  expect(isClosed(schema)).toBe(closed);
}); // prettier-ignore

test('a security node clears what it has judged as a whole, an approval what was agreed to', () => {
  const closed = object({ n: { type: 'integer' } });
  expect(clears('security', { action: 'scan_prompt' }, 'pass')).toBe(true);
  expect(clears('security', { action: 'scan_prompt' }, 'fail')).toBe(false);
  expect(clears('security', { action: 'scan_prompt', value: 'input.title' }, 'pass')).toBe(false);
  expect(clears('security', { action: 'validate', schema: closed }, 'pass')).toBe(true);
  expect(clears('security', { action: 'validate', schema: { type: 'object' } }, 'pass')).toBe(false);
  expect(clears('security', { action: 'redact' }, 'pass')).toBe(false);
  expect([clears('approval', {}, 'approved'), clears('approval', {}, 'rejected')]).toEqual([true, false]);
});

test('what an Operation answers is trusted only where it is known to be the tenant’s own; whatever nobody has looked at taints', () => {
  for (const own of ['servers.list', 'dns.*', 'roles.get', 'workflows.get', 'ai.models.list']) expect(answersFromOutside(own), own).toBe(false);
  const outside = ['documents.passages.list', 'knowledge.search', 'memories.*', 'ai.ask', 'ai.*', 'audit.list', 'changes.get', 'workflows.execute', 'workflows.*', 'workflows.run.orders', 'brandNew.list', '*'];
  for (const one of outside) expect(answersFromOutside(one), one).toBe(true);
}); // prettier-ignore
