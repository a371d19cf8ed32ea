import { expect, test } from 'vitest';
import { actsOf } from './acts.ts';

test('what is over offers nothing, and nobody who asked decides', () => {
  for (const status of ['rejected', 'withdrawn', 'left', 'provisioning'] as const)
    for (const whose of ['mine', 'all'] as const) expect([status, whose, actsOf(whose, status)]).toEqual([status, whose, []]);
  expect(actsOf('mine', 'pending')).toEqual(['requests.update', 'requests.withdraw']);
  expect(actsOf('all', 'pending')).toEqual(['requests.approve', 'requests.reject']);
});
