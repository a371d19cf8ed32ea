import { expect, test } from 'vitest';
import { firstSteps } from './first-steps.ts';

const empty = { clouds: 0, servers: 0, zones: 0, permissions: ['*'], factor: false };

test('an empty organisation is led to a cloud first, then to its team and a second factor', () =>
  expect(firstSteps(empty)).toEqual(['cloud', 'team', 'factor']));

test('with a cloud, servers and zones come next', () => expect(firstSteps({ ...empty, clouds: 1 })).toEqual(['server', 'zone', 'team', 'factor']));

test('whoever has a second factor is not sent to set one up', () => expect(firstSteps({ ...empty, factor: true })).toEqual(['cloud', 'team']));

test('nothing is said once there is something, or while nobody knows', () => {
  expect(firstSteps({ ...empty, clouds: 1, zones: 1 })).toEqual([]);
  expect(firstSteps({ ...empty, clouds: 1, servers: 1 })).toEqual([]);
  expect(firstSteps({ ...empty, servers: undefined })).toEqual([]);
});

test('whoever may set up nothing is told nothing', () => expect(firstSteps({ ...empty, permissions: ['servers:read'] })).toEqual([]));
