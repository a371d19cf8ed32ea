import { expect, test } from 'vitest';
import { suggest } from './suggest.ts';

const operations = [{ name: 'servers.delete', summary: 'Delete a server' }];
const at = (text: string) => {
  const lines = text.split('\n');
  const found = suggest(lines.slice(0, -1), lines.at(-1)!, operations);
  return { replace: found.replace, labels: found.items.map(({ label }) => label) };
};
const RULE = 'spec:\n  policies:\n    - id: a\n';

test('fields are those of the block that the cursor stands in', () => {
  expect(at('').labels).toContain('apiVersion');
  expect(at('metadata:\n  ').labels).toEqual(['name', 'owner', 'description']);
  expect(at(`${RULE}      ty`)).toMatchObject({ replace: 2 });
  expect(at(`${RULE}      ty`).labels).toContain('timeWindow');
  expect(at(`${RULE}      timeWindow:\n        `).labels).toContain('calendars');
  expect(at(`${RULE}      match: { ri`).labels).toContain('risk');
  expect(at(`${RULE}    - `).labels).toContain('type');
});

test('values are those of their field, in a block, in a list and in braces', () => {
  expect(at(`${RULE}      type: `).labels).toContain('approval-required');
  expect(at(`${RULE}      match: { risk: [hi`)).toEqual({ replace: 2, labels: ['read', 'write', 'high'] });
  expect(at(`${RULE}      match: { operations: ["servers.`)).toEqual({ replace: 8, labels: ['servers.delete'] });
  expect(at('  tests:\n    - name: a\n      given: { operation: serv').labels).toEqual(['servers.delete']);
  expect(at(`${RULE}      match:\n        operations:\n          - `).labels).toEqual(['servers.delete']);
});

test('expressions have variables, their members, and functions', () => {
  expect(at(`${RULE}      when: 'oper`)).toMatchObject({ replace: 4 });
  expect(at(`${RULE}      when: 'oper`).labels).toEqual(expect.arrayContaining(['operation', 'inCalendar']));
  expect(at(`${RULE}      when: 'size(resources) > 3 && plan.`).labels).toContain('riskScore');
  expect(at(`${RULE}      approval:\n        all:\n          - { group: board, when: 'user.`).labels).toContain('teams');
});
