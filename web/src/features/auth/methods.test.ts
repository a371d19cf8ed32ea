import { expect, test } from 'vitest';
import { PLAIN } from './api.ts';
import { domainOf, isAddress, nextFor } from './methods.ts';

const sso = { provider: 'acme', name: 'Acme ID', startUrl: '/api/v1/auth/oidc/acme/login', enforced: false };

test('an address is taken for one, a name or half an address is not', () => {
  for (const good of ['dana@acme.test', 'a.b+c@sub.example.org', 'root@localhost']) expect([good, isAddress(good)]).toEqual([good, true]);
  for (const bad of ['', 'dana', 'dana@', '@acme.test', 'dana@acme', 'da na@acme.test', 'a@b@c.d', 'dana@acme.'])
    expect([bad, isAddress(bad)]).toEqual([bad, false]);
  expect(domainOf('dana@acme.test')).toBe('acme.test');
});

test('a domain that insists on its own sign-in is sent there; one that does not leaves the choice', () => {
  expect(nextFor({ ...PLAIN, sso: { ...sso, enforced: true } })).toMatchObject({ kind: 'sso', name: 'Acme ID' });
  expect(nextFor({ ...PLAIN, sso })).toMatchObject({ kind: 'password', sso: { name: 'Acme ID' } });
  expect(nextFor({ ...PLAIN, password: false, sso })).toMatchObject({ kind: 'sso' });
});

test('without a password and an organisation there are only the providers', () => {
  expect(nextFor({ ...PLAIN, password: false })).toEqual({ kind: 'other' });
});
