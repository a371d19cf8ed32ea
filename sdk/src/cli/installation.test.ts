import { expect, test } from 'vitest';
import { isServerCommand } from './installation.ts';
import type { Io } from './io.ts';

const is = (words: string, env: Record<string, string> = {}): boolean => isServerCommand({ env } as unknown as Io, words.split(' '));

test.each([
  'serve',
  'doctor',
  'config check',
  'tenants create --slug acme --owner-email a@acme.example',
  'users create --tenant acme --username anna',
  'users list --tenant acme',
  'keys rewrap',
  'users reset-mfa --email anna@acme.example',
  'users reset-mfa --username=anna --tenant acme',
  'policies lint guardrails.yaml',
  'policies test --json guardrails.yaml',
  'policies diff - guardrails.yaml',
])('"%s" is for the server beside us', (words) => {
  expect(is(words)).toBe(true);
});

test.each([
  'users reset-mfa 0198c0de-0000-7000-8000-000000000001',
  'users me get',
  'users suspend 0198c0de-0000-7000-8000-000000000001',
  'tenants list',
  'servers create --name web-1',
  'policies list',
  'policies lint --document=x',
  'policies versions diff',
  'users list --url https://switchyard.example',
])('"%s" is not', (words) => {
  expect(is(words)).toBe(false);
});

test('with an address in the environment people and health are asked for there', () => {
  const env = { SWITCHYARD_URL: 'https://switchyard.example' };
  expect([is('users list --tenant acme', env), is('doctor', env)]).toEqual([false, false]);
  expect(is('config check', env)).toBe(true);
});
