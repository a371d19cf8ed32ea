import { expect, test } from 'vitest';
import { Problem } from '#lib/problem.ts';
import { backupCode, offered, triesLeft } from './proof.ts';

test('what is accepted is offered in a steady order, and nothing that is unknown here', () => {
  expect(offered(['backup', 'password', 'totp', 'smoke-signal'], true)).toEqual(['totp', 'password', 'backup']);
});

test('a browser without passkeys is not asked for one', () => {
  expect(offered(['webauthn', 'totp'], false)).toEqual(['totp']);
  expect(offered(['webauthn'], false)).toEqual([]);
});

test('a backup code may be typed as it is printed', () => {
  expect(backupCode(' abcd-2345 ')).toBe('ABCD2345');
});

test('the tries left are told only when the server tells them', () => {
  const refused = (more: object) => new Problem({ type: 'x/mfa-invalid', title: 'Wrong code', status: 401, ...more });
  expect(triesLeft(refused({ triesLeft: 3 }))).toBe(3);
  expect(triesLeft(refused({}))).toBeNull();
});
