import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { createCompany, type Company } from '#test/company.ts';
import { invoiceModule } from '#test/invoices.ts';
import { LampPort, lampModule, lampsBurn, lampServer, lampsName } from '#test/lamps.ts';
import {
  grantsCreate, rolesCompare, rolesCreate, rolesDelete, rolesDuplicate, rolesExport, rolesGet, rolesImport, rolesList, rolesPermissionsChange,
  rolesPermissionsReplace, rolesUpdate,
} from './index.ts'; // prettier-ignore
import { seedGrant } from './roles.ts';

let company: Company;
let acme: string;
let roles: Map<string, string>;
const ids = async (as = 'olivia') => new Map((await company.done(rolesList, { limit: 200 }, company.key(as))).items.map(({ key, id }) => [key, id]));
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule, invoiceModule], adapters: [provide(LampPort, lampServer())], works: true });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  roles = await ids();
});
afterAll(() => company.close());

const draft = (key: string, given: object = {}) => ({ key, name: key, level: 50, maxRisk: 'high', patterns: ['lamps:name'], ...given });
const slug = (operation: Operation, input: object, as = 'adam', envelope = {}) => company.slugOf(operation, input, company.key(as), { envelope });
/** Asked for by one person, agreed to by another, carried out. */
const changed = async (operation: Operation, input: object, as = 'adam') =>
  company.carriedOut(await company.call(operation, input, company.key(as)), company.key('priya'));
async function made(key: string, given: object = {}): Promise<string> {
  expect((await changed(rolesCreate, draft(key, given))).state).toBe('succeeded');
  return (await ids()).get(key)!;
}
const holds = (name: string, role: string, scope: Scope = { all: true }) =>
  company.databases.platform('test', async (db) => {
    await seedGrant(db, { tenantId: acme, personId: await company.idOf(name), role, scope, reason: 'test' }, company.clock.at);
    company.clock.pass(31_000);
  });
const lets = (name: string) => company.call(lampsName, { name: 'hall' }, company.key(name)).then(() => true, () => false); // prettier-ignore

describe('making a role', () => {
  test('waits for somebody else and then is there, with what it was made from', async () => {
    const id = await made('lamp_namer', { cloneFrom: roles.get('viewer'), requiresMfa: true });
    expect(await company.done(rolesGet, { id }, company.key('olivia'))).toMatchObject({
      key: 'lamp_namer', level: 50, system: false, assignable: true, requiresMfa: true, clonedFrom: roles.get('viewer'), permissions: ['lamps:name'], members: 0, version: 1,
    }); // prettier-ignore
    expect(await slug(rolesCreate, draft('lamp_namer'))).toBe('name-taken');
  });

  test('governance 23: Given an admin without a permission, when creating a role with it, then 403 grant-escalation', async () => {
    for (const patterns of [['tenants:delete'], ['tenants:*'], ['*'], ['lamps:name', '*:delete']])
      expect([patterns, await slug(rolesCreate, draft('too_much', { patterns }))]).toEqual([patterns, 'grant-escalation']);
    expect((await company.call(rolesCreate, draft('too_much', { patterns: ['tenants:*'] }), company.key('olivia'))).status).toBe('accepted');
  });

  test('with a level above one’s own, or a permission that does not exist, is refused', async () => {
    expect(await slug(rolesCreate, draft('above', { level: 9 }))).toBe('grant-escalation');
    expect(await slug(rolesCreate, draft('above', { level: 1 }), 'olivia')).toBe('validation-failed');
    const refusal = await company.refused(rolesCreate, draft('odd', { patterns: ['lamps:name', 'sails:hoist', 'lamp:*'] }), company.key('adam'));
    expect([refusal.slug, refusal.extras.errors?.map(({ pointer }) => pointer)]).toEqual(['permission-unknown', ['/patterns/1', '/patterns/2']]);
  });

  test('mass assignment: nothing but what the form has is taken', async () => {
    for (const field of ['id', 'system', 'assignable', 'tenantId', 'version', 'members', 'clonedFrom'])
      expect([field, await slug(rolesCreate, draft('plain', { [field]: true }))]).toEqual([field, 'validation-failed']);
    const id = (await ids()).get('lamp_namer')!;
    for (const field of ['key', 'system', 'assignable', 'tenantId', 'version'])
      expect([field, await slug(rolesUpdate, { id, [field]: 'admin' })]).toEqual([field, 'validation-failed']);
    expect(await slug(rolesCreate, draft('plain', { patterns: Array.from({ length: 201 }, (_, index) => `lamps:a${index}`) }))).toBe(
      'validation-failed',
    );
  });

  test('a tenant has no more than a hundred roles of its own', async () => {
    await company.sql(
      `insert into roles (tenant_id, id, key, name, level, patterns, max_risk) select $1, gen_random_uuid(), 'filler_' || n, 'x', 50, '{lamps:read}', 'read' from generate_series(1, 100) n`,
      [acme],
    );
    expect(await slug(rolesCreate, draft('one_more'))).toBe('role-limit-reached');
    await company.sql(`delete from roles where key like 'filler_%'`);
  });

  test('without roles:write it is refused, and roles of another tenant are not found', async () => {
    expect(await slug(rolesCreate, draft('mine'), 'dana')).toBe('permission-denied');
    const id = (await ids()).get('lamp_namer')!;
    for (const [operation, input] of [
      [rolesUpdate, { name: 'Ours' }],
      [rolesDelete, {}],
      [rolesDuplicate, { key: 'stolen' }],
      [rolesPermissionsChange, { add: ['lamps:burn'] }],
      [rolesPermissionsReplace, { patterns: ['*'] }],
    ] as const)
      expect([operation.name, await slug(operation as Operation, { id, ...input }, 'gustav')]).toEqual([operation.name, 'not-found']);
    expect(await slug(rolesExport, { ids: [id] }, 'gustav')).toBe('not-found');
    expect(await slug(rolesCompare, { ids: [id, roles.get('admin')] }, 'gustav')).toBe('not-found');
  });
});

describe('editing a role', () => {
  test('platform 72: Given a role change, when the holder calls 1 s later, then the new rights apply', async () => {
    const id = await made('reader', { patterns: ['lamps:read'] });
    await holds('vera', 'reader');
    expect(await lets('vera')).toBe(false);
    expect((await changed(rolesPermissionsChange, { id, add: ['lamps:name'] })).state).toBe('succeeded');
    expect(await lets('vera')).toBe(true);
    expect((await changed(rolesPermissionsReplace, { id, patterns: ['lamps:read'] })).state).toBe('succeeded');
    expect(await lets('vera')).toBe(false);
  });

  test('platform 70: Given a custom role in use, when deleted, then 409 with the count; when edited, then the preview names who gains what', async () => {
    const id = (await ids()).get('reader')!;
    const refusal = await company.refused(rolesDelete, { id }, company.key('adam'));
    expect([refusal.slug, refusal.kind.status, refusal.extras['count']]).toEqual(['role-in-use', 409, 1]);
    const planned = await company.call(rolesUpdate, { id, patterns: ['lamps:name'] }, company.key('adam'), { envelope: { dryRun: true } });
    if (planned.status !== 'planned') throw new Error('it should only be planned');
    expect(planned.plan.summary).toContain('for 1 person');
    expect(planned.plan.changes).toContainEqual({
      action: 'update', type: 'member', id: await company.idOf('vera'), name: 'Vera Lind', fields: [{ path: 'gains', after: ['lamps:name'] }, { path: 'loses', before: ['lamps:read'] }],
    }); // prettier-ignore
    expect(planned.plan.facts).toMatchObject({ people: 1, gained: ['lamps:name'], lost: ['lamps:read'] });
  });

  test('the preview leaves out what people hold by another role anyhow', async () => {
    const id = (await ids()).get('reader')!;
    await holds('vera', 'lamp_namer');
    const planned = await company.call(rolesUpdate, { id, patterns: ['lamps:name'] }, company.key('adam'), { envelope: { dryRun: true } });
    expect(planned.status === 'planned' && planned.plan.changes.find(({ type }) => type === 'member')?.fields).toEqual([
      { path: 'loses', before: ['lamps:read'] },
    ]);
  });

  test('the preview names who holds it by another role too, but over less', async () => {
    const id = (await ids()).get('reader')!;
    await company.sql(
      `update grants set scope = '{"any":[{"environments":["lab"]}]}' where role_id = (select id from roles where key = 'lamp_namer')`,
    );
    const planned = await company.call(rolesUpdate, { id, patterns: ['lamps:name'] }, company.key('adam'), { envelope: { dryRun: true } });
    expect(planned.status === 'planned' && planned.plan.changes.find(({ type }) => type === 'member')?.fields).toEqual([
      { path: 'gains', after: ['lamps:name'] },
      { path: 'loses', before: ['lamps:read'] },
    ]);
  });

  test('system roles stay as they are', async () => {
    const id = roles.get('viewer')!;
    for (const [operation, input] of [
      [rolesUpdate, { name: 'Guests' }],
      [rolesDelete, {}],
      [rolesPermissionsChange, { add: ['lamps:name'] }],
      [rolesPermissionsReplace, { patterns: ['lamps:name'] }],
    ] as const)
      expect([operation.name, await slug(operation as Operation, { id, ...input }, 'olivia')]).toEqual([operation.name, 'role-is-system']);
  });

  test('escalation by editing: not a role that one holds, not for holders with more reach, not above one’s level', async () => {
    const id = await made('keepers', { patterns: ['roles:*', 'lamps:read', 'lamps:name', 'changes:*'], level: 40 });
    await holds('dana', 'keepers', { any: [{ type: 'role' }, { environments: ['lab'] }] });
    expect(await slug(rolesPermissionsChange, { id, add: ['lamps:burn'] }, 'dana')).toBe('grant-escalation');
    const other = await made('readers_two', { patterns: ['lamps:read'], level: 60 });
    await holds('dana', 'readers_two');
    expect(await slug(rolesPermissionsChange, { id: other, add: ['lamps:name'] }, 'dana')).toBe('self-grant-forbidden');
    await company.sql(`delete from grants where role_id = $1`, [other]);
    await holds('vera', 'readers_two');
    expect(await slug(rolesPermissionsChange, { id: other, add: ['lamps:name'] }, 'dana')).toBe('grant-escalation');
    await company.sql(`update grants set scope = '{"any":[{"environments":["lab"]}]}' where role_id = $1`, [other]);
    expect((await company.call(rolesPermissionsChange, { id: other, add: ['lamps:name'] }, company.key('dana'))).status).toBe('accepted');
    const high = await made('high_up', { patterns: ['lamps:read'], level: 12 });
    expect(await slug(rolesUpdate, { id: high, name: 'Mine now' }, 'dana')).toBe('grant-escalation');
    expect(await slug(rolesDelete, { id: high }, 'dana')).toBe('grant-escalation');
    expect(await slug(rolesUpdate, { id: other, level: 2 }, 'dana')).toBe('grant-escalation');
    await company.sql(`update grants set revoked_at = now() where role_id = any($1)`, [[id, other]]);
    company.clock.pass(31_000);
  });

  test('raising the highest risk gives as much as adding a permission does', async () => {
    const id = await made('careful', { patterns: ['lamps:*'], maxRisk: 'write' });
    await holds('vera', 'careful');
    await company.sql(`update grants set scope = '{"any":[{"type":"role"}]}' where tenant_id = $1 and subject_id = $2`, [
      acme,
      await company.idOf('adam'),
    ]);
    company.clock.pass(31_000);
    expect(await slug(rolesUpdate, { id, maxRisk: 'high' })).toBe('grant-escalation');
    await company.sql(`update grants set scope = '{"all":true}' where tenant_id = $1 and subject_id = $2`, [acme, await company.idOf('adam')]);
    company.clock.pass(31_000);
    expect(await company.slugOf(lampsBurn, { name: 'hall' }, company.key('vera'))).toBe('permission-denied');
    expect((await changed(rolesUpdate, { id, maxRisk: 'high' })).state).toBe('succeeded');
    expect((await company.call(lampsBurn, { name: 'hall' }, company.key('vera'))).status).toBe('accepted');
  });

  test('an edit of another version is refused; so is what would leave nothing', async () => {
    const id = (await ids()).get('lamp_namer')!;
    const { version } = await company.done(rolesGet, { id }, company.key('adam'));
    expect(await slug(rolesUpdate, { id, name: 'Other' }, 'adam', { ifMatch: `"${version - 1}"` })).toBe('version-conflict');
    expect(await slug(rolesPermissionsChange, { id, remove: ['lamps:name'] })).toBe('validation-failed');
    const first = await company.call(rolesUpdate, { id, name: 'First' }, company.key('adam'));
    const second = await company.call(rolesUpdate, { id, name: 'Second' }, company.key('adam'));
    expect((await company.carriedOut(first, company.key('priya'))).state).toBe('succeeded');
    expect((await company.carriedOut(second, company.key('priya'))).state).toBe('stale');
    expect(await company.done(rolesGet, { id }, company.key('adam'))).toMatchObject({ name: 'First', version: version + 1 });
  });

  test('what nobody holds any more is deleted, with the grants of it that are over', async () => {
    const id = (await ids()).get('careful')!;
    await company.sql(`update grants set revoked_at = now() where role_id = $1`, [id]);
    expect((await changed(rolesDelete, { id })).state).toBe('succeeded');
    expect(await slug(rolesGet, { id })).toBe('not-found');
  });
});

describe('giving roles of one’s own', () => {
  test('platform 68: Given developer (20) with grants:write through a custom role, when assigning billing_admin (50), then 403 grant-escalation', async () => {
    await made('grantor', { patterns: ['grants:*', 'users:read', 'changes:*'], level: 60 });
    await holds('dana', 'grantor');
    const wish = (role: string) => ({ subjectId: '', roleId: roles.get(role), scope: { all: true }, reason: 'the test asks' });
    const subjectId = await company.idOf('vera');
    expect(await slug(grantsCreate, { ...wish('billing_admin'), subjectId }, 'dana')).toBe('grant-escalation');
    expect((await company.call(grantsCreate, { ...wish('viewer'), subjectId }, company.key('dana'))).status).toBe('accepted');
  });
});

describe('carrying roles', () => {
  test('a copy is the tenant’s own, no higher than who makes it', async () => {
    const { id, ...copy } = await company.done(rolesDuplicate, { id: roles.get('owner'), key: 'almost_owner' }, company.key('olivia'));
    expect(copy).toMatchObject({ system: false, assignable: true, level: 2, clonedFrom: roles.get('owner'), patterns: ['*'] });
    expect(await slug(rolesDuplicate, { id: roles.get('owner'), key: 'admins_owner' })).toBe('grant-escalation');
    expect(await company.done(rolesDuplicate, { id: roles.get('viewer'), key: 'guests', name: 'Guests' }, company.key('adam'))).toMatchObject({
      name: 'Guests',
      level: 90,
    });
    expect((await company.done(rolesGet, { id }, company.key('olivia'))).members).toBe(0);
  });

  test('two or more are compared permission by permission', async () => {
    const { permissions, roles: compared } = await company.done(
      rolesCompare,
      { ids: [`${roles.get('viewer')},${roles.get('developer')}`] },
      company.key('adam'),
    );
    expect(compared.map(({ key }) => key)).toEqual(['viewer', 'developer']);
    expect(permissions.find(({ permission }) => permission === 'changes:apply')).toEqual({
      permission: 'changes:apply',
      roles: ['developer'],
      differs: true,
    });
    expect(permissions.find(({ permission }) => permission === 'changes:read')).toMatchObject({ roles: ['viewer', 'developer'], differs: false });
    expect(await slug(rolesCompare, { ids: [roles.get('viewer')] })).toBe('validation-failed');
  });

  test('platform 71: Given a role import with an unknown permission, when dry run, then 422 listing it and nothing changed', async () => {
    const document = {
      format: 'switchyard/roles', version: 1,
      roles: [{ ...draft('fine'), description: '', requiresMfa: false }, { ...draft('odd', { patterns: ['lamps:name', 'sails:hoist', 'masts:*'] }), description: '', requiresMfa: false }],
    }; // prettier-ignore
    const refusal = await company.refused(rolesImport, { document }, company.key('adam'), { envelope: { dryRun: true } });
    expect([refusal.slug, refusal.kind.status]).toEqual(['permission-unknown', 422]);
    expect(refusal.extras.errors?.map(({ pointer }) => pointer)).toEqual(['/document/roles/1/patterns/1', '/document/roles/1/patterns/2']);
    expect([...(await ids()).keys()]).not.toContain('fine');
  });

  test('what is exported here is imported there, and again changes nothing', async () => {
    const { document } = await company.done(
      rolesExport,
      { ids: [(await ids()).get('lamp_namer')!, (await ids()).get('guests')!] },
      company.key('adam'),
    );
    expect(JSON.stringify(document)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    const passed = await company.call(rolesImport, { document }, company.key('gustav'));
    const priya = (await company.signIn('priya', { slug: 'globex' })).token!;
    await company.carriedOut(passed, { kind: 'bearer', token: priya });
    expect([...(await ids('gustav')).keys()]).toEqual(expect.arrayContaining(['lamp_namer', 'guests']));
    expect(await slug(rolesImport, { document }, 'gustav')).toBe('name-taken');
    const again = await company.call(rolesImport, { document, replace: true }, company.key('gustav'));
    await company.carriedOut(again, { kind: 'bearer', token: priya });
    const id = (await ids('gustav')).get('guests')!;
    expect((await company.done(rolesGet, { id }, company.key('gustav'))).version).toBe(1);
  });

  test('escalation by import: no system role, no level or permission beyond one’s own, nothing twice, no field more', async () => {
    const role = { ...draft('sly'), description: '', requiresMfa: false };
    const bring = (given: object[], more: object = {}) =>
      slug(rolesImport, { document: { format: 'switchyard/roles', version: 1, roles: given, ...more }, replace: true });
    expect(await bring([{ ...role, key: 'viewer' }])).toBe('role-is-system');
    expect(await bring([{ ...role, patterns: ['*'] }])).toBe('grant-escalation');
    expect(await bring([{ ...role, level: 3 }])).toBe('grant-escalation');
    expect(await bring([role, role])).toBe('validation-failed');
    expect(await bring([{ ...role, system: true }])).toBe('validation-failed');
    expect(await bring([role], { tenantId: acme })).toBe('validation-failed');
    const id = (await ids()).get('lamp_namer')!;
    await holds('adam', 'lamp_namer');
    expect(await bring([{ ...role, key: 'lamp_namer', patterns: ['lamps:*'] }])).toBe('self-grant-forbidden');
    await company.sql(`update grants set revoked_at = now() where role_id = $1`, [id]);
    company.clock.pass(31_000);
  });
});
