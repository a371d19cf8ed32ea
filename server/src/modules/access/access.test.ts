import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { auditList } from '#modules/audit/index.ts';
import { changesGet } from '#modules/governance/index.ts';
import { membersList } from '#modules/tenancy/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampsBurn, lampsGet, lampServer, lampsName } from '#test/lamps.ts';
import { RightsChanged } from './providers/port.ts';
import { rolesGet, rolesList, permissionsList } from './index.ts';
import { ensureSystemRoles, seedGrant } from './roles.ts';
import { SYSTEM_ROLES } from './system-roles.ts';

const server = lampServer();
let company: Company;
let acme: string;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, server)] });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());
beforeEach(() => void (server.calls.length = 0));

/** Replaces all that a person holds by one grant of a role made for the test. */
async function only(
  name: string,
  { patterns, maxRisk = 'high', scope = { all: true } }: { patterns: string[]; maxRisk?: string; scope?: Scope },
): Promise<void> {
  const person = await company.idOf(name);
  const key = `test_${name}`;
  await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [person]);
  await company.sql(
    `insert into roles (tenant_id, id, key, name, level, patterns, max_risk) values ($1, gen_random_uuid(), $2, $2, 50, $3, $4)
     on conflict (tenant_id, key) do update set patterns = excluded.patterns, max_risk = excluded.max_risk`,
    [acme, key, patterns, maxRisk],
  );
  await company.databases.platform('test', (db) =>
    seedGrant(db, { tenantId: acme, personId: person, role: key, scope, reason: 'test' }, company.clock.at),
  );
  company.clock.pass(31_000);
}

describe('roles', () => {
  test('governance 16: Given a fresh tenant, when roles are listed, then the seeded ones exist with their permissions, most powerful first', async () => {
    const { items } = await company.done(rolesList, {}, company.key('gustav'));
    expect(items.map(({ key, level, maxRisk, system, assignable }) => [key, level, maxRisk, system, assignable])).toEqual(
      SYSTEM_ROLES.map(({ key, level, maxRisk }) => [key, level, maxRisk, true, key !== 'owner']),
    );
    const holding = (permission: string) =>
      items
        .filter((role) => role.patterns.some((pattern) => pattern === '*' || pattern === permission || pattern === `${permission.split(':')[0]}:*`))
        .map(({ key }) => key);
    expect(holding('approvals:decide')).toEqual(['owner', 'admin', 'approver']);
    expect(holding('audit:read')).toEqual(['owner', 'admin', 'support', 'auditor']);
    expect(holding('grants:write')).toEqual(['owner', 'admin']);
    expect(holding('changes:read')).toHaveLength(10); // all but the billing administrator
  });

  test('come in pages, with how many people hold each', async () => {
    const first = await company.done(rolesList, { limit: 4 }, company.key('olivia'));
    const second = await company.done(rolesList, { limit: 200, cursor: first.nextCursor! }, company.key('olivia'));
    const all = [...first.items, ...second.items].filter(({ system }) => system);
    expect(all.map(({ key }) => key)).toEqual(SYSTEM_ROLES.map(({ key }) => key));
    expect(all.find(({ key }) => key === 'developer')!.members).toBe(1);
    expect(all.find(({ key }) => key === 'member')!.members).toBe(0);
  });

  test('one role shows every permission that its patterns hold; one of another tenant is not found', async () => {
    const admin = (await company.done(rolesList, {}, company.key('olivia'))).items.find(({ key }) => key === 'admin')!;
    const role = await company.done(rolesGet, { id: admin.id }, company.key('olivia'));
    const { items } = await company.done(permissionsList, {}, company.key('olivia'));
    expect(role.permissions).toEqual(
      items.map(({ key }) => key).filter((key) => !['tenants:delete', 'subscriptions:cancel', 'secrets:export'].includes(key)),
    );
    expect(role.permissions).toContain('lamps:light');
    expect(await company.slugOf(rolesGet, { id: admin.id }, company.key('gustav'))).toBe('not-found');
  });

  test('permissions are the registry’s, each with its operations and their highest risk', async () => {
    const { items } = await company.done(permissionsList, { resource: 'grants' }, company.key('olivia'));
    expect(items.map(({ key, title, category, risk, operations }) => [key, title, category, risk, operations])).toEqual([
      ['grants:read', 'View grants', 'Roles', 'read', expect.arrayContaining(['access.explain', 'access.whoCan', 'denies.list', 'grants.list'])],
      [
        'grants:write',
        'Manage grants',
        'Roles',
        'high',
        expect.arrayContaining(['denies.create', 'grants.create', 'grants.replace', 'grants.revoke']),
      ],
    ]);
    expect((await company.done(permissionsList, { resource: 'nothing' }, company.key('olivia'))).items).toEqual([]);
  });

  test('follow the catalogue: what is there and right stays, what is missing or old is put right, in every tenant', async () => {
    expect(await ensureSystemRoles(company.databases, company.registry)).toBe(0);
    await company.sql(`update roles set patterns = '{}', max_risk = 'read' where key = 'developer'`);
    await company.sql(`delete from roles where key = 'support'`);
    expect(await ensureSystemRoles(company.databases, company.registry)).toBe(4);
    expect(await ensureSystemRoles(company.databases, company.registry)).toBe(0);
    const smaller = { operations: new Map([...company.registry.operations].filter(([name]) => !name.startsWith('lamps.'))) };
    expect(await ensureSystemRoles(company.databases, smaller)).toBeGreaterThan(0);
    const admin = (await company.done(rolesList, {}, company.key('olivia'))).items.find(({ key }) => key === 'admin')!;
    expect(admin.patterns.filter((pattern) => pattern.startsWith('lamps'))).toEqual([]);
    await ensureSystemRoles(company.databases, company.registry);
    company.clock.pass(31_000);
  });
});

describe('the permission step', () => {
  test('governance 17: Given read_only, when any risk write Operation is called, then 403, handler not entered, Audit entry denied with stage permission', async () => {
    await only('vera', { patterns: ['*:read'], maxRisk: 'read' });
    await company.done(lampsGet, { id: 'hall' }, company.key('vera'));
    const refusal = await company.refused(lampsName, { name: 'hall' }, company.key('vera'));
    expect([refusal.slug, refusal.kind.status, server.calls]).toEqual(['permission-denied', 403, []]);
    await company.audit.flush();
    const { items } = await company.done(auditList, { operation: 'lamps.name', result: 'denied' }, company.key('olivia'));
    expect(items[0]).toMatchObject({
      result: 'denied',
      reason: { stage: 'permission', code: 'permission-denied' },
      actor: { email: 'vera@acme.example' },
    });
  });

  test('a denial says what is missing, which roles hold it and which roles may give one, and names no person', async () => {
    await only('vera', { patterns: ['lamps:read'] });
    const refusal = await company.refused(lampsBurn, { name: 'hall' }, company.key('vera'));
    expect(refusal.message).toBe(
      'lamps.burn needs lamps:burn, and none of your grants in force holds it. Roles that allow it: admin, owner. Roles that may give one: admin, owner.',
    );
    expect(refusal.extras).toMatchObject({ permission: 'lamps:burn', risk: 'high', roles: ['admin', 'owner'], grantedBy: ['admin', 'owner'] });
    expect(refusal.message).not.toMatch(/@|Olivia|Adam/);
  });

  test('governance 25: Given a custom role with maxRisk write, when a high Operation it names is called, then 403', async () => {
    await only('vera', { patterns: ['lamps:*'], maxRisk: 'write' });
    const refusal = await company.refused(lampsBurn, { name: 'hall' }, company.key('vera'));
    expect([refusal.slug, refusal.message]).toEqual(['permission-denied', expect.stringContaining('stop before: test_vera (up to write)')]);
    await company.done(lampsName, { name: 'hall' }, company.key('vera'));
  });

  test('governance 18: Given ops scoped to lab, when a prod thing is written, then 403 scope-denied, and one of lab is written', async () => {
    await only('vera', { patterns: ['lamps:*'], scope: { any: [{ environments: ['lab'] }] } });
    await company.done(lampsName, { name: 'one', environment: 'lab' }, company.key('vera'));
    expect(await company.slugOf(lampsName, { name: 'two', environment: 'prod' }, company.key('vera'))).toBe('scope-denied');
    expect(await company.slugOf(lampsName, { name: 'three' }, company.key('vera'))).toBe('scope-denied');
    expect(server.calls).toEqual(['name one']);
  });

  test('governance 19: Given approver only, when a write Operation is called, then 403; when a Change is viewed, then 200', async () => {
    expect(await company.slugOf(lampsName, { name: 'hall' }, company.key('priya'))).toBe('permission-denied');
    const passed = await company.call(lampsBurn, { name: 'hall' }, company.key('adam'));
    if (passed.status !== 'accepted') throw new Error('it should wait');
    expect(await company.done(changesGet, { id: passed.change.id }, company.key('priya'))).toMatchObject({ state: 'awaiting_approval' });
  });

  test('governance 20: Given a user with no Scope, when listing, then an empty page, not all', async () => {
    await only('vera', { patterns: ['users:read'], scope: { any: [] } });
    expect(await company.done(membersList, {}, company.key('vera'))).toEqual({ items: [], nextCursor: null });
    const self = await company.idOf('vera');
    await only('vera', { patterns: ['users:read'], scope: { any: [{ type: 'member', ids: [self] }] } });
    expect((await company.done(membersList, {}, company.key('vera'))).items.map(({ id }) => id)).toEqual([self]);
    await only('vera', { patterns: ['users:read'], scope: { any: [{ type: 'server' }, { environments: ['lab'] }] } });
    expect((await company.done(membersList, {}, company.key('vera'))).items).toEqual([]);
  });

  test('governance 24: Given a grant with validUntil in the past, when used, then 403; to the second, though rights are remembered', async () => {
    await only('vera', { patterns: ['lamps:*'] });
    await company.sql('update grants set valid_until = $1 where subject_id = $2 and revoked_at is null', [
      new Date(company.clock.at.getTime() + 10_000),
      await company.idOf('vera'),
    ]);
    await company.done(lampsName, { name: 'hall' }, company.key('vera'));
    company.clock.pass(9_999);
    await company.done(lampsName, { name: 'hall' }, company.key('vera'));
    company.clock.pass(1);
    expect(await company.slugOf(lampsName, { name: 'hall' }, company.key('vera'))).toBe('permission-denied');
  });

  test('a grant of another tenant opens nothing here', async () => {
    expect(await company.slugOf(lampsName, { name: 'hall' }, company.key('gustav'), { tenant: 'acme' })).toBe('tenant-not-found');
    await company.sql(`update grants set revoked_at = now() where tenant_id = $1 and subject_id = $2`, [acme, await company.idOf('priya')]);
    company.clock.pass(31_000);
    expect(await company.slugOf(changesGet, { id: 'CHG-1' }, company.key('priya'))).toBe('permission-denied');
    await company.databases.platform('test', async (db) =>
      seedGrant(db, { tenantId: acme, personId: await company.idOf('priya'), role: 'approver', reason: 'back' }, company.clock.at),
    );
    company.clock.pass(31_000);
  });

  test('who is no active member has no rights, whatever grants are left', async () => {
    await only('vera', { patterns: ['lamps:*'] });
    await company.sql(`update members set status = 'suspended' where tenant_id = $1 and id = $2`, [acme, await company.idOf('vera')]);
    company.clock.pass(31_000);
    expect(await company.slugOf(lampsName, { name: 'hall' }, company.key('vera'))).toBe('membership-suspended');
    const actor = {
      ...(await company.iam.authenticate({ credentials: company.key('olivia'), ip: null, surface: 'rest' })),
      id: await company.idOf('vera'),
    };
    const asked = company.databases.tenant({ tenantId: acme }, (db) => company.iam.permit(db, actor, { name: 'lamps.get', permission: 'lamps:read', risk: 'read' })); // prettier-ignore
    await expect(asked).rejects.toMatchObject({ slug: 'permission-denied' });
    await company.sql(`update members set status = 'active' where tenant_id = $1`, [acme]);
    company.clock.pass(31_000);
  });

  test('parts of the system and strangers have no rights of their own', async () => {
    const actor = {
      kind: 'system' as const,
      id: 'system:dns',
      name: 'dns',
      email: null,
      tenantId: acme,
      tenantSlug: 'acme',
      credentialId: null,
      permissionCap: null,
      ip: null,
    };
    const asked = (kind: 'system' | 'anonymous') =>
      company.databases.tenant({ tenantId: acme }, (db) =>
        company.iam.permit(db, { ...actor, kind }, { name: 'lamps.get', permission: 'lamps:read', risk: 'read' }),
      );
    for (const kind of ['system', 'anonymous'] as const) await expect(asked(kind)).rejects.toThrow(/none of your grants/);
  });

  test('while rights are remembered, the database is not asked', async () => {
    const actor = await company.iam.authenticate({ credentials: company.key('dana'), ip: null, surface: 'rest' });
    const wanted = { name: 'changes.get', permission: 'changes:read', risk: 'read' as const };
    await company.databases.tenant({ tenantId: acme }, (db) => company.iam.permit(db, actor, wanted));
    const reach = await company.iam.permit(undefined as never, actor, wanted);
    expect(reach).toEqual([{ grantId: expect.any(String), scope: { all: true } }]);
  });

  test('what is read while a change of rights is under way is not remembered beyond it', async () => {
    await only('vera', { patterns: ['lamps:read'] });
    const wanted = { name: 'lamps.name', permission: 'lamps:name', risk: 'write' as const };
    const actor = await company.iam.authenticate({ credentials: company.key('vera'), ip: null, surface: 'rest' });
    const may = () => company.databases.tenant({ tenantId: acme }, (db) => company.iam.permit(db, actor, wanted)).then(() => true, () => false); // prettier-ignore
    await company.databases.tenant({ tenantId: acme }, async (db) => {
      await db.$client.query(`update roles set patterns = '{lamps:*}' where key = 'test_vera'`);
      (company.adapters.get(RightsChanged.port) as RightsChanged).changing(acme);
      expect(await may()).toBe(false); // sees the old rows, beside the open transaction
    });
    expect(await may()).toBe(true);
  });
});
