import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { authMe, authSessionsList, authSwitchTenant, sessionsRevoke, usersSessionsRevoke } from './index.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());

const slug = (token: string) => company.slugOf(authMe, {}, bearer(token));
const idOf = async (token: string): Promise<string> =>
  (await company.done(authSessionsList, {}, bearer(token))).items.find(({ current }) => current)!.id;

describe('an administrator ends sessions', () => {
  test('one of a member: felt at the next call, written down as a Change, and the others go on', async () => {
    const [one, two] = [await company.signIn('dana'), await company.signIn('dana')];
    const id = await idOf(one.token!);
    const passed = await company.call(sessionsRevoke, { id }, company.key('adam'));
    expect(passed).toMatchObject({ status: 'done', output: { ended: [id] }, changeNumber: expect.stringMatching(/^CHG-/) });
    expect(await slug(one.token!)).toBe('session-revoked');
    await company.done(authMe, {}, bearer(two.token!));
    expect(await company.slugOf(sessionsRevoke, { id }, company.key('adam'))).toBe('not-found');
    const lines = await company.sql(`select kind, detail from auth.activity where user_id = $1 and kind = 'session.revoked'`, [
      await company.idOf('dana'),
    ]);
    expect(lines).toEqual([{ kind: 'session.revoked', detail: { reason: 'admin' } }]);
  });

  test('all that a member has in this tenant; what they do in another goes on', async () => {
    const [here, nowhere, there] = [
      await company.signIn('priya', { slug: 'acme' }),
      await company.signIn('priya'),
      await company.signIn('priya', { slug: 'globex' }),
    ];
    const userId = await company.idOf('priya');
    const { ended } = await company.done(usersSessionsRevoke, { userId }, company.key('adam'));
    expect(ended).toHaveLength(2);
    for (const { token } of [here, nowhere]) expect(await slug(token!)).toBe('session-revoked');
    await company.done(authMe, {}, bearer(there.token!));
    const back = await company.done(authSwitchTenant, { tenantId: here.tenant!.id }, bearer(there.token!));
    expect(back).toMatchObject({ tenant: { slug: 'acme' } });
  });

  test('nobody of another tenant, and no session there, can be told from nobody at all', async () => {
    const { token } = await company.signIn('gustav');
    const refusals = [
      await company.refused(sessionsRevoke, { id: await idOf(token!) }, company.key('adam')),
      await company.refused(sessionsRevoke, { id: crypto.randomUUID() }, company.key('adam')),
      await company.refused(usersSessionsRevoke, { userId: await company.idOf('gustav') }, company.key('adam')),
      await company.refused(usersSessionsRevoke, { userId: crypto.randomUUID() }, company.key('adam')),
    ];
    expect(refusals.map(({ slug: name }) => name)).toEqual(['not-found', 'not-found', 'not-found', 'not-found']);
    expect(refusals[0]!.message).toBe(refusals[1]!.message);
    expect(refusals[2]!.message).toBe(refusals[3]!.message);
    await company.done(authMe, {}, bearer(token!));
  });

  test('who may not end the sessions of others is refused, even for their own', async () => {
    const { token } = await company.signIn('vera');
    expect(await company.slugOf(sessionsRevoke, { id: await idOf(token!) }, bearer(token!))).toBe('permission-denied');
    expect(await company.slugOf(usersSessionsRevoke, { userId: await company.idOf('vera') }, bearer(token!))).toBe('permission-denied');
  });
});
