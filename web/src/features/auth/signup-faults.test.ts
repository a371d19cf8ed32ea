import { expect, test } from 'vitest';
import { Problem } from '#lib/problem.ts';
import { faultsOf, passwordFault } from './signup-faults.ts';

const good = { name: 'Dana', email: 'dana@acme.test', password: 'velvet tractor moon' };

test('what is missing is said beside its field, in the order of the form', () => {
  expect(faultsOf(good)).toEqual({});
  expect(Object.keys(faultsOf({ name: ' ', email: '', password: '' }))).toEqual(['name', 'email', 'password']);
  expect(Object.keys(faultsOf({ ...good, email: 'dana' }))).toEqual(['email']);
});

test('a leaked password is said beside the password, with or without a pointer', () => {
  const body = { type: 'x/password-compromised', title: 'Easy to guess', status: 422, detail: 'It was found in a leak.' };
  expect(passwordFault(new Problem(body))).toBe('It was found in a leak.');
  expect(passwordFault(new Problem({ ...body, errors: [{ pointer: '/password', message: 'Leaked.' }] }))).toBe('It was found in a leak.');
  const long = { type: 'x/validation-failed', title: 'Not valid', status: 422, errors: [{ pointer: '/password', message: 'Too long.' }] };
  expect(passwordFault(new Problem(long))).toBe('Too long.');
  expect(passwordFault(new Problem({ ...body, type: 'x/link-invalid', errors: [] }))).toBeUndefined();
  expect(passwordFault(null)).toBeUndefined();
});
