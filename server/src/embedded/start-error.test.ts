import { expect, test } from 'vitest';
import { StartError, asStartError } from './start-error.ts';

const systemError = (code: string, path?: string): Error => Object.assign(new Error(`${code}: something`), { code, ...(path ? { path } : {}) });

test.each([
  ['ENOSPC', 'The disk is full.'],
  ['EDQUOT', 'Your disk quota is used up.'],
  ['EROFS', 'The disk is mounted read-only.'],
  ['EACCES', 'No permission (/data).'],
  ['EPERM', 'No permission (/data).'],
])('%s from the operating system is one line with a remedy', (code, message) => {
  expect(asStartError(systemError(code, '/data'))).toMatchObject({ name: 'StartError', message, remedy: expect.stringMatching(/\w/) });
});

test('what is no reason to be mended by the user stays a defect, with its stack', () => {
  expect(asStartError(new TypeError('x is not a function'))).toBeUndefined();
  expect(asStartError(systemError('ENOTDIR'))).toBeUndefined();
  expect(asStartError('text')).toBeUndefined();
});

test('a StartError stays itself', () => {
  const known = new StartError('a', 'b');
  expect(asStartError(known)).toBe(known);
});
