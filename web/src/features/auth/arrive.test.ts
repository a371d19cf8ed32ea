import { expect, test } from 'vitest';
import { destination } from './arrive.ts';

const acme = { id: '1', slug: 'acme', name: 'Acme' };
const at = (tenant: typeof acme | null, tenants = [{ ...acme, roles: ['owner'] }]) => ({ tenant, tenants });
const plain = { me: at(acme), returnTo: null, invited: false, landingPage: null };

test('with a tenant one goes where one was going, or to the page one likes best', () => {
  expect(destination(plain)).toBe('/');
  expect(destination({ ...plain, landingPage: '/changes' })).toBe('/changes');
  expect(destination({ ...plain, landingPage: '/changes', returnTo: '/audit?actor=x' })).toBe('/audit?actor=x');
});

test('neither a link nor a preference leads to another site', () => {
  expect(destination({ ...plain, returnTo: 'https://evil.example' })).toBe('/');
  expect(destination({ ...plain, landingPage: '//evil.example' })).toBe('/');
});

test('without a tenant one makes the first, or chooses among several and then goes on', () => {
  expect(destination({ ...plain, me: at(null, []), returnTo: '/changes' })).toBe('/onboarding/create-organization');
  expect(destination({ ...plain, me: at(null) })).toBe('/select-organization');
  expect(destination({ ...plain, me: at(null), returnTo: '/changes?mine=true' })).toBe('/select-organization?returnTo=%2Fchanges%3Fmine%3Dtrue');
});

test('an invitation comes first, since it may be the first tenant', () => {
  expect(destination({ ...plain, me: at(null, []), invited: true })).toBe('/invitations/accept');
  expect(destination({ ...plain, returnTo: '/invitations/accept' })).toBe('/invitations/accept');
});
