import { expect, test } from 'vitest';
import { draftOf, idpBody, NEW_IDP } from './idp.ts';

const provider = {
  key: 'corporate',
  preset: 'keycloak',
  name: 'Corporate',
  issuer: 'https://id.example.com/realms/acme',
  clientId: 'switchyard',
  scopes: 'openid profile email',
  groupsClaim: 'groups',
  roleMapping: [{ value: 'ops', roleId: 'r', scope: { all: true as const } }],
  jitProvisioning: true,
  trustMfa: false,
  trustEmail: false,
  enabled: true,
};

test('a new provider leaves to the preset what was not typed', () => {
  const body = idpBody({ ...NEW_IDP, key: 'corporate', name: 'Corporate', issuer: 'https://x', clientId: 'c' }, undefined);
  expect(body).toMatchObject({ key: 'corporate', preset: 'entra', enabled: true });
  expect(body).not.toHaveProperty('scopes');
  expect(body).not.toHaveProperty('groupsClaim');
  expect(body).not.toHaveProperty('clientSecret');
});

test('an edit sends only what differs, and never an empty secret', () => {
  expect(idpBody(draftOf(provider), provider)).toEqual({});
  expect(idpBody({ ...draftOf(provider), name: 'Head office', clientSecret: 's3cret' }, provider)).toEqual({
    name: 'Head office',
    clientSecret: 's3cret',
  });
});

test('half a mapping is not sent', () => {
  const draft = { ...draftOf(provider), roleMapping: [...provider.roleMapping, { value: 'admins', roleId: '', scope: { all: true } as const }] };
  expect(idpBody(draft, provider)).toEqual({});
});
