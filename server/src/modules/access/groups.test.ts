import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '#kernel/gate.ts';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { membersList } from '#modules/tenancy/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { accessExplain, accessWhoCan, grantsCreate, groupsCreate, groupsDelete, groupsGet, groupsList, groupsUpdate, rolesList } from './index.ts';
import { seedGrant } from './roles.ts';

let company: Company;
let acme: string;
let vera: string;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())], works: true });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  vera = await company.idOf('vera');
  await company.sql(
    `insert into roles (tenant_id, id, key, name, level, patterns, max_risk) values ($1, gen_random_uuid(), 'namer', 'Namer', 50, '{lamps:name,users:read}', 'write')`,
    [acme],
  );
  await company.sql(
    `insert into roles (tenant_id, id, key, name, level, patterns, max_risk) values ($1, gen_random_uuid(), 'grouper', 'Grouper', 50, '{groups:*}', 'high')`,
    [acme],
  );
});
afterAll(() => company.close());

const lamp = (id: string) => ({ type: 'lamp', id });
const slug = (operation: Operation, input: object, as = 'adam', envelope = {}) => company.slugOf(operation, input, company.key(as), { envelope });
const group = (name: string, given: object = {}, as = 'adam') => company.done(groupsCreate, { name, ...given }, company.key(as));
const carried = async (operation: Operation, input: object, as = 'adam') =>
  company.carriedOut(await company.call(operation, input, company.key(as)), company.key('priya'));
/** The only grant of somebody: a role within groups. */
async function reaches(name: string, role: string, scope: Scope): Promise<void> {
  const personId = await company.idOf(name);
  await company.sql('update grants set revoked_at = now() where tenant_id = $1 and subject_id = $2', [acme, personId]);
  await company.databases.platform('test', (db) => seedGrant(db, { tenantId: acme, personId, role, scope, reason: 'test' }, company.clock.at));
  company.clock.pass(31_000);
}
const lets = (name: string, environment?: string, as: string | Credentials = 'vera') =>
  company.call(lampsName, { name, ...(environment ? { environment } : {}) }, typeof as === 'string' ? company.key(as) : as).then(() => true, () => false); // prettier-ignore

describe('groups in Scopes', () => {
  test('governance 22: Given a group gains a device, when the grantee calls it, then it works within 1 s, without relogin; removal likewise', async () => {
    const { id } = await group('Halls', { members: [lamp('north')] });
    await reaches('vera', 'namer', { any: [{ groups: [id] }] });
    const session = bearer((await company.signIn('vera')).token!);
    expect([await lets('north', undefined, session), await lets('south', undefined, session)]).toEqual([true, false]);
    expect((await carried(groupsUpdate, { id, members: [lamp('north'), lamp('south')] })).state).toBe('succeeded');
    expect([await lets('north', undefined, session), await lets('south', undefined, session)]).toEqual([true, true]);
    expect((await carried(groupsUpdate, { id, members: [lamp('south')] })).state).toBe('succeeded');
    expect([await lets('north', undefined, session), await lets('south', undefined, session)]).toEqual([false, true]);
  });

  test('a change of a group in one process is felt in another, whose clock stands still', async () => {
    const second = await createCompany({ beside: company, modules: [lampModule], adapters: [provide(LampPort, lampServer())] });
    try {
      second.clock.at = company.clock.at;
      const token = bearer(company.login('vera').apiKey);
      const asks = () => second.call(lampsName, { name: 'cellar' }, token).then(() => true, () => false); // prettier-ignore
      expect(await asks()).toBe(false);
      const { items } = await company.done(groupsList, { q: 'hall' }, company.key('adam'));
      await carried(groupsUpdate, { id: items[0]!.id, members: [lamp('south'), lamp('cellar')] });
      await expect.poll(asks, { timeout: 60_000 }).toBe(true);
    } finally {
      await second.close();
    }
  });

  test('fields of a clause narrow what its groups hold; selectors and groups within count', async () => {
    const inner = await group('Lab lamps', { selector: { type: 'lamp', environments: ['lab'] } });
    const outer = await group('All of it', { members: [lamp('one')], groups: [inner.id] });
    await reaches('vera', 'namer', { any: [{ groups: [outer.id] }] });
    expect([await lets('one', 'prod'), await lets('two', 'lab'), await lets('two', 'prod')]).toEqual([true, true, false]);
    await reaches('vera', 'namer', { any: [{ groups: [outer.id], environments: ['lab'] }] });
    expect([await lets('one', 'prod'), await lets('one', 'lab'), await lets('two', 'lab')]).toEqual([false, true, true]);
    await reaches('vera', 'namer', { any: [{ type: 'door', groups: [outer.id] }] });
    expect(await lets('one', 'lab')).toBe(false);
  });

  test('lists, explanations and who can see through groups', async () => {
    const { id } = await group('One person', { members: [{ type: 'member', id: vera }, lamp('lone')] });
    await reaches('vera', 'namer', { any: [{ groups: [id] }] });
    expect((await company.done(membersList, {}, company.key('vera'))).items.map((one) => one.id)).toEqual([vera]);
    const told = (target: object) =>
      company.done(accessExplain, { subjectId: vera, operation: 'lamps.name', targets: [target] }, company.key('olivia'));
    expect([(await told(lamp('lone'))).allowed, (await told(lamp('other'))).stage]).toEqual([true, 'scope']);
    const who = async (targetId: string) =>
      (await company.done(accessWhoCan, { operation: 'lamps.name', targetType: 'lamp', targetId }, company.key('olivia'))).items.map((one) => one.id);
    expect([(await who('lone')).includes(vera), (await who('other')).includes(vera)]).toEqual([true, false]);
  });

  test('a group that holds nothing, or that is gone, reaches nothing', async () => {
    const { id } = await group('Nothing');
    await reaches('vera', 'namer', { any: [{ groups: [id] }] });
    expect(await lets('one')).toBe(false);
    await reaches('vera', 'namer', { any: [{ groups: [crypto.randomUUID()] }] });
    expect(await lets('one')).toBe(false);
  });

  test('a grant cannot name a group that the tenant does not have', async () => {
    const roleId = (await company.done(rolesList, {}, company.key('adam'))).items.find(({ key }) => key === 'viewer')!.id;
    const theirs = (await company.done(groupsCreate, { name: 'Theirs' }, company.key('gustav'))).id;
    for (const id of [crypto.randomUUID(), theirs])
      expect(await slug(grantsCreate, { subjectId: vera, roleId, scope: { any: [{ groups: [id] }] }, reason: 'the test asks' })).toBe(
        'validation-failed',
      );
  });
});

describe('changing groups', () => {
  test('one that nobody’s grant names is changed at once; one that others’ grants name waits for somebody else', async () => {
    const { id, version } = await group('Quiet');
    expect((await company.call(groupsUpdate, { id, description: 'Nobody minds' }, company.key('adam'))).status).toBe('done');
    await reaches('vera', 'namer', { any: [{ groups: [id] }] });
    const planned = await company.call(groupsUpdate, { id, members: [lamp('x')] }, company.key('adam'), { envelope: { dryRun: true } });
    expect(planned).toMatchObject({ status: 'planned', risk: 'high', requirements: [{ rule: 'baseline/high-risk' }] });
    expect(planned.status === 'planned' && planned.plan.changes[1]).toMatchObject({ type: 'member', name: 'Vera Lind' });
    expect((await company.call(groupsUpdate, { id, name: 'Very quiet' }, company.key('adam'))).status).toBe('done');
    expect(await slug(groupsUpdate, { id, name: 'Late' }, 'adam', { ifMatch: String(version) })).toBe('version-conflict');
    expect(await company.done(groupsGet, { id }, company.key('adam'))).toMatchObject({ usedBy: 1, name: 'Very quiet' });
  });

  test('escalation by group: not what one reaches through, not what one could not grant, not for those above', async () => {
    const { id } = await group('Bait', { members: [lamp('mine')] });
    await company.databases.platform('test', async (db) =>
      seedGrant(db, { tenantId: acme, personId: await company.idOf('dana'), role: 'grouper', reason: 'test' }, company.clock.at),
    );
    await company.databases.platform('test', async (db) =>
      seedGrant(
        db,
        { tenantId: acme, personId: await company.idOf('dana'), role: 'namer', scope: { any: [{ groups: [id] }] }, reason: 'test' },
        company.clock.at,
      ),
    );
    await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [vera]);
    company.clock.pass(31_000);
    expect(await slug(groupsUpdate, { id, members: [lamp('mine'), lamp('all')] }, 'dana')).toBe('self-grant-forbidden');
    expect(await slug(groupsUpdate, { id, selector: { type: 'lamp' } }, 'dana')).toBe('self-grant-forbidden');
    const child = await group('Child', { selector: { type: 'lamp' } }, 'dana');
    expect(await slug(groupsUpdate, { id, groups: [child.id] }, 'dana')).toBe('self-grant-forbidden');
    await company.sql(`update grants set revoked_at = now() where subject_id = $1 and scope::text like '%groups%'`, [await company.idOf('dana')]);
    await reaches('vera', 'namer', { any: [{ groups: [id] }] });
    expect(await slug(groupsUpdate, { id, members: [lamp('mine'), lamp('all')] }, 'dana')).toBe('grant-escalation');
    await reaches('vera', 'admin', { any: [{ groups: [id] }] });
    expect(await slug(groupsUpdate, { id, members: [] }, 'dana')).toBe('grant-escalation');
    expect((await company.call(groupsUpdate, { id, members: [] }, company.key('adam'))).status).toBe('accepted');
    await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [vera]);
    company.clock.pass(31_000);
  });

  test('escalation from within: a group inside one that grants name is as guarded', async () => {
    const inner = await group('Inner');
    const outer = await group('Outer', { groups: [inner.id] });
    await reaches('vera', 'namer', { any: [{ groups: [outer.id] }] });
    expect(await slug(groupsUpdate, { id: inner.id, members: [lamp('all')] }, 'dana')).toBe('grant-escalation');
    expect(await slug(groupsUpdate, { id: inner.id, members: [lamp('all')] }, 'vera')).toBe('permission-denied');
  });

  test('groups hold groups three deep, and never themselves', async () => {
    const c = await group('C');
    const b = await group('B', { groups: [c.id] });
    const a = await group('A', { groups: [b.id] });
    expect(await slug(groupsCreate, { name: 'Too deep', groups: [a.id] })).toBe('validation-failed');
    for (const [id, children] of [
      [c.id, [c.id]],
      [c.id, [a.id]],
      [b.id, [a.id]],
      [a.id, [crypto.randomUUID()]],
    ] as const)
      expect(await slug(groupsUpdate, { id, groups: children })).toBe('validation-failed');
    expect(await slug(groupsDelete, { id: c.id })).toBe('group-in-use');
    for (const id of [a.id, b.id, c.id]) await company.done(groupsDelete, { id }, company.key('adam'));
  });

  test('a group that a grant names is not deleted; names are taken once; nothing but the form is taken', async () => {
    const { id } = await group('Used');
    await reaches('vera', 'namer', { any: [{ groups: [id] }] });
    const refusal = await company.refused(groupsDelete, { id }, company.key('adam'));
    expect([refusal.slug, refusal.extras['count']]).toEqual(['group-in-use', 1]);
    expect(await slug(groupsCreate, { name: 'Used' })).toBe('name-taken');
    expect(await slug(groupsCreate, { name: 'Everything', selector: {} })).toBe('validation-failed');
    for (const field of ['id', 'tenantId', 'version', 'owner'])
      expect([field, await slug(groupsCreate, { name: 'Plain', [field]: 'x' })]).toEqual([field, 'validation-failed']);
  });

  test('another tenant’s groups are not found, and nobody without groups:write makes one', async () => {
    const { id } = await group('Ours');
    for (const operation of [groupsGet, groupsUpdate, groupsDelete]) expect(await slug(operation as Operation, { id }, 'gustav')).toBe('not-found');
    expect((await company.done(groupsList, {}, company.key('gustav'))).items.map(({ name }) => name)).toEqual(['Theirs']);
    expect(await slug(groupsCreate, { name: 'Mine' }, 'aldo')).toBe('permission-denied');
  });
});
