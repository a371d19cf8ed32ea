import { expect, test } from 'vitest';
import { slaOf } from './sla.ts';

const at = (hours: number): string => new Date(hours * 3_600_000).toISOString();
const request = { requestedAt: at(0), slaDueAt: at(4), closedAt: null };

test('the bar fills until the request should be decided, warns from half of it on, and stays full', () => {
  const shown = [-1, 1, 2, 4, 9].map((hours) => slaOf(request, hours * 3_600_000));
  expect(shown.map(({ share, tone, late }) => [share, tone, late])).toEqual([
    [0, 'good', false],
    [25, 'good', false],
    [50, 'warn', false],
    [100, 'bad', true],
    [100, 'bad', true],
  ]);
});

test('what was decided stands where it was decided', () => {
  expect(slaOf({ ...request, closedAt: at(1) }, 99 * 3_600_000)).toEqual({ share: 25, tone: 'good', late: false });
});
