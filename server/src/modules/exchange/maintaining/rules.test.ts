import { expect, test } from 'vitest';
import { guardIn, guardInSource, HYGIENE, rulesFor, sourceFor } from '../providers/zerotier/rules.ts';
import { ATTENDED, canMove, collide, CURRENT, longestHold, MAINTENANCE_STATES, OVER, RUNNING, timesFault } from './rules.ts';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 22) + minutes * 60_000);

test('whatever has begun comes to its end, and what is over stays over', () => {
  for (const state of RUNNING) expect(MAINTENANCE_STATES.filter((next) => canMove(state, next))).toContain('ending');
  for (const state of OVER) expect(MAINTENANCE_STATES.filter((next) => canMove(state, next))).toEqual([]);
  expect([OVER, CURRENT.length, ATTENDED]).toEqual([['ended', 'cancelled', 'failed'], 5, ['draining', 'drained', 'active', 'ending']]);
  expect(canMove('planned', 'ended')).toBe(false);
});

test('a window is ten minutes at the least, of what is left of it, and a week at the most', () => {
  const fault = (from: number, to: number, now = 0) => timesFault({ startsAt: at(from), endsAt: at(to) }, at(now))?.field;
  expect([fault(60, 70), fault(60, 69), fault(60, 50), fault(0, 70, 61), fault(0, 70, 60)]).toEqual([undefined, 'endsAt', 'endsAt', 'endsAt', undefined]);
  expect([fault(0, 7 * 24 * 60), fault(0, 7 * 24 * 60 + 1)]).toEqual([undefined, 'endsAt']);
}); // prettier-ignore

test('windows are in each other’s way when they overlap and concern the same server; a fabric is all of them', () => {
  const span = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });
  const drain = (from: number, to: number, ...servers: string[]) => ({ kind: 'rs_drain' as const, ...span(from, to), servers });
  const cull = (from: number, to: number) => ({ kind: 'fabric_cull' as const, ...span(from, to), servers: [] });
  expect(collide(drain(0, 60, 'a'), drain(30, 90, 'b', 'a'))).toBe(true);
  expect(collide(drain(0, 60, 'a'), drain(30, 90, 'b'))).toBe(false);
  expect(collide(drain(0, 60, 'a'), drain(60, 90, 'a'))).toBe(false);
  const reload = { ...drain(0, 60, 'a'), kind: 'rs_reload' as const };
  expect([collide(reload, drain(30, 90, 'a')), collide(reload, drain(30, 90, 'b')), collide(reload, cull(59, 90))]).toEqual([true, false, true]);
  expect([collide(cull(0, 60), drain(59, 90, 'b')), collide(drain(59, 90, 'b'), cull(0, 60)), collide(cull(0, 60), cull(60, 90))]).toEqual([true, true, false]); // prettier-ignore
});

test('the longest hold time is what was agreed on, not what is left of it', () => {
  expect(longestHold('    Hold timer:       172.350/240\n    Keepalive timer:  60.163/80\n    Hold timer:       9.1/90\n')).toBe(240);
  expect(longestHold('sy_as20001 BGP down\n')).toBeUndefined();
});

test('rules that drop BGP within a LAN are told from those of others, in both languages', () => {
  const lan = ['2001:db8:100::/64', '192.0.2.0/24'];
  expect(guardIn(HYGIENE)).toEqual({ guarded: true, culled: [] });
  expect(guardIn(rulesFor(lan))).toEqual({ guarded: true, culled: lan });
  const [first, ...rest] = rulesFor(lan);
  expect(guardIn([{ ...first, ip: '2001:db8:100::/48' }, ...rest])).toMatchObject({ guarded: false });
  expect(guardIn([{ type: 'ACTION_ACCEPT' }, ...HYGIENE])).toEqual({ guarded: false, culled: [] });
  expect(guardIn(rulesFor(lan).slice(0, -1)).guarded).toBe(false);
  expect([guardInSource(sourceFor([])), guardInSource(sourceFor(lan))]).toEqual([{ guarded: true, culled: [] }, { guarded: true, culled: lan }]);
  expect(guardInSource(`drop\n  ipsrc ${lan[0]}\n;\n${sourceFor([])}`).guarded).toBe(false);
  for (const port of ['MATCH_IP_DEST_PORT_RANGE', 'MATCH_IP_SOURCE_PORT_RANGE'])
    expect(rulesFor(lan).filter(({ type, start, end }) => type === port && start === 179 && end === 179)).toHaveLength(2);
}); // prettier-ignore
