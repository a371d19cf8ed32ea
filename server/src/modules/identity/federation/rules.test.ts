import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rightsOf, isPublicAsn } from './idps/peeringdb-rights.ts';
import { logoutFault } from './logout-token.ts';
import { claimAt, leftHash, mappedRoles, safeReturnTo, saysTwoFactors, shownName } from './rules.ts';

describe('where somebody may be sent after signing in', () => {
  test.each(['/dashboard', '/a/b?c=d#e', '/settings/security/connected-accounts', '/search?q=https://other.example'])('%s stays', (path) =>
    expect(safeReturnTo(path)).toBe(path),
  );
  test.each([
    undefined, '', 'dashboard', 'https://evil.example', '//evil.example', '/\\evil.example', '/%5Cevil.example/..//evil.example', '/..//evil.example', '/.//evil.example',
    '/\t/evil.example', '/\n/evil.example', '\\\\evil.example', 'javascript:alert(1)', '/a\\b', '/api/v1/auth/logout', '/auth/oauth/callback?code=x', `/${'x'.repeat(2_000)}`,
  ])('%o does not', (path) => expect(safeReturnTo(path)).toBe('/')); // prettier-ignore
  test('whatever comes out is a path of our own site, for a browser too', () => {
    const parts = fc.constantFrom('/', '\\', '.', '..', '//', '@', ':', '?', '#', '%2f', '%5c', '\t', '\n', 'evil.example', 'a', 'https:');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts, { maxLength: 8 }).map((list) => list.join('')),
        ),
        (text) => {
          const to = safeReturnTo(text);
          expect(new URL(to, 'https://own.example').origin).toBe('https://own.example');
          expect(to).toMatch(/^\/(?!\/)/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['RS256', 'sha256', 16],
  ['ES384', 'sha384', 24],
  ['PS512', 'sha512', 32],
  ['EdDSA', 'sha512', 32],
])('at_hash of %s is the left half of %s', (algorithm, hash, bytes) => {
  const expected = createHash(hash).update('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y').digest().subarray(0, bytes).toString('base64url');
  expect(leftHash(algorithm, 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe(expected);
});

test('the example of OpenID Connect Core A.3', () => {
  expect(leftHash('RS256', 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe('77QmUPtjPfzWtF2AnpK9RQ');
});

test('a claim is found by its own name, with dots in it, or deeper', () => {
  const claims = { groups: ['a'], 'https://acme.example/roles': ['b'], realm_access: { roles: ['c'] } };
  expect(['groups', 'https://acme.example/roles', 'realm_access.roles', 'realm_access.none', '__proto__.x'].map((path) => claimAt(claims, path))).toEqual([
    ['a'], ['b'], ['c'], undefined, undefined,
  ]); // prettier-ignore
});

test('groups give the roles that are mapped to them, each once', () => {
  const all = { all: true as const };
  const mapping = [
    { value: 'ops', roleId: 'r1', scope: all },
    { value: 'oncall', roleId: 'r1', scope: all },
    { value: 'dev', roleId: 'r2', scope: all },
  ];
  expect(mappedRoles(mapping, ['ops', 'oncall', 'unknown']).map(({ roleId }) => roleId)).toEqual(['r1']);
  expect(mappedRoles(mapping, [])).toEqual([]);
});

test('two factors are what the provider calls so, or an ACR that the tenant counts as such', () => {
  expect(saysTwoFactors({ amr: ['pwd', 'mfa'], acr: null }, [])).toBe(true);
  expect(saysTwoFactors({ amr: ['pwd', 'otp'], acr: '2' }, [])).toBe(false);
  expect(saysTwoFactors({ amr: [], acr: 'phr' }, ['phr'])).toBe(true);
});

test('names are shown on one line, without characters that turn text around', () => {
  expect(shownName('Ada\n Lovelace\u202E')).toBe('Ada Lovelace');
  expect(shownName(null, ' ', 'ada')).toBe('ada');
});

describe('networks of PeeringDB', () => {
  const profile = (networks: unknown, more = {}) => ({ verified_user: true, networks, ...more });
  const asns = (networks: unknown) => rightsOf(profile(networks), { amr: [], requireMfa: false }).rights.map(({ asn }) => asn);
  test('only public numbers count', () => {
    expect([1, 13335, 4_199_999_999].every(isPublicAsn)).toBe(true);
    expect([0, 23456, 64496, 64511, 64512, 65534, 65535, 65536, 65551, 4_200_000_000, 4_294_967_294, 4_294_967_295].some(isPublicAsn)).toBe(false);
  });
  test('exchange 5: Given networks with perms 1, 2, 4, 8, 15 and null, then only those with bit 2 become rights.', () => {
    expect(asns([1, 2, 4, 8, 15, null].map((perms, index) => ({ id: index, name: 'n', asn: 1000 + index, perms })))).toEqual([1001, 1004]);
    expect(asns([{ asn: 1000, perms: '2' }, { asn: 1001, perms: 2.5 }, { asn: 1002 }])).toEqual([]);
  });
  test('exchange 7: Given one malformed network item, then the other ASNs are still granted.', () => {
    const found = rightsOf(profile([null, 'x', { asn: '1000', perms: 15 }, { asn: -1, perms: 15 }, { id: 7, name: 'good', asn: 1001, perms: 15 }]), {
      amr: [],
      requireMfa: false,
    });
    expect(found).toEqual({ rights: [{ asn: 1001, netId: 7, netName: 'good', perms: 15 }], reasons: ['network_malformed'] });
  });
  test('reasons say why there are none', () => {
    const why = (body: Record<string, unknown>, requireMfa = false, amr: string[] = []) => rightsOf(body, { amr, requireMfa }).reasons;
    expect(why({ verified_user: true })).toEqual(['scope_networks_missing']);
    expect(why({ verified_user: false, networks: [] })).toEqual(['peeringdb_user_unverified']);
    expect(why(profile([{ asn: 1000, perms: 2 }]), true)).toEqual(['mfa_required']);
    expect(why(profile([{ asn: 1000, perms: 2 }]), true, ['mfa'])).toEqual([]);
  });
  test('whatever is in the list, nobody gets a network without the right to update it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.anything(), fc.record({ asn: fc.anything(), perms: fc.anything() }), fc.record({ asn: fc.integer(), perms: fc.integer() })),
        ),
        (list) => {
          const given = rightsOf(profile(list), { amr: [], requireMfa: false }).rights;
          const mayUpdate = (one: unknown): boolean => {
            const perms = (one as { perms?: unknown } | null)?.perms;
            return typeof perms === 'number' && (perms & 2) !== 0;
          };
          const allowed = list.filter(mayUpdate).map((one) => (one as { asn: number }).asn);
          expect(given.every(({ asn }) => allowed.includes(asn) && isPublicAsn(asn))).toBe(true);
        },
      ),
    );
  });
});

describe('logout tokens', () => {
  const at = new Date('2026-11-20T12:00:00Z');
  const seconds = at.getTime() / 1000;
  const expected = { issuer: 'https://idp.example', clientId: 'us', skew: 60 };
  const good = {
    iss: 'https://idp.example',
    aud: 'us',
    iat: seconds,
    jti: 'j',
    sub: 's',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  };
  test('a good one is good', () => expect(logoutFault(good, expected, at)).toBeNull());
  test.each([
    [{ iss: 'https://other.example' }, 'iss'], [{ aud: ['them'] }, 'aud'], [{ iat: seconds - 1_000 }, 'iat'], [{ iat: seconds + 100 }, 'iat'], [{ exp: seconds - 100 }, 'over'],
    [{ jti: '' }, 'jti'], [{ events: {} }, 'event'], [{ events: undefined }, 'event'], [{ nonce: 'n' }, 'nonce'], [{ sub: undefined }, 'names neither'],
  ])('with %o it is not', (change, word) => expect(logoutFault({ ...good, ...change } as never, expected, at)).toContain(word)); // prettier-ignore
});
