import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '#kernel/context.ts';
import type { Credentials } from '#kernel/gate.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { provide, providerOf } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { auditList } from '#modules/audit/index.ts';
import { membersList } from '#modules/tenancy/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { accessExplain, grantsCreate, grantsList, grantsRevoke, rolesList } from './index.ts';
import { requireOfferable } from './granting.ts';
import { seedGrant } from './roles.ts';

let company: Company;
let acme: string;
let roles: Map<string, string>;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())], works: true });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  roles = new Map((await company.done(rolesList, {}, company.key('olivia'))).items.map(({ key, id }) => [key, id]));
});
afterAll(() => company.close());

const ALL: Scope = { all: true };
const wish = async (name: string, role: string, given: object = {}) => ({
  subjectId: await company.idOf(name),
  roleId: roles.get(role)!,
  scope: ALL,
  reason: 'the test asks',
  ...given,
});
const held = async (name: string) => (await company.done(grantsList, { subjectId: await company.idOf(name) }, company.key('olivia'))).items;
const give = async (name: string, role: string, from: Credentials, given: object = {}) =>
  company.carriedOut(await company.call(grantsCreate, await wish(name, role, given), from), company.key('priya'));
/** A grant that simply is there. */
const seeded = (name: string, role: string, scope: Scope = ALL) =>
  company.databases.platform('test', async (db) => {
    await seedGrant(db, { tenantId: acme, personId: await company.idOf(name), role, scope, reason: 'test' }, company.clock.at);
    company.clock.pass(31_000);
  });

/** The handler alone, as if every step of the Gate before it had passed. */
const handled = async (operation: AnyOperation, input: object, as: string): Promise<unknown> => {
  const actor = await company.iam.authenticate({ credentials: company.key(as), ip: null, surface: 'rest' });
  if (operation.runs === 'job') throw new Error('it runs inline');
  return company.databases.tenant({ tenantId: actor.tenantId }, (db) => {
    const known = new Map<string, Promise<unknown>>();
    const once = (key: string, load: () => Promise<unknown>) => known.get(key) ?? known.set(key, load()).get(key);
    const ctx = {
      db,
      actor,
      tenantId: actor.tenantId,
      now: () => company.clock.at,
      provider: providerOf(company.adapters),
      emit: () => undefined,
      once,
    };
    return operation.run(ctx as unknown as Context, input);
  });
};

describe('giving a role', () => {
  test('waits for somebody else, then is in force at the very next call, and is on record', async () => {
    expect(await company.slugOf(membersList, {}, company.key('vera'))).toBe('permission-denied'); // remembered
    const passed = await company.call(grantsCreate, await wish('vera', 'support'), company.key('adam'));
    expect(passed.status).toBe('accepted');
    expect(await company.slugOf(membersList, {}, company.key('vera'))).toBe('permission-denied');
    const change = await company.carriedOut(passed, company.key('priya'));
    expect(change).toMatchObject({
      state: 'succeeded',
      plan: { changes: [{ action: 'create', type: 'grant', name: 'support for vera@acme.example' }], reversible: 'Revoke the grant.' },
    });
    await company.done(membersList, {}, company.key('vera'));
    expect((await held('vera')).find(({ role }) => role.key === 'support')).toMatchObject({
      grantedBy: { email: 'adam@acme.example' },
      reason: 'the test asks',
      scope: ALL,
      validUntil: null,
    });
    await company.audit.flush();
    const { items } = await company.done(auditList, { operation: 'grants.create' }, company.key('olivia'));
    expect(items.map(({ actor, result }) => [actor.email, result])).toContainEqual(['adam@acme.example', 'success']);
  });

  test('asked for as a dry run it shows its plan and gives nothing', async () => {
    const before = await held('vera');
    const passed = await company.call(
      grantsCreate,
      await wish('vera', 'developer', { scope: { any: [{ environments: ['lab'] }] } }),
      company.key('adam'),
      { envelope: { dryRun: true } },
    );
    expect(passed).toMatchObject({
      status: 'planned',
      risk: 'high',
      plan: { summary: 'Vera Lind becomes Developer, for 1 clause' },
      requirements: [{ rule: 'baseline/high-risk' }],
    });
    expect(await held('vera')).toEqual(before);
  });

  test('is told to the person by mail, and so is taking one; with the power of an administrator it asks for a fresh proof', async () => {
    const told = () => company.mails.filter(({ template, to }) => template === 'role-changed' && to === 'vera@acme.example').map(({ data }) => data);
    const before = told().length;
    await give('vera', 'auditor', company.key('adam'));
    expect(told().at(-1)).toMatchObject({ name: 'Vera Lind', tenant: 'Acme Networks', by: 'Adam Ito', roles: expect.stringContaining('Auditor') });
    const grant = (await held('vera')).find(({ role }) => role.key === 'auditor')!;
    await company.carriedOut(await company.call(grantsRevoke, { id: grant.id }, company.key('adam')), company.key('priya'));
    expect(told().at(-1)).toMatchObject({ roles: expect.not.stringContaining('Auditor') });
    expect(told().length).toBe(before + 2);
    const session = bearer((await company.signIn('adam')).token!);
    company.clock.pass(301_000);
    expect(await company.slugOf(grantsCreate, await wish('vera', 'admin'), session)).toBe('step-up-required');
    expect((await company.call(grantsCreate, await wish('vera', 'viewer'), session)).status).toBe('accepted');
  });

  test('to oneself is refused, whoever one is', async () => {
    for (const name of ['olivia', 'adam'])
      expect(await company.slugOf(grantsCreate, await wish(name, 'viewer'), company.key(name))).toBe('self-grant-forbidden');
  });

  test('beyond one’s own rights is refused: ownership, a higher role, a wider Scope, a longer time, a key’s cap', async () => {
    expect(await company.slugOf(grantsCreate, await wish('vera', 'owner'), company.key('olivia'))).toBe('grant-escalation');
    expect(await company.slugOf(grantsCreate, await wish('vera', 'owner'), company.key('adam'))).toBe('grant-escalation');
    await company.sql(
      `insert into roles (tenant_id, id, key, name, level, patterns, max_risk) values ($1, gen_random_uuid(), 'giver', 'Giver', 40, '{grants:*,users:read,changes:*}', 'high')`,
      [acme],
    );
    await seeded('aldo', 'giver');
    expect(await company.slugOf(grantsCreate, await wish('vera', 'admin'), company.key('aldo'))).toBe('grant-escalation');
    expect(await company.slugOf(grantsCreate, await wish('vera', 'billing_admin'), company.key('aldo'))).toBe('grant-escalation');
    const adam = bearer((await company.signIn('adam')).token!);
    await company.sql(`update grants set scope = '{"any":[{"type":"member"}]}' where tenant_id = $1 and subject_id = $2`, [
      acme,
      await company.idOf('adam'),
    ]);
    company.clock.pass(31_000);
    expect(await company.slugOf(grantsCreate, await wish('vera', 'developer'), adam)).toBe('grant-escalation');
    expect((await company.call(grantsCreate, await wish('vera', 'viewer', { scope: { any: [] } }), adam)).status).toBe('accepted');
    await company.sql(`update grants set scope = '{"all":true}', valid_until = $3 where tenant_id = $1 and subject_id = $2`, [
      acme,
      await company.idOf('adam'),
      new Date(company.clock.at.getTime() + 86_400_000),
    ]);
    company.clock.pass(31_000);
    expect(await company.slugOf(grantsCreate, await wish('vera', 'developer'), adam)).toBe('grant-escalation');
    expect(
      (
        await company.call(
          grantsCreate,
          await wish('vera', 'developer', { validUntil: new Date(company.clock.at.getTime() + 3_600_000).toISOString() }),
          adam,
        )
      ).status,
    ).toBe('accepted');
    await company.sql(`update grants set valid_until = null where tenant_id = $1 and subject_id = $2`, [acme, await company.idOf('adam')]);
    company.clock.pass(31_000);
  });

  test('to a stranger, of an unknown role, with no reason, or ending in the past is refused', async () => {
    const other = await company.idOf('gustav');
    const adam = company.key('adam');
    expect(await company.slugOf(grantsCreate, { ...(await wish('vera', 'viewer')), subjectId: other }, adam)).toBe('not-found');
    expect(await company.slugOf(grantsCreate, { ...(await wish('vera', 'viewer')), roleId: crypto.randomUUID() }, adam)).toBe('not-found');
    expect(await company.slugOf(grantsCreate, await wish('vera', 'viewer', { reason: ' ' }), adam)).toBe('validation-failed');
    expect(await company.slugOf(grantsCreate, await wish('vera', 'viewer', { validUntil: company.clock.at.toISOString() }), adam)).toBe(
      'validation-failed',
    );
    for (const scope of [{}, { all: false }, { all: true, any: [] }, { any: [{ kind: 'server' }] }, []]) {
      expect(await company.slugOf(grantsCreate, await wish('vera', 'viewer', { scope }), adam)).toBe('validation-failed');
    }
  });

  test('without grants:write it is refused', async () => {
    for (const name of ['dana', 'vera', 'priya'])
      expect(await company.slugOf(grantsCreate, await wish('aldo', 'viewer'), company.key(name))).toBe('permission-denied');
    const [grant] = await held('aldo');
    expect(await company.slugOf(grantsRevoke, { id: grant!.id }, company.key('dana'))).toBe('permission-denied');
  });

  test('the handler trusts nobody who came before it', async () => {
    await expect(handled(grantsCreate, await wish('vera', 'auditor'), 'dana')).rejects.toMatchObject({ slug: 'grant-escalation' });
    await expect(handled(grantsCreate, await wish('adam', 'viewer'), 'adam')).rejects.toMatchObject({ slug: 'self-grant-forbidden' });
    const [owner] = await held('olivia');
    await expect(handled(grantsRevoke, { id: owner!.id }, 'adam')).rejects.toMatchObject({ slug: 'grant-escalation' });
  });

  test('what one may give is looked at again when the Change is carried out', async () => {
    const passed = await company.call(grantsCreate, await wish('vera', 'ops_rw'), company.key('adam'));
    const [giver] = await company.sql<{ id: string }>(`select id from roles where tenant_id = $1 and key = 'giver'`, [acme]);
    await company.sql(`update grants set role_id = $3 where tenant_id = $1 and subject_id = $2`, [acme, await company.idOf('adam'), giver!.id]);
    company.clock.pass(31_000);
    const change = await company.carriedOut(passed, company.key('priya'));
    expect(change.state).not.toBe('succeeded');
    expect((await held('vera')).some(({ role }) => role.key === 'ops_rw')).toBe(false);
    await company.sql(`update grants set role_id = $3 where tenant_id = $1 and subject_id = $2`, [
      acme,
      await company.idOf('adam'),
      roles.get('admin'),
    ]);
    company.clock.pass(31_000);
  });
});

describe('taking a role', () => {
  test('is felt at the very next call', async () => {
    await give('dana', 'member', company.key('adam'));
    await seeded('dana', 'admin');
    await company.done(lampsName, { name: 'hall' }, company.key('dana'));
    const grant = (await held('dana')).find(({ role }) => role.key === 'admin')!;
    await company.carriedOut(await company.call(grantsRevoke, { id: grant.id }, company.key('adam')), company.key('priya'));
    expect(await company.slugOf(lampsName, { name: 'hall' }, company.key('dana'))).toBe('permission-denied');
    expect(await company.slugOf(grantsRevoke, { id: grant.id }, company.key('adam'))).toBe('not-found');
  });

  test('governance 26: Given the last owner, when the role is taken, then 403 last-owner', async () => {
    const [grant] = (await held('olivia')).filter(({ role }) => role.key === 'owner');
    expect(await company.slugOf(grantsRevoke, { id: grant!.id }, company.key('olivia'))).toBe('last-owner');
    expect(await company.slugOf(grantsRevoke, { id: grant!.id }, company.key('adam'))).toBe('grant-escalation');
  });

  test('an owner for a time, or of a part, does not count as the other owner', async () => {
    const [grant] = (await held('olivia')).filter(({ role }) => role.key === 'owner');
    await seeded('adam', 'owner', { any: [] });
    expect(await company.slugOf(grantsRevoke, { id: grant!.id }, company.key('olivia'))).toBe('last-owner');
    await company.sql(`update grants set scope = '{"all":true}', valid_until = $1 where role_id = $2 and subject_id = $3`, [
      new Date(company.clock.at.getTime() + 86_400_000),
      roles.get('owner'),
      await company.idOf('adam'),
    ]);
    expect(await company.slugOf(grantsRevoke, { id: grant!.id }, company.key('olivia'))).toBe('last-owner');
    await company.sql(`update grants set revoked_at = now() where role_id = $1 and subject_id = $2`, [
      roles.get('owner'),
      await company.idOf('adam'),
    ]);
  });

  test('two owners give up at the same moment: one stays', async () => {
    await seeded('dana', 'owner');
    await seeded('olivia', 'viewer'); // so that it is not the last role that keeps her
    const owners = (await Promise.all([held('olivia'), held('dana')])).flat().filter(({ role }) => role.key === 'owner');
    expect(owners).toHaveLength(2);
    const giveUp = ({ id, subject }: (typeof owners)[number]) => handled(grantsRevoke, { id }, subject.email);
    const outcomes = await Promise.allSettled(owners.map(giveUp));
    const words = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'taken' : (outcome.reason as { slug: string }).slug));
    expect(words.toSorted()).toEqual(['last-owner', 'taken']);
    const left = await company.sql('select id from grants where tenant_id = $1 and role_id = $2 and revoked_at is null', [acme, roles.get('owner')]);
    expect(left).toHaveLength(1);
    await company.sql(`update grants set revoked_at = null where id = $1`, [owners[0]!.id]);
    await company.sql(`update grants set revoked_at = now() where id = $1`, [owners[1]!.id]);
    company.clock.pass(31_000);
  });

  test('a grant of another tenant is not found', async () => {
    const [grant] = await held('dana');
    expect(await company.slugOf(grantsRevoke, { id: grant!.id }, company.key('gustav'))).toBe('not-found');
    expect((await company.done(grantsList, {}, company.key('gustav'))).items.map(({ subject }) => subject.email).sort()).toEqual([
      'gustav@globex.example',
      'priya@acme.example',
    ]);
  });
});

test('a change of rights in one process is felt in another, whose clock stands still', async () => {
  const second = await createCompany({ beside: company, modules: [lampModule], adapters: [provide(LampPort, lampServer())] });
  try {
    second.clock.at = company.clock.at;
    const token = company.login('aldo').apiKey;
    const asks = () => second.call(lampsName, { name: 'hall' }, bearer(token)).then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore
    expect(await asks()).toBe('permission-denied');
    expect((await give('aldo', 'admin', company.key('olivia'))).state).toBe('succeeded');
    await expect.poll(asks, { timeout: 60_000 }).toBe('done');
  } finally {
    await second.close();
  }
});

test('an agent gives nothing that its token would not let it do', async () => {
  const actor = { kind: 'agent', id: await company.idOf('olivia'), tenantId: acme, permissionCap: null } as const;
  const around = { tenantId: acme, now: () => company.clock.at, provider: providerOf(company.adapters), once: (_key: string, load: () => unknown) => load() }; // prettier-ignore
  const role = { key: 'helpers', level: 50, patterns: ['lamps:*'], maxRisk: 'high' as const, assignable: true };
  const offered = (riskCap: 'write' | 'high') => company.databases.tenant({ tenantId: acme }, (db) =>
    requireOfferable({ ...around, db, actor: { ...actor, riskCap } } as unknown as Context, { role, scope: ALL, validUntil: null })).then(() => 'given', ({ slug }: { slug: string }) => slug); // prettier-ignore
  expect([await offered('high'), await offered('write')]).toEqual(['given', 'grant-escalation']);
});

test('lists come in pages, and a strange cursor is refused', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = await company.done(grantsList, { limit: 2, cursor }, company.key('olivia'));
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.length).toBeGreaterThan(6);
  expect(new Set(seen).size).toBe(seen.length);
  expect(await company.slugOf(grantsList, { cursor: Buffer.from('["x"]').toString('base64url') }, company.key('olivia'))).toBe('cursor-invalid');
  expect(await company.slugOf(accessExplain, { operation: 'no.such' }, company.key('olivia'))).toBe('not-found');
});
