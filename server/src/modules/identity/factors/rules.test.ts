import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '#kernel/problems.ts';
import './problems.ts';
import { mintBackupCodes, readBackupCode } from './backup-codes.ts';
import { countriesOf, maskedPhone, readPhone } from './phone.ts';
import { besides, offered } from './rules.ts';

const held = fc.record({ totp: fc.boolean(), sms: fc.boolean(), passkeys: fc.nat(3), backupCodes: fc.nat(10) });

describe('which factors are offered', () => {
  test('the strongest first, and backup codes beside them', () => {
    expect(offered({ totp: true, sms: true, passkeys: 1, backupCodes: 3 })).toEqual(['webauthn', 'totp', 'backup']);
    expect(offered({ totp: false, sms: true, passkeys: 0, backupCodes: 3 })).toEqual(['sms', 'backup']);
    expect(offered({ totp: false, sms: false, passkeys: 0, backupCodes: 10 })).toEqual([]);
  });
  test('SMS never beside a better one, and nothing at all for who has no factor', () => {
    fc.assert(
      fc.property(held, (have) => {
        const factors = offered(have);
        if (factors.includes('sms')) expect(have.totp || have.passkeys > 0).toBe(false);
        expect(factors.length > 0).toBe(have.totp || have.sms || have.passkeys > 0);
        expect(factors.includes('backup')).toBe(factors.length > 0 && have.backupCodes > 0);
      }),
    );
  });
  test('a passkey that was the first factor is not asked for as the second', () => {
    expect(besides(['webauthn', 'totp', 'backup'], ['hwk'])).toEqual(['totp', 'backup']);
    expect(besides(['webauthn', 'backup'], ['pwd'])).toEqual(['webauthn', 'backup']);
  });
});

describe('backup codes', () => {
  test('are ten different ones of two groups of four', () => {
    const codes = mintBackupCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}$/);
  });
  test('are read however they are typed, and nothing else is', () => {
    const [code] = mintBackupCodes();
    for (const typed of [code!, code!.toLowerCase(), code!.replace('-', ''), ` ${code!.replace('-', ' ')} `])
      expect(readBackupCode(typed)).toBe(code);
    for (const typed of ['', 'ABCD-EFG', 'ABCD-EFGH-I', 'ABCD-EFG1', 'ÄBCD-EFGH']) expect(readBackupCode(typed)).toBeUndefined();
  });
});

describe('phone numbers', () => {
  test('are read in international form and kept as E.164', () => {
    expect(readPhone('+49 30 901820', undefined)).toBe('+4930901820');
    expect(readPhone(' +1 (212) 555-2368 ', countriesOf('us, DE'))).toBe('+12125552368');
  });
  test.each(['', '030 901820', '+49', '+999 123456', 'call me', '+1 555'])('%j is 422 phone-invalid', (typed) => {
    expect(() => readPhone(typed, undefined)).toThrow(expect.objectContaining({ slug: 'phone-invalid' }));
  });
  test('a country that is not on the list is refused, and so is a number of no country', () => {
    expect(() => readPhone('+44 20 7946 0000', countriesOf('DE,AT'))).toThrow(expect.objectContaining({ slug: 'sms-country-blocked' }));
    expect(() => readPhone('+870 773 111 632', countriesOf('DE'))).toThrow();
  });
  test('show no more than the country and the last two digits', () => {
    expect(maskedPhone('+4930901820')).toBe('+49 ••• 20');
    expect(maskedPhone('+12125552368')).toBe('+1 ••• 68');
  });
});
