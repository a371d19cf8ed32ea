import { expect, test } from 'vitest';
import type { OnServer } from './api.ts';
import { ticksOf } from './ticks.ts';

const channel = { family: 'ipv6', state: 'UP', imported: 2, filtered: 1, exported: 0, preferred: 2, importLimit: null, limitHit: false } as const;
const on = (bgpState: string, problem: OnServer['problem'] = null): OnServer => ({
  routeServer: 'rs1', name: 'rs1', readAt: null, ageSeconds: null, stale: false, problem,
  sessions: problem ? [] : [{ protocol: 'sy_as1_abcdef', state: 'up', bgpState, since: '', description: null, neighborAddress: null, neighborAs: null, neighborId: null, lastError: null, channels: [channel] }],
}); // prettier-ignore

test('steps are ticked by what route servers say, and by nothing while none says anything', () => {
  const silent = on('', { code: 'ssh-unreachable', detail: 'away' });
  expect([ticksOf(undefined), ticksOf({ items: [silent] })]).toEqual([undefined, undefined]);
  expect(ticksOf({ items: [on('Established'), on('Active'), silent] })).toEqual({ servers: 3, up: 1, accepted: 4, refused: 2 });
});
