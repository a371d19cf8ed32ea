import { expect, test } from 'vitest';
import { tokenIn, tokenOf } from './fragment.ts';

test('a token is read from the fragment, and nothing else is taken for one', () => {
  expect(tokenIn('#token=abcDEF_123-xyz')).toBe('abcDEF_123-xyz');
  expect(tokenIn('token=abcDEF_123-xyz&more=1')).toBe('abcDEF_123-xyz');
  for (const none of ['', '#', '#main', '#token=', '#token=short', '#token=with%20space%20inside', '#token=<script>alert(1)</script>'])
    expect(tokenIn(none)).toBeNull();
});

test('a person may paste the whole link or the token alone', () => {
  expect(tokenOf(' https://switchyard.example/invitations/accept#token=abcDEF_123-xyz \n')).toBe('abcDEF_123-xyz');
  expect(tokenOf('abcDEF_123-xyz')).toBe('abcDEF_123-xyz');
  for (const none of ['', 'https://switchyard.example/invitations/accept', 'not a token']) expect(tokenOf(none)).toBeNull();
});
