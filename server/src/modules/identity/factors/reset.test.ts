import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { withFactors } from '#test/factors.ts';
import { auditList } from '#modules/audit/index.ts';
import { authMe } from '../index.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { usersResetMfa } from '../operations/users.resetMfa.ts';

let company: Company;
let factors: ReturnType<typeof withFactors>;
let acme: string;
beforeAll(async () => {
  company = await createCompany({ works: true });
  factors = withFactors(company);
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());
beforeEach(async () => {
  await factors.freshTries();
  for (const name of ['dana', 'priya', 'olivia']) await factors.stripped(name);
});
const reset = async (name: string) => ({ id: acme, userId: await company.idOf(name) });

describe('users.resetMfa', () => {
  test('shows what is lost, waits for somebody else to agree, and then takes every factor, device and session', async () => {
    const { app, token } = await factors.enrolApp('dana');
    const { challengeId } = await factors.asked('dana');
    const planned = await company.call(usersResetMfa, await reset('dana'), company.key('adam'), { envelope: { dryRun: true } });
    expect(planned).toMatchObject({
      status: 'planned',
      risk: 'high',
      plan: { summary: expect.stringContaining('Dana Novak'), dataLoss: expect.any(String), changes: [{ fields: [{ path: '/factors', before: ['totp "Phone"'], after: [] }, { path: '/backupCodes', before: 10, after: 0 }] }] },
    }); // prettier-ignore
    const passed = await company.call(usersResetMfa, await reset('dana'), company.key('adam'), { envelope: { comment: 'She lost her phone' } });
    expect(passed.status).toBe('accepted');
    expect((await factors.asked('dana')).factors).toEqual(['totp', 'backup']); // nothing has happened yet
    company.mails.length = 0;
    const change = await company.carriedOut(passed, company.key('priya'));
    expect(change).toMatchObject({ state: 'succeeded' });
    expect(company.mails).toMatchObject([
      { template: 'factor-removed', to: 'dana@acme.example', data: { factor: expect.stringContaining('Adam Ito') } },
    ]);
    expect(await company.slugOf(authMe, {}, bearer(token))).toBe('session-revoked');
    expect((await factors.refusal(authMfaChallenge, { challengeId, factor: 'totp', code: app.code(company.clock.at) }, null)).slug).toBe('challenge-expired'); // prettier-ignore
    expect((await company.signIn('dana')).status).toBe('signed-in');
    const trail = await company.sql<{ kind: string }>(`select kind from auth.activity where user_id = $1 and kind = 'auth.mfa_reset'`, [await company.idOf('dana')]); // prettier-ignore
    expect(trail).toHaveLength(1);
    expect(await company.done(auditList, { operation: 'users.resetMfa' }, company.key('aldo'))).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ operation: 'users.resetMfa' })]) }); // prettier-ignore
  });

  test('is refused without the permission, for people of other tenants, for those who work elsewhere too, and for owners', async () => {
    expect(await company.slugOf(usersResetMfa, await reset('adam'), company.key('dana'))).toBe('permission-denied');
    expect(await company.slugOf(usersResetMfa, await reset('gustav'), company.key('adam'))).toBe('not-found');
    expect(await company.slugOf(usersResetMfa, await reset('dana'), company.key('gustav'))).toMatch(/^tenant-(not-found|ambiguous)$/);
    expect(await company.slugOf(usersResetMfa, await reset('priya'), company.key('adam'))).toBe('reset-by-operator');
    expect(await company.slugOf(usersResetMfa, await reset('olivia'), company.key('adam'))).toBe('grant-escalation');
    expect((await company.call(usersResetMfa, await reset('olivia'), company.key('olivia'))).status).toBe('accepted');
  });

  test('asks who asks for it in a session for a fresh proof', async () => {
    const { token } = await company.signIn('adam');
    company.clock.pass(5 * 60_000 + 1000);
    expect((await factors.refusal(usersResetMfa, await reset('dana'), token!)).slug).toBe('step-up-required');
  });

  test('what was planned for other factors is not carried out', async () => {
    const passed = await company.call(usersResetMfa, await reset('dana'), company.key('adam'));
    await factors.enrolApp('dana');
    const change = await company.carriedOut(passed, company.key('priya'));
    expect(change.state).not.toBe('succeeded');
    expect((await factors.asked('dana')).factors).toEqual(['totp', 'backup']);
  });
});
