import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counted, isLocked, LIMITS, type Limit, type Tally } from './limits.ts';
import { maskedIp, networkOf } from './network.ts';
import { normalEmail } from './rules.ts';
import { mintKey, mintSession, readToken, sameHash } from './tokens.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const tries = (limit: Limit, count: number, at = NOW): Tally =>
  Array.from({ length: count }).reduce<Tally | undefined>((tally) => counted(tally, limit, at), undefined)!;

describe('limits', () => {
  test('the fifth try from one network locks for 15 minutes', () => {
    expect(isLocked(tries(LIMITS.pair, 4), NOW)).toBe(false);
    expect(tries(LIMITS.pair, 5)).toMatchObject({ tries: 5, lockedUntil: later(15 * 60) });
    expect(isLocked(tries(LIMITS.pair, 5), later(15 * 60))).toBe(false);
  });
  test('an address locks from everywhere for an hour at ten and for a day at fifteen, not between', () => {
    expect(tries(LIMITS.address, 10).lockedUntil).toEqual(later(3600));
    expect(tries(LIMITS.address, 12).lockedUntil).toBeNull();
    expect(tries(LIMITS.address, 15).lockedUntil).toEqual(later(86_400));
    expect(tries(LIMITS.address, 17).lockedUntil).toEqual(later(86_400));
  });
  test('a new window begins at zero', () => {
    expect(counted(tries(LIMITS.pair, 4), LIMITS.pair, later(15 * 60))).toEqual({ tries: 1, windowStartedAt: later(15 * 60), lockedUntil: null });
    expect(counted(tries(LIMITS.pair, 4), LIMITS.pair, later(15 * 60 - 1)).tries).toBe(5);
  });
  test('in no order of tries do more than the first threshold pass within one window', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(LIMITS.pair, LIMITS.network, LIMITS.keys),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 80 }),
        (limit, gaps) => {
          let tally: Tally | undefined;
          let at = 0;
          const passed: number[] = [];
          for (const gap of gaps) {
            at += gap;
            if (isLocked(tally, later(at))) continue;
            tally = counted(tally, limit, later(at));
            passed.push(at);
          }
          const most = Math.max(0, ...passed.map((from) => passed.filter((one) => one >= from && one < from + limit.window).length));
          // Fixed windows: at most one threshold on each side of a boundary.
          expect(most).toBeLessThanOrEqual(2 * limit.locks[0].tries);
        },
      ),
    ));
});

describe('networks', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7', '192.0.2.x'],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.x'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64', '2001:db8:1:2::/64'],
    ['2001:0db8:0000:0001::9', '2001:db8:0:1::/64', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0:0::/64'],
    ['not an address', 'none', null],
    [null, 'none', null],
  ])('%s counts as %s and is shown as %s', (ip, network, shown) => expect([networkOf(ip), maskedIp(ip)]).toEqual([network, shown]));
});

test('addresses are compared without case, spaces and width', () => expect(normalEmail(' Olivia@ACME.example ')).toBe('olivia@acme.example'));

describe('tokens', () => {
  test('a session has 256 bits and a key says its public id', () => {
    const session = mintSession();
    expect(Buffer.from(session.token, 'base64url')).toHaveLength(32);
    expect(readToken(session.token)).toEqual({ kind: 'session', hash: session.hash });
    const key = mintKey();
    expect(key.key).toMatch(/^sy_[a-z2-7]{16}_[\w-]{43}$/);
    expect(readToken(key.key)).toEqual({ kind: 'key', publicId: key.publicId, hash: key.hash });
  });
  test('a hash is not a token, and nothing else is', () => {
    expect(readToken(mintSession().hash)).toBeUndefined();
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => void (/^[\w-]{43}$/.test(text) || expect(readToken(text)).toBeUndefined())));
  });
  test('hashes of other length or value differ', () => {
    const { hash } = mintSession();
    expect([sameHash(hash, hash), sameHash(hash, hash.slice(1)), sameHash(hash, mintSession().hash), sameHash('', '')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
