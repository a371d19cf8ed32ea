import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPasswords } from '../passwords.ts';
import { isImported, verifyImported } from './imported.ts';

describe('hashes of other systems', () => {
  // Published vectors of bcrypt (OpenBSD regression tests and jBCrypt).
  test.each([
    ['a', '$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe'],
    ['abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
    ['abcdefghijklmnopqrstuvwxyz', '$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC'],
    ['~!@#$%^&*()      ~!@#$%^&*()PNBFRD', '$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO'],
    ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ])('bcrypt of %j', async (password, stored) => {
    expect(isImported(stored)).toBe(true);
    expect(await verifyImported(stored, password)).toBe(true);
    expect(await verifyImported(stored, `${password}x`)).toBe(false);
    expect(await verifyImported(stored.replace('$2a$', '$2b$'), password)).toBe(true);
  });

  test('scrypt in the PHC form', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const stored = `$scrypt$ln=10,r=8,p=1$${b64(salt)}$${b64(scryptSync('correct staple battery', salt, 32, { N: 1024, r: 8, p: 1 }))}`;
    expect(isImported(stored)).toBe(true);
    expect(await verifyImported(stored, 'correct staple battery')).toBe(true);
    expect(await verifyImported(stored, 'correct staple batterz')).toBe(false);
  });

  test('pbkdf2_sha256 with hex as exchanges keep it, and as Django writes it', async () => {
    const salt = Buffer.from('0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'hex');
    const hex = `pbkdf2_sha256$1000$${salt.toString('hex')}$${pbkdf2Sync('correct staple battery', salt, 1000, 32, 'sha256').toString('hex')}`;
    const django = `pbkdf2_sha256$1000$seasalt$${pbkdf2Sync('correct staple battery', 'seasalt', 1000, 32, 'sha256').toString('base64')}`;
    for (const stored of [hex, django]) {
      expect(isImported(stored)).toBe(true);
      expect(await verifyImported(stored, 'correct staple battery')).toBe(true);
      expect(await verifyImported(stored, 'Correct staple battery')).toBe(false);
    }
  });

  test('what would cost too much, or is of no known form, opens nothing', async () => {
    const passwords = createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1 });
    const salt = 'C'.repeat(21);
    for (const stored of [
      `$2b$31$${salt}.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`,
      `$2b$03$${salt}.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`,
      `$2x$05$${salt}.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`,
      `pbkdf2_sha256$99999999$73616c74$${'a'.repeat(64)}`,
      `pbkdf2_sha256$0$73616c74$${'a'.repeat(64)}`,
      `$scrypt$ln=30,r=8,p=1$${'a'.repeat(22)}$${'a'.repeat(43)}`,
      `$scrypt$ln=17,r=99,p=9$${'a'.repeat(22)}$${'a'.repeat(43)}`,
      'plain text',
    ])
      expect(await passwords.verify(stored, 'U*U'), stored).toBe(false);
  });
});
