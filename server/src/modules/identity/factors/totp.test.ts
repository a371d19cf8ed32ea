import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newTotpSecret, totpSetup, totpStep } from './totp.ts';
import { TOTP, Secret } from 'otpauth';

const at = (seconds: number): Date => new Date(seconds * 1000);
const codeOf = (secret: Uint8Array, when: Date): string =>
  new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }), digits: 6, period: 30, algorithm: 'SHA1' }).generate({
    timestamp: when.getTime(),
  });

test('the six digits of the test vectors of RFC 6238 are read', () => {
  const secret = Buffer.from('12345678901234567890');
  // Appendix B lists eight digits; the last six are ours.
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ] as const)
    // prettier-ignore
    expect(totpStep(secret, code, null, at(seconds))).toBe(Math.floor(seconds / 30));
});

test('a code counts in its own step and the one before and after, and in no other', () => {
  const secret = newTotpSecret();
  const made = at(900_000_000);
  const step = 30_000_000;
  for (const [shift, expected] of [
    [-60, undefined],
    [-30, step],
    [0, step],
    [30, step],
    [59, step],
    [60, undefined],
  ] as const)
    // prettier-ignore
    expect(totpStep(secret, codeOf(secret, made), null, at(900_000_000 + shift)), `${shift} s later`).toBe(expected);
});

test('a step that was used, and every one before it, counts no more', () => {
  const secret = newTotpSecret();
  const now = at(900_000_000);
  const step = 30_000_000;
  const earlier = codeOf(secret, at(900_000_000 - 30));
  expect(totpStep(secret, codeOf(secret, now), step, now)).toBeUndefined();
  expect(totpStep(secret, earlier, step, now)).toBeUndefined();
  expect(totpStep(secret, codeOf(secret, now), step - 1, now)).toBe(step);
});

test('what is no six digits is never a code', () => {
  const secret = newTotpSecret();
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      if (!/^\d{6}$/.test(text)) expect(totpStep(secret, text, null, at(900_000_000))).toBeUndefined();
    }),
  );
});

test('a setup names the installation and the person, and shows the same secret in all three forms', () => {
  const secret = newTotpSecret();
  const setup = totpSetup(secret, 'Acme & Sons', 'ann+x@acme.example');
  const uri = new URL(setup.otpauthUri);
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/Acme & Sons:ann+x@acme.example']);
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Acme & Sons', secret: setup.secret, algorithm: 'SHA1', digits: '6', period: '30',
  }); // prettier-ignore
  expect(Secret.fromBase32(setup.secret).bytes).toEqual(Uint8Array.from(secret));
  expect(secret).toHaveLength(20);
  expect(setup.qrSvg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(setup.qrSvg).not.toMatch(/<script|<image|href/);
});
