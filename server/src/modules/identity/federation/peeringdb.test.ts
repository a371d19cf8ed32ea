import { SignJWT, importJWK, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createBrowser, type Company } from '#test/company.ts';
import { callbackOf, federatedCompany, PUBLIC, visits } from '#test/federation.ts';
import { createWanderer, startOidc, type FakePerson, type Oidc } from '#test/idps.ts';
import { authPeeringdbCallback } from '../operations/auth.peeringdb.callback.ts';
import { authPeeringdbStart } from '../operations/auth.peeringdb.start.ts';
import { replaceRights, rightsOfPerson } from './asn-rights.ts';

const network = (asn: number, perms: unknown) => ({ id: asn + 7, name: `Net ${asn}`, asn, perms });
const member: FakePerson = {
  sub: '42',
  claims: {
    email: 'noc@net.example',
    verified_email: true,
    verified_user: true,
    name: 'Nina Noc',
    given_name: 'Nina',
    family_name: 'Noc',
    amr: ['pwd', 'mfa'],
    networks: [network(1000, 15), network(1001, 1)],
  },
};
const people: FakePerson[] = [
  member,
  {
    sub: '43',
    claims: { email: 'new@net.example', verified_email: true, verified_user: false, name: 'Not Verified', networks: [network(1000, 15)] },
  },
  { sub: '44', claims: { email: 'dana@acme.example', verified_email: false, verified_user: true, name: 'No Mail', networks: [] } },
];
let pdb: Oidc;
let company: Company;
beforeAll(async () => {
  const redirectUris = [`${PUBLIC}/auth/callback`, callbackOf('peeringdb')];
  pdb = await startOidc({ shape: 'peeringdb', clients: [{ clientId: 'sy', clientSecret: 's3cret', redirectUris }], people });
  company = await federatedCompany({
    providers: { peeringdb: { clientId: 'sy', clientSecret: 's3cret', issuer: pdb.issuer, trustMfa: false, requireMfa: false } },
  });
});
afterAll(async () => void (await Promise.all([company.close(), pdb.close()])));
beforeEach(async () => {
  pdb.as('42');
  pdb.goes('up');
  pdb.alter('token', undefined);
  member.claims!['networks'] = [network(1000, 15), network(1001, 1)];
  await company.sql('delete from auth.login_attempts');
});

/** The pair of calls: a page takes what comes back and posts it. */
function page(browser = createBrowser()) {
  const wander = createWanderer(PUBLIC);
  return {
    async away(): Promise<Record<string, string>> {
      const { authorizationUrl } = await company.done(authPeeringdbStart, {}, null, { browser });
      return (await wander(authorizationUrl)).parameters;
    },
    post: (parameters: Record<string, string>) => company.done(authPeeringdbCallback, { ...parameters, tokenType: 'bearer' }, null, { browser }),
    refused: (parameters: Record<string, string>) =>
      company.refused(authPeeringdbCallback, { ...parameters, tokenType: 'bearer' }, null, { browser }),
  };
}
const rights = () =>
  company.sql<{ asn: string; source: string; state: string }>(`select asn, source, state from auth.asn_rights order by asn, source`);
const reasons = async (sub: string) =>
  (await company.sql<{ claims: { networks: { reasons: string[] } } }>('select claims from auth.oauth_accounts where subject = $1', [sub]))[0]!.claims
    .networks.reasons;

test('exchange 1: Given valid code and state, when the callback is posted, then the User, rights with `perms & 2` and session exist, one Audit entry.', async () => {
  const { away, post } = page();
  const answer = await post(await away());
  expect(answer).toMatchObject({ status: 'signed-in', user: { email: 'noc@net.example', name: 'Nina Noc' }, token: expect.any(String) });
  expect(await rights()).toEqual([{ asn: '1000', source: 'peeringdb', state: 'live' }]);
  expect(await reasons('42')).toEqual([]);
  const person = await company.sql<{ id: string; status: string; sessions: number; entries: string[] }>(
    `select u.id, u.status, (select count(*)::int from auth.sessions s where s.user_id = u.id and s.revoked_at is null) as sessions,
       (select array_agg(a.kind) from auth.activity a where a.user_id = u.id and a.kind like 'auth.login%') as entries
     from auth.users u where u.email = 'noc@net.example'`,
  );
  expect(person).toEqual([{ id: (answer as { user: { id: string } }).user.id, status: 'active', sessions: 1, entries: ['auth.login'] }]);
});

test('it asks for its scopes, with PKCE, and by the redirect of the browser too', async () => {
  const location = await visits(company).start('peeringdb');
  expect(location.searchParams.get('scope')).toBe('openid profile email networks amr');
  expect(location.searchParams.get('code_challenge_method')).toBe('S256');
  expect(await visits(company).signIn('peeringdb')).toMatchObject({ status: 'signed-in', user: { email: 'noc@net.example' } });
});

test('exchange 2: Given the same callback posted twice, then the second is `oauth-state-invalid` and no second session.', async () => {
  const { away, post, refused } = page();
  const back = await away();
  await post(back);
  const sessions = await company.sql('select id from auth.sessions');
  expect((await refused(back)).slug).toBe('oauth-state-invalid');
  expect(await company.sql('select id from auth.sessions')).toEqual(sessions);
});

test('exchange 3: Given a state older than 600 s, then `oauth-state-expired` and the token endpoint was not called.', async () => {
  const { away, refused } = page();
  const back = await away();
  company.clock.pass(600_001);
  const before = pdb.asked('token').length;
  expect((await refused(back)).slug).toBe('oauth-state-expired');
  expect(pdb.asked('token')).toHaveLength(before);
});

test('exchange 4: Given an ID token signed by a foreign key, with `alg: none`, HS256, wrong `aud`, or wrong nonce, then `peeringdb-token-invalid` for each.', async () => {
  const foreign = await startOidc({ clients: [{ clientId: 'x', clientSecret: 'x', redirectUris: ['https://x.example'] }], people });
  const key = await importJWK(pdb.key(), 'RS256');
  const header = { alg: 'RS256', kid: String(pdb.key().kid) };
  const forgeries: ((claims: Record<string, unknown>) => Promise<string> | string)[] = [
    async (claims) => new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(foreign.key(), 'RS256')),
    (claims) => new UnsecuredJWT(claims).encode(),
    (claims) => new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from('s3cret'.padEnd(32, '0'))),
    (claims) => new SignJWT({ ...claims, aud: 'them' }).setProtectedHeader(header).sign(key),
    (claims) => new SignJWT({ ...claims, nonce: 'another' }).setProtectedHeader(header).sign(key),
  ];
  for (const forge of forgeries) {
    pdb.alter('token', async (body) => ({
      ...body,
      id_token: await forge(JSON.parse(Buffer.from(String(body['id_token']).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>),
    }));
    const { away, refused } = page();
    const problem = await refused(await away());
    expect([problem.slug, problem.kind.status, problem.message]).toEqual(['peeringdb-token-invalid', 400, expect.stringContaining('RS256')]);
  }
  await foreign.close();
});

test('exchange 6: Given `verified_user: false`, then sign-in works, no right exists, and the join page explains it.', async () => {
  pdb.as('43');
  const { away, post } = page();
  expect((await post(await away())).status).toBe('signed-in');
  expect((await rights()).filter(({ asn }) => asn !== '1000')).toEqual([]);
  expect(await reasons('43')).toEqual(['peeringdb_user_unverified']);
});

test('exchange 5: Given networks with perms 1, 2, 4, 8, 15 and null, then only those with bit 2 become rights: as they come from PeeringDB', async () => {
  const before = await rights();
  member.claims!['networks'] = [1, 2, 4, 8, 15, null].map((perms, index) => network(5000 + index, perms));
  const { away, post } = page();
  expect((await post(await away())).status).toBe('signed-in');
  const live = (await rights()).filter(({ state, source }) => state === 'live' && source === 'peeringdb');
  expect(live.map(({ asn }) => asn)).toEqual(['5001', '5004']);
  // What PeeringDB names no more is no right any more.
  expect((await rights()).filter(({ asn }) => before.some((one) => one.asn === asn)).every(({ state }) => state === 'revoked')).toBe(true);
});

test('exchange 7: Given one malformed network item, then the other ASNs are still granted: as it comes from PeeringDB', async () => {
  for (const malformed of [null, 'x', 7, { asn: '6000', perms: 15 }, { id: 1, asn: -1, perms: 15 }, { id: 1, asn: 2 ** 32, perms: 15 }, []]) {
    member.claims!['networks'] = [network(6001, 15), malformed, network(6002, 2)];
    const { away, post } = page();
    expect((await post(await away())).status).toBe('signed-in');
    const live = (await rights()).filter(({ state, source }) => state === 'live' && source === 'peeringdb');
    expect([malformed, live.map(({ asn }) => asn), await reasons('42')]).toEqual([malformed, ['6001', '6002'], ['network_malformed']]);
  }
  await company.sql('delete from auth.asn_rights');
});

test('exchange 8: Given PeeringDB answers 503 or hangs, then `peeringdb-unavailable` within 10 s and retry works.', async () => {
  const { away, refused, post } = page();
  const back = await away();
  pdb.goes('down');
  expect((await refused(back)).slug).toBe('peeringdb-unavailable');
  pdb.goes('up');
  const again = await away();
  pdb.goes('hangs');
  const problem = await refused(again);
  expect([problem.slug, problem.extras.retryAfterSeconds]).toEqual(['peeringdb-unavailable', 30]);
  pdb.goes('up');
  expect((await post(await away())).status).toBe('signed-in');
});

test('exchange 9: Given a User with a local right for AS A, when PeeringDB sign-in shows only AS B, then both rights exist.', async () => {
  const [person] = await company.sql<{ id: string }>(`select id from auth.users where email = 'noc@net.example'`);
  await company.sql(`insert into auth.asn_rights (id, user_id, asn, source, verified_at) values (gen_random_uuid(), $1, 2000, 'local', now())`, [
    person!.id,
  ]);
  member.claims!['networks'] = [network(3000, 2)];
  const { away, post } = page();
  await post(await away());
  expect(await rights()).toEqual([
    { asn: '1000', source: 'peeringdb', state: 'revoked' },
    { asn: '2000', source: 'local', state: 'live' },
    { asn: '3000', source: 'peeringdb', state: 'live' },
  ]);
  // What PeeringDB said grows old after thirty days, what an operator typed in does not.
  const states = (at: Date) =>
    company.databases.platform('test', async (db) => (await rightsOfPerson(db, person!.id, at)).map(({ asn, state }) => [asn, state]));
  expect(await states(new Date(company.clock.at.getTime() + 31 * 86_400_000))).toEqual([[1000, 'revoked'], [2000, 'live'], [3000, 'stale']]); // prettier-ignore
  await company.databases.platform('test', (db) => replaceRights(db, person!.id, { rights: [], reasons: [] }, company.clock.at));
  expect(await rights()).toMatchObject([{ state: 'revoked' }, { asn: '2000', state: 'live' }, { state: 'revoked' }]);
});

test('an address that PeeringDB does not answer for is not stored', async () => {
  pdb.as('44');
  const { away, refused } = page();
  expect((await refused(await away())).slug).toBe('email-not-verified');
  expect(await company.sql(`select 1 from auth.oauth_accounts where subject = '44'`)).toEqual([]);
});

test('the profile of another person is not taken for this one', async () => {
  pdb.alter('profile', (body) => ({ ...body, id: 43 }));
  const { away, refused } = page();
  expect((await refused(await away())).slug).toBe('peeringdb-token-invalid');
  pdb.alter('profile', undefined);
});

test('what PeeringDB refuses, what is missing, and another browser', async () => {
  const { away, refused } = page();
  const { state } = await away();
  const denied = await refused({ state: state!, error: 'access_denied' });
  expect([denied.slug, denied.extras['oauth_error']]).toEqual(['peeringdb-denied', 'access_denied']);
  expect((await refused({ state: (await away())['state']! })).slug).toBe('peeringdb-callback-incomplete');
  expect((await page().refused(await away())).slug).toBe('oauth-state-invalid');
});

test('a flow that a page began is not finished by a redirect, nor the other way round', async () => {
  const browser = createBrowser();
  const parameters = await page(browser).away();
  expect((await visits(company, browser).refusedLanding('peeringdb', { by: 'address', parameters })).slug).toBe('oauth-state-invalid');
});

test('while its discovery document cannot be had, the addresses that it always had are used', async () => {
  const fresh = await federatedCompany({
    providers: { peeringdb: { clientId: 'sy', clientSecret: 's3cret', issuer: pdb.issuer, trustMfa: false, requireMfa: true } },
  });
  pdb.failsAt('openid-configuration');
  expect(await visits(fresh).signIn('peeringdb')).toMatchObject({ status: 'signed-in', user: { email: 'noc@net.example' } });
  expect(await fresh.sql('select asn from auth.asn_rights')).toEqual([{ asn: '1000' }]);
  pdb.failsAt(undefined);
  await fresh.close();
});

test('where PeeringDB is not set up, the pair says so', async () => {
  const without = await federatedCompany({});
  expect(await without.slugOf(authPeeringdbStart, {}, null)).toBe('peeringdb-not-configured');
  await without.close();
});
