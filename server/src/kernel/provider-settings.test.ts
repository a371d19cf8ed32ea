import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

let home: string;
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'switchyard-providers-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const load = (more: Record<string, string>) => loadConfig({ SWITCHYARD_HOME: home, ...more });
const faults = (more: Record<string, string>): string => {
  try {
    load(more);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return '';
};

test('without settings there is no provider, and addresses link nothing', () => {
  expect(load({})).toMatchObject({ providers: {}, autoLink: 'off' });
});

test('a provider is there with its client and secret', () => {
  const { providers } = load({
    SWITCHYARD_GOOGLE_CLIENT_ID: 'g',
    SWITCHYARD_GOOGLE_CLIENT_SECRET: 's',
    SWITCHYARD_GOOGLE_HOSTED_DOMAIN: 'acme.example',
    SWITCHYARD_MICROSOFT_CLIENT_ID: 'm',
    SWITCHYARD_MICROSOFT_CLIENT_SECRET: 's',
    SWITCHYARD_PEERINGDB_CLIENT_ID: 'p',
    SWITCHYARD_PEERINGDB_CLIENT_SECRET: 's',
    SWITCHYARD_PEERINGDB_ISSUER: 'http://127.0.0.1:4000/oauth2/',
    SWITCHYARD_TRUST_MFA: 'microsoft, peeringdb',
  });
  expect(providers).toEqual({
    google: { clientId: 'g', clientSecret: 's', issuer: undefined, trustMfa: false, hostedDomain: 'acme.example' },
    microsoft: { clientId: 'm', clientSecret: 's', issuer: undefined, trustMfa: true, tenant: 'organizations' },
    peeringdb: { clientId: 'p', clientSecret: 's', issuer: 'http://127.0.0.1:4000/oauth2', trustMfa: true, requireMfa: false },
  });
});

test('Apple’s key may come on one line', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\\nMIG\\n-----END PRIVATE KEY-----';
  const found = load({
    SWITCHYARD_APPLE_CLIENT_ID: 'c',
    SWITCHYARD_APPLE_TEAM_ID: 't',
    SWITCHYARD_APPLE_KEY_ID: 'k',
    SWITCHYARD_APPLE_PRIVATE_KEY: pem,
  });
  expect(found.providers.apple?.privateKey).toBe('-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----');
});

test('a provider that is set up by half, and one that is not there, stop the start', () => {
  expect(faults({ SWITCHYARD_GITHUB_CLIENT_ID: 'x' })).toBe('SWITCHYARD_GITHUB_CLIENT_SECRET: is missing; its companions are set');
  expect(faults({ SWITCHYARD_APPLE_CLIENT_ID: 'x' }).split('\n')).toHaveLength(3);
  expect(faults({ SWITCHYARD_TRUST_MFA: 'facebook' })).toContain('there is no provider "facebook"');
  expect(faults({ SWITCHYARD_MICROSOFT_TENANT: 'common' })).toContain('SWITCHYARD_MICROSOFT_TENANT');
  expect(faults({ SWITCHYARD_GOOGLE_ISSUER: 'ftp://x' })).toContain('SWITCHYARD_GOOGLE_ISSUER');
});
