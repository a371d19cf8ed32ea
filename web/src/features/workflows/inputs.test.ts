import { beforeEach, expect, test } from 'vitest';
import type { GraphNode } from '#features/workflow-graph/types.ts';
import { queryClient } from '#lib/query.ts';
import { meQuery } from '#lib/session.ts';
import type { Me } from '#lib/types.ts';
import { inputSchemaOf, keepInput, lastInput } from './inputs.ts';

const trigger = (config: GraphNode['config']): GraphNode => ({ id: 'n', key: 'start', type: 'trigger', name: 'Start', config });
const schema = { type: 'object', properties: { size: { type: 'string' }, token: { type: 'string', widget: 'password' } } };
beforeEach(() => sessionStorage.clear());

test('the form of a run is that of the manual trigger', () => {
  expect(inputSchemaOf({ nodes: [trigger({ mode: 'schedule' }), trigger({ mode: 'manual', inputSchema: schema })] })).toEqual(schema);
  expect(inputSchemaOf({ nodes: [trigger({ mode: 'manual', inputSchema: { type: 'object', properties: {} } })] })).toBeNull();
  expect(inputSchemaOf({ nodes: [] })).toBeNull();
});

test('the last input is there again, without what was typed hidden', () => {
  keepInput('w1', schema, { size: 'small', token: 'hunter2' });
  expect(lastInput('w1')).toEqual({ size: 'small' });
  expect(lastInput('w2')).toBeNull();
});

test('what somebody else put into the storage does no harm', () => {
  sessionStorage.setItem('switchyard.run.nobody.w1', '[1');
  expect(lastInput('w1')).toBeNull();
  sessionStorage.setItem('switchyard.run.nobody.w1', '[1]');
  expect(lastInput('w1')).toBeNull();
});

test('whoever signs in after somebody else in one tab is shown nothing of theirs', () => {
  const as = (id: string) => queryClient.setQueryData(meQuery.queryKey, { actor: { id } } as Me);
  as('olivia');
  keepInput('w1', null, { size: 'small' });
  as('dana');
  expect(lastInput('w1')).toBeNull();
  as('olivia');
  expect(lastInput('w1')).toEqual({ size: 'small' });
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
});
