import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { withFactors } from '#test/factors.ts';
import type { Operation } from '#kernel/operation.ts';
import { schemasOf } from '#surfaces/json-schema.ts';
import { sampleOf } from '#test/sample.ts';
import { membersList } from '#modules/tenancy/index.ts';
import { authMe, authSession, authSwitchTenant } from '../index.ts';
import { authMfaStatus } from '../operations/auth.mfa.status.ts';
import { authMfaTotpDisable } from '../operations/auth.mfa.totp.disable.ts';
import { authStepUp } from '../operations/auth.stepUp.ts';
import { tenantDemand } from './demand.ts';

const DAY = 86_400_000;
const at = new Date('2026-01-31T12:00:00Z');
const ago = (days: number): Date => new Date(at.getTime() - days * DAY);

describe('what a tenant asks', () => {
  test('is nothing unless it requires a second factor', () => {
    for (const mfa of ['off', 'optional'] as const)
      expect(tenantDemand({ mfa, mfaSince: ago(100), joinedAt: ago(100) }, at)).toEqual({ demanded: 'no', graceEndsAt: null });
  });
  test('gives seven days from when it began to ask or the person came, whichever is later', () => {
    const demanded = (since: number, joined: number) => tenantDemand({ mfa: 'required', mfaSince: ago(since), joinedAt: ago(joined) }, at).demanded;
    expect([demanded(8, 8), demanded(7, 100), demanded(6.9, 100), demanded(100, 6.9), demanded(0, 0)]).toEqual([
      'now',
      'now',
      'grace',
      'grace',
      'grace',
    ]);
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (since, joined) => {
        expect(demanded(since, joined)).toBe(Math.min(since, joined) >= 7 ? 'now' : 'grace');
      }),
    );
  });
});

describe('what comes of it', () => {
  let company: Company;
  let factors: ReturnType<typeof withFactors>;
  beforeAll(async () => {
    company = await createCompany();
    factors = withFactors(company);
  });
  afterAll(() => company.close());
  const tenantId = async (slug: string) => (await company.sql<{ id: string }>('select id from tenants where slug = $1', [slug]))[0]!.id;
  const require = async (slug: string, mfa: 'required' | 'optional', days: number) => {
    const since = new Date(company.clock.at.getTime() - days * DAY).toISOString();
    const value = JSON.stringify({ security: { mfa } });
    const id = await tenantId(slug);
    await company.sql(
      `insert into tenant_settings (tenant_id, id, value, mfa_since) values ($1, $1, $2, $3)
       on conflict (tenant_id, id) do update set value = excluded.value, mfa_since = excluded.mfa_since`,
      [id, value, mfa === 'required' ? since : null],
    );
    await company.sql('update auth.memberships set created_at = $2 where tenant_id = $1', [id, new Date(company.clock.at.getTime() - 30 * DAY)]);
    company.clock.pass(6_000); // who holds a credential is remembered for five seconds
  };
  beforeEach(async () => {
    await factors.freshTries();
    for (const name of ['dana', 'priya']) await factors.stripped(name);
    for (const slug of ['acme', 'globex']) await require(slug, 'optional', 0);
  });

  test('platform 36: Given a tenant with `mfa: required` and a member of 8 days without factor, when calling any other Operation, then 403 `mfa-enrolment-required`', async () => {
    const { token } = await company.signIn('dana');
    await require('acme', 'required', 8);
    const refused = await factors.refusal(membersList, {}, token!);
    expect([refused.slug, refused.kind.status]).toEqual(['mfa-enrolment-required', 403]);
    const acme = await tenantId('acme');
    const others = [...company.registry.operations.values()].filter(
      ({ access, hiddenFrom }) => access === undefined && !hiddenFrom?.includes('rest'),
    );
    expect(others.length).toBeGreaterThan(50);
    for (const operation of others) {
      const input = { ...(sampleOf(schemasOf(operation).input) as object), ...(operation.tenantField ? { [operation.tenantField]: acme } : {}) };
      expect([operation.name, (await factors.refusal(operation as Operation, input, token!)).slug]).toEqual([
        operation.name,
        'mfa-enrolment-required',
      ]);
    }
    expect(await company.done(authSession, {}, bearer(token!))).toMatchObject({ limitedTo: 'enrolment' });
    expect(await company.done(authMfaStatus, {}, bearer(token!))).toMatchObject({ demanded: 'now', graceEndsAt: null });
    await company.done(authMe, {}, bearer(token!));
    // Setting one up ends it at once.
    await factors.enrolApp('dana', token);
    await company.done(membersList, {}, bearer(token!));
  });

  test('within the time of grace nothing is refused, and its end is told', async () => {
    const { token } = await company.signIn('dana');
    await require('acme', 'required', 3);
    await company.done(membersList, {}, bearer(token!));
    const status = await company.done(authMfaStatus, {}, bearer(token!));
    expect(status.demanded).toBe('grace');
    expect(Math.round((new Date(status.graceEndsAt!).getTime() - company.clock.at.getTime()) / DAY)).toBe(4);
  });

  test('a tenant asks for itself alone', async () => {
    await require('globex', 'required', 8);
    const { token } = await company.signIn('priya', { slug: 'acme' });
    await company.done(membersList, {}, bearer(token!));
    const there = await company.done(authSwitchTenant, { tenantId: await tenantId('globex') }, bearer(token!));
    expect((await factors.refusal(membersList, {}, there.token!)).slug).toBe('mfa-enrolment-required');
  });

  test('who came by a provider that is trusted to ask for two factors is not limited', async () => {
    await require('acme', 'required', 8);
    const userId = await company.idOf('dana');
    const arrival = { kind: 'bearer' as const, ip: null, agent: null };
    const tokenAt = async (level: 1 | 2): Promise<string> => {
      const concluded = await company.databases.platform('test', (db) =>
        company.iam.sessions.conclude(db, { userId, amr: ['fed'], level }, arrival, company.clock.at),
      );
      if (concluded.status !== 'signed-in') throw new Error('not signed in');
      return concluded.issued.token!;
    };
    await company.done(membersList, {}, bearer(await tokenAt(2)));
    expect((await factors.refusal(membersList, {}, await tokenAt(1))).slug).toBe('mfa-enrolment-required');
  });

  test('a role that demands one does so at once, whatever the tenant says', async () => {
    const { token } = await company.signIn('dana');
    await company.sql(`update roles set requires_mfa = true where key = 'developer' and tenant_id = $1`, [await tenantId('acme')]);
    company.clock.pass(6_000);
    expect((await factors.refusal(membersList, {}, token!)).slug).toBe('mfa-enrolment-required');
    await company.done(membersList, {}, bearer((await company.signIn('aldo')).token!));
    await company.sql(`update roles set requires_mfa = false where key = 'developer'`);
  });

  test('the last factor is not removed where one is demanded, in the time of grace neither', async () => {
    const { app, token } = await factors.enrolApp('dana');
    await require('acme', 'required', 1);
    const proven = await company.done(authStepUp, { factor: 'totp', code: app.code(company.clock.at) }, bearer(token));
    const refused = await factors.refusal(authMfaTotpDisable, {}, proven.token!);
    expect([refused.slug, refused.kind.status]).toEqual(['last-factor', 409]);
    expect((await factors.asked('dana')).factors).toEqual(['totp', 'backup']);
    await require('acme', 'optional', 0);
    await company.done(authMfaTotpDisable, {}, bearer(proven.token!));
  });

  test('the tenant’s list of people says who has one', async () => {
    const owner = (await company.signIn('olivia')).token!;
    const dana = async () => (await company.done(membersList, { search: 'dana' }, bearer(owner))).items[0]!.mfa;
    expect(await dana()).toBe(false);
    await factors.enrolApp('dana');
    expect(await dana()).toBe(true);
  });
});
