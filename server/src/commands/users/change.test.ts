import { userInfo } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authMe } from '#modules/identity/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { mailsIn } from '#test/mailbox.ts';
import { createUsersCli, json, PASSWORD, type UsersCli } from '#test/users-cli.ts';

let company: Company;
let cli: UsersCli;
beforeAll(async () => {
  company = await createCompany();
  cli = createUsersCli(company);
});
afterAll(async () => {
  cli.close();
  await company.close();
});
beforeEach(() => company.sql('delete from auth.login_attempts'));

describe('changing', () => {
  test('numbers and fabrics come and go one by one; what PeeringDB said stays', async () => {
    const { userId } = json<{ userId: string }>(await cli.create('marta', '--asn', '3320', '--fabric', 'a1b2c3'));
    await company.sql(`insert into auth.asn_rights (id, user_id, asn, source, verified_at) values (gen_random_uuid(), $1, 3320, 'peeringdb', now())`, [userId]); // prettier-ignore
    expect(
      json(await cli.change('marta', '--add-asn', '1273', '--remove-asn', '3320', '--add-fabric', 'ffffff', '--remove-fabric', 'a1b2c3')),
    ).toMatchObject({ asns: 1, fabrics: 1 });
    expect(await cli.associations('marta')).toEqual({ asns: [1_273], fabrics: ['ffffff'] });
    expect(await company.sql(`select state from auth.asn_rights where user_id = $1 and source = 'peeringdb'`, [userId])).toEqual([{ state: 'live' }]);
    expect(await cli.change('marta', '--add-asn', '3320', '--remove-asn', '3320')).toMatchObject({ code: 2 });
    expect(await cli.change('marta')).toMatchObject({ code: 2 });
    expect(await cli.change('nobody.here', '--disable')).toMatchObject({ code: 4 });
  });

  test('switched off, it signs nobody in and ends who is; a new password does not switch it on', async () => {
    await cli.create('nina');
    const signed = await cli.login('nina');
    expect(await cli.change('nina', '--disable')).toMatchObject({ code: 0 });
    company.clock.pass(6_000); // another process may remember for five seconds who is who
    expect(await company.slugOf(authMe, {}, bearer(signed.token))).toMatch(/unauthenticated|session-revoked/);
    await cli.users(['update', '--tenant', 'acme', '--username', 'nina', '--password-stdin'], 'completely different words\n');
    expect((await cli.refusal('nina', 'completely different words')).slug).toBe('credential-disabled');
    expect((await cli.refusal('nina', PASSWORD)).slug).toBe('invalid-credentials');
    await cli.change('nina', '--enable');
    await cli.login('nina', 'completely different words');
  });

  test('an administrator comes and goes with every fabric', async () => {
    await cli.create('otto');
    expect(json(await cli.change('otto', '--admin'))).toMatchObject({ admin: true, fabrics: '*' });
    expect(json(await cli.change('otto', '--no-admin'))).toMatchObject({ admin: false, fabrics: 0 });
    const signed = await cli.login('otto');
    expect(await company.done(authMe, {}, bearer(signed.token))).toMatchObject({ roles: [] });
  });

  test('who has an address hears of a new password by mail, and who has none waits for nothing', async () => {
    await cli.create('lena', '--email', 'lena@peer.example');
    await cli.create('lars');
    for (const name of ['lena', 'lars']) await cli.users(['update', '--tenant', 'acme', '--username', name, '--password-stdin'], 'completely different words\n'); // prettier-ignore
    expect((await mailsIn(company)).filter(({ to }) => !to.endsWith('acme.example'))).toMatchObject([
      { to: 'lena@peer.example', template: 'password-changed' },
    ]);
  });

  test('another tenant does not see it, and has the name for itself', async () => {
    const [other] = await company.sql<{ slug: string }>(`select slug from tenants where slug <> 'acme' limit 1`);
    await cli.create('shared');
    expect(await cli.users(['show', '--tenant', other!.slug, '--username', 'shared'])).toMatchObject({ code: 4 });
    expect(await cli.users(['create', '--tenant', other!.slug, '--username', 'shared', '--password-stdin'], 'words of the other tenant\n')).toMatchObject({ code: 0 }); // prettier-ignore
    expect((await cli.refusal('shared', PASSWORD)).slug, 'two have it: the tenant must be named').toBe('invalid-credentials');
    expect(await cli.login('shared', PASSWORD, { tenant: 'acme' })).toMatchObject({ tenant: { slug: 'acme' } });
    expect(await cli.login('shared', 'words of the other tenant', { tenant: other!.slug })).toMatchObject({ tenant: { slug: other!.slug } });
    expect((await cli.refusal('shared', PASSWORD, { tenant: other!.slug })).slug).toBe('invalid-credentials');
  });
});

test('`switchyard users …` beside a server is the server’s: input, output and exit codes go through', { timeout: 180_000 }, async () => {
  await cli.create('bruno');
  const changed = await cli.switchyard(['update', '--tenant', 'acme', '--username', 'bruno', '--password-stdin', '--json'], 'completely different words\nand another line\n'); // prettier-ignore
  expect(changed).toMatchObject({ code: 0, err: '' });
  expect(json(changed)).toMatchObject({ username: 'bruno' });
  await cli.login('bruno', 'completely different words');
  expect(await cli.switchyard(['show', '--tenant', 'acme', '--username', 'nobody.here'])).toMatchObject({ code: 4, out: '' });
});

test('list and show tell what an account has; deleting takes all of it, and the name is free', async () => {
  await cli.create('gone', '--asn', '3320', '--fabric', 'a1b2c3', '--email', 'gone@peer.example', '--full-name', 'Gone Soon');
  const { items } = json<{ items: { username: string }[] }>(await cli.users(['list', '--tenant', 'acme', '--json']));
  expect(items.map(({ username }) => username)).toEqual(items.map(({ username }) => username).toSorted());
  expect(items.find(({ username }) => username === 'gone')).toMatchObject({ asns: [3_320], fabrics: ['a1b2c3'], enabled: true, admin: false, email: 'gone@peer.example', fullName: 'Gone Soon', lastLoginAt: null }); // prettier-ignore
  expect((await cli.users(['show', '--tenant', 'acme', '--username', 'gone'])).out).toMatch(/gone .*yes.*3320.*a1b2c3.*Gone Soon/);

  expect(await cli.users(['delete', '--tenant', 'acme', '--username', 'gone'])).toMatchObject({ code: 0 });
  expect(await cli.users(['delete', '--tenant', 'acme', '--username', 'gone'])).toMatchObject({ code: 4 });
  expect((await cli.refusal('gone', PASSWORD)).slug).toBe('invalid-credentials');
  expect(await company.sql(`select 1 from auth.users where email = 'gone@peer.example' or name = 'Gone Soon'`)).toEqual([]);
  expect(await company.sql(`select 1 from members where email = 'gone@peer.example'`)).toEqual([]);
  expect(await cli.create('gone', '--email', 'gone@peer.example')).toMatchObject({ code: 0 });
});

test('each run is in the audit trail of the tenant, with the account of the operating system that ran it', async () => {
  await cli.create('traced', '--asn', '3320');
  await cli.users(['update', '--tenant', 'acme', '--username', 'traced', '--add-asn', '1273']);
  await cli.users(['delete', '--tenant', 'acme', '--username', 'traced']);
  const trail = (await cli.audited()).slice(0, 3);
  expect(trail.map(({ operation }) => operation)).toEqual(['identity.local_account.deleted', 'identity.local_account.updated', 'identity.local_account.created']); // prettier-ignore
  for (const { actor } of trail) expect(actor.name).toContain(userInfo().username);
  expect(JSON.stringify(trail)).not.toContain('umbrella');
});
