import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFrom, keyEnd, networkText, rotation } from './rules.ts';

const DAY = 86_400_000;
const AT = new Date('2026-03-01T12:00:00Z');
const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const bits = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

describe('networks', () => {
  test('an address is within a network when their first bits are the same', () => {
    fc.assert(
      fc.property(v4, v4, fc.integer({ min: 0, max: 32 }), (ip, host, prefix) => {
        const size = 2 ** (32 - prefix);
        const first = Math.floor(bits(host) / size) * size;
        const network = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
        expect(networkText(`${network}/${prefix}`)).toBe(`${network}/${prefix}`);
        const same = Math.floor(bits(ip) / size) * size === first;
        expect(isFrom(ip, [`${network}/${prefix}`])).toBe(same);
        expect(isFrom(`::ffff:${ip}`, [`${network}/${prefix}`])).toBe(same);
      }),
    );
  });
  test('no text makes the reader throw, and what it takes it takes again', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.ipV4(),
          fc.ipV6(),
          fc.tuple(fc.ipV6(), fc.nat(140)).map((parts) => parts.join('/')),
        ),
        (text) => {
          const network = networkText(text);
          if (network !== undefined) expect(networkText(network)).toBe(network);
        },
      ),
    );
  });
  test('one kind of address is in no network of the other, and without networks every address will do', () => {
    expect(isFrom('::1', ['0.0.0.0/0'])).toBe(false);
    expect(isFrom('127.0.0.1', ['::/0'])).toBe(false);
    expect([isFrom(null, []), isFrom(null, ['0.0.0.0/0']), isFrom('nonsense', ['0.0.0.0/0'])]).toEqual([true, false, false]);
  });
});

describe('the life of a key', () => {
  test('is ninety days unless said otherwise, within the tenant’s maximum and a year', () => {
    expect(keyEnd(undefined, 365, AT)).toEqual(new Date(AT.getTime() + 90 * DAY));
    expect(keyEnd(undefined, 7, AT)).toEqual(new Date(AT.getTime() + 7 * DAY));
    expect([keyEnd(8, 7, AT), keyEnd(366, 1_000, AT)]).toEqual([undefined, undefined]);
  });
  test('begins anew with a rotation, as long as the first was made for; the old key never lives longer for it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), fc.nat(364), fc.nat(72), fc.integer({ min: 1, max: 365 }), (days, age, overlap, most) => {
        const createdAt = new Date(AT.getTime() - Math.min(age, days) * DAY);
        const expiresAt = new Date(createdAt.getTime() + days * DAY);
        const { newEnd, oldEnd } = rotation({ createdAt, expiresAt }, overlap, most, AT);
        expect(newEnd.getTime() - AT.getTime()).toBe(Math.min(days, most) * DAY);
        expect(oldEnd.getTime()).toBeLessThanOrEqual(expiresAt.getTime());
        expect(oldEnd.getTime()).toBeLessThanOrEqual(AT.getTime() + overlap * 3_600_000);
      }),
    );
  });
});
