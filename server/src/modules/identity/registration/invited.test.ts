import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { bearer, cookie, createBrowser, createCompany, type Company } from '#test/company.ts';
import { rolesList } from '../../access/index.ts';
import { invitationsCreate } from '../../tenancy/index.ts';
import { authLogin, authMe } from '../index.ts';
import { usersMeChangePassword, usersMeGet, usersMeUpdate } from '../profile/index.ts';
import { authSignup, authVerifyEmail } from './index.ts';

const PASSWORD = 'vumqe xahilog trip';
let company: Company;
beforeAll(async () => void (company = await createCompany({ accounts: { signup: { mode: 'invite_only', domains: ['acme.example'] } } })));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

async function invite(email: string): Promise<string> {
  const olivia = bearer((await company.signIn('olivia')).token!);
  const { tenant } = await company.done(authMe, {}, olivia);
  const { items } = await company.done(rolesList, {}, olivia);
  const viewer = items.find(({ key }) => key === 'viewer')!;
  await company.done(invitationsCreate, { id: tenant!.id, email, roleIds: [viewer.id] }, olivia);
  const mail = company.mails.findLast((one) => one.to === email && one.template === 'invitation');
  return /token=([\w-]+)/.exec((mail!.data as { link: string }).link)![1]!;
}
const signUp = (email: string, invitationToken: string, from = {}) =>
  company.call(authSignup, { email, name: 'Ivy Invited', password: PASSWORD, invitationToken }, null, from).then((passed) => (passed as { output: unknown }).output, (problem: Problem) => problem.slug); // prettier-ignore

describe('signing up with an invitation', () => {
  test('verifies the address it was sent to, and makes a member with its roles at once', async () => {
    const token = await invite('ivy@partner.example');
    const before = company.mails.length;
    expect(await signUp('Ivy@partner.example', token)).toEqual({ status: 'verified', email: 'ivy@partner.example' });
    expect(company.mails.slice(before)).toEqual([]);
    const signed = await company.done(authLogin, { email: 'ivy@partner.example', password: PASSWORD, tokenType: 'bearer' }, null);
    expect(signed).toMatchObject({ status: 'signed-in', tenant: { slug: 'acme' } });
    expect(await company.done(authMe, {}, bearer((signed as { token: string }).token))).toMatchObject({ roles: [{ key: 'viewer' }] });
    expect(await signUp('ivy2@partner.example', token)).toBe('invitation-invalid'); // used up
  });

  test('for another address, with a made-up token or without one, makes nothing', async () => {
    const token = await invite('right@partner.example');
    expect(await signUp('wrong@partner.example', token)).toBe('invitation-address-mismatch');
    expect(await signUp('right@partner.example', 'x'.repeat(43))).toBe('invitation-invalid');
    expect(await company.slugOf(authSignup, { email: 'right@partner.example', name: 'R', password: PASSWORD }, null)).toBe('not-found');
    expect(await company.sql(`select 1 from auth.users where email like '%@partner.example' and email <> 'ivy@partner.example'`)).toEqual([]);
    expect(await signUp('right@partner.example', token)).toMatchObject({ status: 'verified' }); // and is still good
  });

  test('for an address that has an account answers as ever, changes nothing and leaves the invitation open', async () => {
    const token = await invite('gustav@globex.example');
    expect(await signUp('gustav@globex.example', token)).toEqual({ status: 'check_email' });
    await company.signIn('gustav'); // with the password of before
    expect(await company.sql(`select state from invitations where email = 'gustav@globex.example'`)).toEqual([{ state: 'pending' }]);
  });

  test('of two at once with one token one is made', async () => {
    const token = await invite('twice@partner.example');
    const outcomes = await Promise.all([signUp('twice@partner.example', token), signUp('twice@partner.example', token)]);
    const verdicts = outcomes.map((outcome) => (outcome as { status?: string }).status ?? String(outcome)).sort((a, b) => (a < b ? -1 : 1));
    expect([
      ['check_email', 'verified'],
      ['invitation-invalid', 'verified'],
    ]).toContainEqual(verdicts); // by who was faster
    expect(await company.sql(`select count(*)::int as count from members where email = 'twice@partner.example'`)).toEqual([{ count: 1 }]);
  });
});

test('who belongs to no tenant yet looks after their own affairs all the same', async () => {
  const open = await createCompany();
  try {
    const browser = createBrowser();
    await open.done(authSignup, { email: 'alone@new.example', name: 'Alone', password: PASSWORD }, null, { browser });
    const { link } = open.mails.at(-1)!.data as { link: string };
    const { token } = (await open.done(authVerifyEmail, { token: link.split('#token=')[1]! }, null, { browser })) as { token: string };
    expect(await open.done(usersMeUpdate, { zone: 'Europe/Vienna' }, cookie(token))).toMatchObject({ zone: 'Europe/Vienna' });
    await open.done(usersMeChangePassword, { currentPassword: PASSWORD, newPassword: 'quite another phrase' }, cookie(token));
    expect(await open.done(usersMeGet, {}, cookie(token))).toMatchObject({ email: 'alone@new.example', emailVerified: true });
  } finally {
    await open.close();
  }
});
