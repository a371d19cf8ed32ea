import { expect, test } from 'vitest';
import { ALL, environmentsOf, groupsOf, overriddenIn } from './groups.ts';
import type { Variable } from './types.ts';

const variable = (name: string, project: string | null, environment: string | null): Variable =>
  ({ id: `${name}/${project}/${environment}`, name, project, environment, type: 'text', value: 'x' }) as Variable;
const variables = [
  variable('LOG_LEVEL', null, null),
  variable('LOG_LEVEL', null, 'prod'),
  variable('LOG_LEVEL', 'shop', 'prod'),
  variable('PORT', 'shop', null),
  variable('REGION', null, 'dev'),
];

test('environments are counted, those for all first, and the open one is there though nothing lies in it', () => {
  expect(environmentsOf(variables, 'staging')).toEqual([
    { value: ALL, count: 2 },
    { value: 'dev', count: 1 },
    { value: 'prod', count: 2 },
    { value: 'staging', count: 0 },
  ]);
  expect(environmentsOf([], ALL)).toEqual([{ value: ALL, count: 0 }]);
});

test('within an environment the workspace comes before the projects', () => {
  expect(groupsOf(variables, 'prod').map(({ project, variables: found }) => [project, found.length])).toEqual([
    [null, 1],
    ['shop', 1],
  ]);
  expect(groupsOf(variables, ALL, 'port').map(({ project }) => project)).toEqual(['shop']);
  expect(groupsOf(variables, 'staging')).toEqual([]);
});

test('a general value says where another one goes before it', () => {
  expect(overriddenIn(variables, variables[0]!)).toEqual(['prod']);
  expect(overriddenIn(variables, variables[1]!)).toEqual([]);
});
