import { expect, test } from 'vitest';
import type { OnServer } from './api.ts';
import { ticksOf } from './ticks.ts';

const channel = (family: 'ipv4' | 'ipv6', state: string, imported: number, filtered: number) => ({
  family,
  state,
  imported,
  filtered,
  exported: 0,
  preferred: 2,
  importLimit: null,
  limitHit: false,
});
const on = (routeServer: string, bgpState: string, channels: ReturnType<typeof channel>[], problem: OnServer['problem'] = null): OnServer => ({
  routeServer, name: routeServer, readAt: null, ageSeconds: null, stale: false, problem,
  sessions: problem ? [] : [{ protocol: 'sy_as1_abcdef', state: 'up', bgpState, since: '', description: null, neighborAddress: null, neighborAs: null, neighborId: null, lastError: null, channels }],
}); // prettier-ignore
const expected = ['rs1', 'rs2', 'rs3'].map((name) => ({ name, families: ['ipv6', 'ipv4'] as const }));

test('steps are ticked by what route servers say, each for each family, and by nothing while none says anything', () => {
  const silent = on('rs3', '', [], { code: 'ssh-unreachable', detail: 'away' });
  expect([ticksOf(undefined, expected), ticksOf({ items: [silent] }, expected)]).toEqual([undefined, undefined]);
  const one = on('rs1', 'Established', [channel('ipv6', 'UP', 2, 0), channel('ipv4', 'DOWN', 0, 0)]);
  const two = on('rs2', 'Active', [channel('ipv6', 'UP', 0, 1)]);
  const ticks = ticksOf({ items: [one, two, silent] }, expected)!;
  expect(ticks.sessions.map(({ server, family, up }) => [server, family, up])).toEqual([
    ['rs1', 'ipv6', true], ['rs1', 'ipv4', false], ['rs2', 'ipv6', false], ['rs2', 'ipv4', false], ['rs3', 'ipv6', null], ['rs3', 'ipv4', null],
  ]); // prettier-ignore
  expect(ticks).toMatchObject({ accepted: 2, refused: 1, refusing: 'rs2' });
});
