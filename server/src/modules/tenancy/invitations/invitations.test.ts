import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Mail, type Message } from '#kernel/mail.ts';
import { provide } from '#kernel/port.ts';
import { rolesList } from '#modules/access/index.ts';
import { createPerson } from '#modules/identity/people.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import {
  invitationsAccept, invitationsCreate, invitationsList, invitationsResend, invitationsRevoke, invitationsVerify, membersList, tenantsList,
} from '../index.ts'; // prettier-ignore
import { Upkeep } from '../providers/port.ts';
import { maskedAddress } from './rules.ts';
import { invitationFigures } from './figures.ts';

const mails: Message[] = [];
let company: Company;
let acme: string;
let viewer: string;
beforeAll(async () => {
  company = await createCompany({ works: true, adapters: [provide(Mail, { send: async (_db, message) => void mails.push(message) })] });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  viewer = await roleId('viewer');
});
beforeEach(() => void (mails.length = 0));
afterAll(() => company.close());

const owner = () => company.key('olivia');
const roleId = async (key: string) => (await company.done(rolesList, {}, owner())).items.find((role) => role.key === key)!.id;
const invite = (input: object, who = owner()) => company.done(invitationsCreate, { id: acme, ...input }, who);
const refusedInvite = (input: object, who = owner()) => company.slugOf(invitationsCreate, { id: acme, ...input }, who);
const lastToken = (): string => /#token=(.+)$/.exec((mails.at(-1)!.data as { link: string }).link)![1]!;
const accept = (token: string, session: string) => company.call(invitationsAccept, { token }, bearer(session)).then((passed) => passed.status, (problem: { slug: string }) => problem.slug); // prettier-ignore
const open = async (email: string) => (await company.sql<{ id: string; state: string; resends: number }>('select id, state, resends from invitations where email = $1 order by created_at', [email])); // prettier-ignore

async function signedUp(email: string, verified = true): Promise<string> {
  const password = 'orbit-tulip-canyon-42';
  const person = await company.databases.platform('test', (db) => createPerson(db, company.passwords, { email, name: email.split('@')[0]!, password }, company.clock.at));
  company.logins.push({ email, password, role: '', tenant: '', apiKey: '' });
  await company.sql('update auth.users set email_verified_at = now() where id = $1', [person.id]);
  const { token } = await company.signIn(email);
  if (!verified) await company.sql('update auth.users set email_verified_at = null where id = $1', [person.id]);
  return token!;
} // prettier-ignore

test('platform 58: Given an invitation to a@x, when accepted by a signed-in b@x, then 403; by a@x verified, then membership and grants exist', async () => {
  const [a, b] = [await signedUp('ann@x.example'), await signedUp('bob@x.example')];
  expect(await invite({ email: 'Ann@X.example', roleIds: [viewer, await roleId('auditor')], message: 'Welcome' })).toMatchObject({ items: [{ email: 'ann@x.example', status: 'invited' }] });
  expect(mails).toMatchObject([{ to: 'ann@x.example', template: 'invitation', data: { inviter: 'Olivia Owens', tenant: 'Acme Networks', message: 'Welcome' } }]);
  const token = lastToken();
  expect(await accept(token, b)).toBe('invitation-address-mismatch');
  await company.sql(`update auth.users set email_verified_at = null where email = 'ann@x.example'`);
  expect(await accept(token, a)).toBe('invitation-address-mismatch');
  await company.sql(`update auth.users set email_verified_at = now() where email = 'ann@x.example'`);
  expect(await accept(token, a)).toBe('done');
  expect((await company.done(tenantsList, {}, bearer(a))).items.map(({ slug }) => slug)).toEqual(['acme']);
  const { items } = await company.done(membersList, { search: 'ann@x' }, owner());
  expect(items[0]!.roles.map(({ key }) => key)).toEqual(['auditor', 'viewer']);
  expect(await accept(token, a)).toBe('invitation-invalid');
  expect(await refusedInvite({ email: 'ann@x.example', roleIds: [viewer] })).toBe('already-member');
}); // prettier-ignore

test('an invitation speaks the language of who is invited, and of who invites while the invited is not known', async () => {
  const setLocale = (email: string, locale: string | null) => company.sql('update auth.users set locale = $2 where email = $1', [email, locale]);
  const { email } = company.logins.find(({ role }) => role === 'owner')!;
  const [before] = await company.sql<{ locale: string | null }>('select locale from auth.users where email = $1', [email]);
  try {
    await setLocale(email, 'de');
    await signedUp('fay@x.example');
    await setLocale('fay@x.example', 'en');
    await invite({ email: 'nobody-yet@x.example', roleIds: [viewer] });
    await invite({ email: 'fay@x.example', roleIds: [viewer] });
    expect(mails.map(({ locale }) => locale)).toEqual(['de', 'en']);
  } finally {
    await setLocale(email, before!.locale);
  }
});

test('a new member is shown as the person is known: with second factor, last sign-in and picture', async () => {
  const session = await signedUp('zoe@x.example');
  const [zoe] = await company.sql<{ id: string }>(`update auth.users set avatar_id = gen_random_uuid() where email = 'zoe@x.example' returning id`);
  await company.sql(`insert into auth.mfa_factors (id, user_id, kind, label, secret_sealed, verified_at, created_at) values (gen_random_uuid(), $1, 'totp', 'App', 'x', now(), now())`, [zoe!.id]);
  await invite({ email: 'zoe@x.example', roleIds: [viewer] });
  expect(await accept(lastToken(), session)).toBe('done');
  const { items } = await company.done(membersList, { search: 'zoe@x', mfa: true }, owner());
  expect(items).toMatchObject([{ mfa: true, lastLoginAt: expect.any(String), avatarUrl: expect.stringContaining(zoe!.id) }]);
}); // prettier-ignore

test('platform 59: Given an invitation accepted twice in parallel, when run, then one membership and one 410', async () => {
  const session = await signedUp('carl@x.example');
  await invite({ email: 'carl@x.example', roleIds: [viewer] });
  const token = lastToken();
  const outcomes = await Promise.all([accept(token, session), accept(token, session)]);
  expect(outcomes.sort()).toEqual(['done', 'invitation-invalid']);
  expect(await company.sql(`select count(*)::int as count from members where email = 'carl@x.example'`)).toEqual([{ count: 1 }]);
});

test('platform 60: Given two pending invitations to one address, when creating the second, then the first row gets a new token and the old link is dead; revoked ones do not block', async () => {
  const session = await signedUp('dora@x.example');
  await invite({ email: 'dora@x.example', roleIds: [viewer] });
  const first = lastToken();
  expect(await invite({ email: 'DORA@x.example', roleIds: [viewer] })).toMatchObject({ items: [{ status: 'resent' }] });
  const rows = await open('dora@x.example');
  expect(rows).toMatchObject([{ state: 'pending', resends: 1 }]);
  expect(await accept(first, session)).toBe('invitation-invalid');
  await company.done(invitationsRevoke, { id: rows[0]!.id }, owner());
  expect(await accept(lastToken(), session)).toBe('invitation-invalid');
  expect(await invite({ email: 'dora@x.example', roleIds: [viewer] })).toMatchObject({ items: [{ status: 'invited' }] });
  expect((await open('dora@x.example')).map(({ state }) => state)).toEqual(['revoked', 'pending']);
  expect(await accept(lastToken(), session)).toBe('done');
});

test('platform 61: Given a full plan, when inviting, then 403 `seat-limit-reached`; two parallel invites for the last seat give one success', async () => {
  await company.sql(`update tenants set plan = 'free' where id = $1`, [acme]);
  const full = await company.refused(invitationsCreate, { id: acme, email: 'full@x.example', roleIds: [viewer] }, owner());
  expect([full.slug, full.kind.status, full.extras['upgradeTo']]).toEqual(['seat-limit-reached', 403, 'basic']);
  await company.sql(`update tenants set plan = 'basic' where id = $1`, [acme]);
  const [used] = await company.sql<{ count: number }>(`select (select count(*) from members where tenant_id = $1)::int + (select count(*) from invitations where tenant_id = $1 and state = 'pending')::int as count`, [acme]);
  await company.sql(`insert into members (tenant_id, id, email, name) select $1, gen_random_uuid(), 'seat' || n, 'Seat' from generate_series(1, $2::int) n`, [acme, 49 - used!.count]);
  const both = await Promise.all(['one@x.example', 'two@x.example'].map((email) => invite({ email, roleIds: [viewer] }).then(() => 'done', (problem: { slug: string }) => problem.slug)));
  expect(both.sort()).toEqual(['done', 'seat-limit-reached']);
  await company.sql(`update tenants set plan = 'enterprise' where id = $1`, [acme]);
}); // prettier-ignore

describe('an invitation', () => {
  test('is shown to whoever holds the link, with a masked address, and one answer for every link that is not good', async () => {
    await invite({ email: 'erin@x.example', roleIds: [viewer] });
    const token = lastToken();
    const look = (given: string, ip: string) => company.done(invitationsVerify, { token: given }, null, { ip });
    expect(await look(token, '198.51.100.1')).toMatchObject({ valid: true, tenant: { name: 'Acme Networks', logoUrl: null }, roles: ['Viewer'], emailMasked: 'e•••@x.example', requiresSignup: true });
    const answers = new Set<string>();
    for (const bad of ['x'.repeat(43), token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')]) answers.add((await company.refused(invitationsVerify, { token: bad }, null, { ip: '198.51.100.1' })).message);
    company.clock.pass(8 * 86_400_000);
    answers.add((await company.refused(invitationsVerify, { token }, null, { ip: '198.51.100.1' })).message);
    expect(answers.size).toBe(1);
    for (let tries = 0; tries < 5; tries += 1) await company.slugOf(invitationsVerify, { token: 'guess'.repeat(9) }, null, { ip: '203.0.113.9' });
    expect(await company.slugOf(invitationsVerify, { token: 'guess'.repeat(9) }, null, { ip: '203.0.113.9' })).toBe('rate-limited');
  }); // prettier-ignore

  test('has no token in the database, in events or in the Change', async () => {
    await invite({ email: 'finn@x.example', roleIds: [viewer] });
    const token = lastToken();
    for (const table of ['invitations', 'events']) {
      const rows = await company.sql(`select t::text as text from ${table} t where t::text like '%' || $1 || '%'`, [token]);
      expect([table, rows]).toEqual([table, []]);
    }
    const changes = await company.databases.tenant({ tenantId: acme }, (db) =>
      db.$client.query(`select 1 from changes c where c::text like '%' || $1 || '%'`, [token]),
    );
    expect(changes.rowCount).toBe(0);
    expect(company.log.join('')).not.toContain(token);
  });

  test('is sent again five times and no more; lists show the state, also of those past their time', async () => {
    await invite({ email: 'gina@x.example', roleIds: [viewer], expiresInDays: 1 });
    const { id } = (await open('gina@x.example'))[0]!;
    for (let times = 0; times < 5; times += 1) await company.done(invitationsResend, { id }, owner());
    expect(await company.slugOf(invitationsResend, { id }, owner())).toBe('quota-exceeded');
    const states = async (state?: string) => (await company.done(invitationsList, { id: acme, state, limit: 200 }, owner())).items.filter(({ email }) => email === 'gina@x.example').map((one) => one.state);
    expect(await states('pending')).toEqual(['pending']);
    company.clock.pass(8 * 86_400_000);
    expect([await states('pending'), await states('expired')]).toEqual([[], ['expired']]);
    await (company.adapters.get(Upkeep.port) as Upkeep).sweep();
    expect((await open('gina@x.example'))[0]!.state).toBe('expired');
    expect(await company.slugOf(invitationsRevoke, { id }, owner())).toBe('invalid-transition');
  }); // prettier-ignore

  test('in bulk is answered row by row', async () => {
    const items = [{ email: 'hugo@x.example', roleIds: [viewer] }, { email: 'not an address', roleIds: [viewer] }, { email: 'olivia@acme.example', roleIds: [viewer] }, { email: 'ida@x.example', roleIds: [crypto.randomUUID()] }, { email: 'HUGO@x.example', roleIds: [viewer] }];
    expect((await invite({ items })).items.map(({ status }) => status)).toEqual(['invited', 'validation-failed', 'already-member', 'not-found', 'resent']);
    expect(await refusedInvite({ items, email: 'x@x.example', roleIds: [viewer] })).toBe('validation-failed');
    expect(await refusedInvite({ items: Array.from({ length: 101 }, () => items[0]) })).toBe('validation-failed');
  }); // prettier-ignore

  test('gives no more than whoever invites holds, and needs the permission', async () => {
    expect(await refusedInvite({ email: 'jon@x.example', roleIds: [await roleId('owner')] })).toBe('grant-escalation');
    expect(await refusedInvite({ email: 'jon@x.example', roleIds: [viewer] }, company.key('dana'))).toBe('permission-denied');
  });

  test('whose role is gone makes a viewer', async () => {
    const session = await signedUp('kim@x.example');
    await invite({ email: 'kim@x.example', roleIds: [viewer] });
    await company.sql(`update invitations set role_ids = array[gen_random_uuid()] where email = 'kim@x.example'`);
    expect(await accept(lastToken(), session)).toBe('done');
    expect((await company.done(membersList, { search: 'kim@x' }, owner())).items[0]!.roles.map(({ key }) => key)).toEqual(['viewer']);
    const [event] = await company.sql<{ data: { rolesReplaced: boolean } }>(
      `select data from events where type = 'invitation.accepted' order by seq desc limit 1`,
    );
    expect(event!.data.rolesReplaced).toBe(true);
  });

  describe('of somebody who has lost what they offered', () => {
    const held = async (search: string) => (await company.done(membersList, { search }, owner())).items[0]!.roles.map(({ key }) => key);
    const standing = (status: string) => company.sql(`update members set status = '${status}' where email = 'adam@acme.example'`);
    const grantsOf = (name: string, over: boolean) => company.sql(`update grants set revoked_at = ${over ? 'now()' : 'null'} where subject_id = (select id from auth.users where email = $1)`, [company.login(name).email]); // prettier-ignore

    test('makes a viewer at most, and says that a role was replaced', async () => {
      const session = await signedUp('mia@x.example');
      await invite({ email: 'mia@x.example', roleIds: [await roleId('developer')] }, company.key('adam'));
      const token = lastToken();
      await grantsOf('adam', true);
      try {
        // Without any right left they can give nothing.
        expect(await accept(token, session)).toBe('invitation-invalid');
        await company.sql(
          `insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) values ($1, gen_random_uuid(), (select id from auth.users where email = 'adam@acme.example'), $2, '{"all": true}', now() - interval '1 day', 'Test')`,
          [acme, viewer],
        );
        expect(await accept(token, session)).toBe('done');
      } finally {
        await company.sql(`delete from grants where reason = 'Test'`);
        await grantsOf('adam', false);
      }
      expect(await held('mia@x')).toEqual(['viewer']);
      const [event] = await company.sql<{ data: { rolesReplaced: boolean } }>(`select data from events where type = 'invitation.accepted' order by seq desc limit 1`); // prettier-ignore
      expect(event!.data.rolesReplaced).toBe(true);
    });

    test('opens nothing once they are no active member, not even a sign-up; another who may give its roles can send it again', async () => {
      const session = await signedUp('nia@x.example');
      await invite({ email: 'nia@x.example', roleIds: [await roleId('developer')] }, company.key('adam'));
      const token = lastToken();
      await standing('suspended');
      try {
        expect(await company.slugOf(invitationsVerify, { token }, null)).toBe('invitation-invalid');
        expect(await accept(token, session)).toBe('invitation-invalid');
        const { id } = (await open('nia@x.example'))[0]!;
        await company.done(invitationsResend, { id }, owner());
        expect(await accept(lastToken(), session)).toBe('done');
      } finally {
        await standing('active');
      }
      expect(await held('nia@x')).toEqual(['developer']);
    });
  });

  test('to the power of an administrator needs a fresh proof, in bulk too', async () => {
    const { token } = await company.signIn('olivia');
    const admin = { email: 'ora@x.example', roleIds: [await roleId('admin')] };
    company.clock.pass(301_000);
    expect(await refusedInvite(admin, bearer(token!))).toBe('step-up-required');
    expect(await refusedInvite({ items: [admin] }, bearer(token!))).toBe('step-up-required');
    expect(await invite({ email: 'ora@x.example', roleIds: [viewer] }, bearer(token!))).toMatchObject({ items: [{ status: 'invited' }] });
  });

  test('goes to the very address that it is good for, however it was written', async () => {
    await invite({ email: 'ｐia@ｘ.example', roleIds: [viewer] });
    expect(mails.at(-1)!.to).toBe('pia@x.example');
    expect(await accept(lastToken(), await signedUp('pia@x.example'))).toBe('done');
  });

  test('of another tenant is as absent as one that never was', async () => {
    await invite({ email: 'lena@x.example', roleIds: [viewer] });
    const { id } = (await open('lena@x.example'))[0]!;
    for (const operation of [invitationsResend, invitationsRevoke])
      expect(await company.slugOf(operation, { id }, company.key('gustav'))).toBe('not-found');
  });
});

test.each([['ann@x.example', 'a•••@x.example'], ['al@x.example', '•••@x.example'], ['a@x.example', '•••@x.example']])('%s is shown as %s', (email, masked) => {
  expect(maskedAddress(email)).toBe(masked);
}); // prettier-ignore

test('metrics count them by state, over all tenants', async () => {
  const counts = await invitationFigures(company.databases).read();
  const rows = await company.sql<{ state: string; count: number }>('select state, count(*)::int as count from invitations group by state');
  expect(rows.length).toBeGreaterThan(1);
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(rows.map(({ state, count }) => [state, count])));
});
