import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '#kernel/gate.ts';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import { grantsCreate, grantsList, grantsRevoke, rolesList } from '#modules/access/index.ts';
import { changesApprove, changesCancel, changesGet } from '#modules/governance/index.ts';
import { membersRemove } from '#modules/tenancy/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampsBurn, lampServer, lampsName } from '#test/lamps.ts';
import {
  apiKeysCreate, apiKeysList, apiKeysRevoke, apiKeysRotate, apiKeysUpdate, authLogin, authMe, serviceAccountsCreate, serviceAccountsDelete, serviceAccountsGet, serviceAccountsList, serviceAccountsUpdate,
} from '../index.ts'; // prettier-ignore
import { authSignup } from '../registration/index.ts';

let company: Company;
let roles: Map<string, string>;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())], works: true });
  roles = new Map((await company.done(rolesList, {}, company.key('olivia'))).items.map(({ key, id }) => [key, id]));
});
afterAll(() => company.close());

const slug = async (operation: Operation, input: object, name = 'adam') => company.slugOf(operation, input, company.key(name));
const as = async (name: string): Promise<Credentials> => bearer((await company.signIn(name)).token!);
const carried = async (operation: Operation, input: object, name = 'adam', approver = 'priya') =>
  company.carriedOut(await company.call(operation, input, company.key(name)), company.key(approver));
const accounts = async () => (await company.done(serviceAccountsList, {}, company.key('olivia'))).items;
async function made(name: string, given: object = {}, role?: string): Promise<string> {
  expect((await carried(serviceAccountsCreate, { name, ...given })).state).toBe('succeeded');
  const { id } = (await accounts()).find((one) => one.name === name)!;
  if (role)
    expect(
      (await carried(grantsCreate, { subjectId: id, roleId: roles.get(role), scope: { all: true }, reason: 'the test asks' }, 'olivia')).state,
    ).toBe('succeeded');
  return id;
}
const keyFor = async (serviceAccountId: string, name = 'adam', given: object = {}) =>
  bearer((await company.done(apiKeysCreate, { name: 'machine', serviceAccountId, ...given }, await as(name))).key);

describe('a service account', () => {
  test('is made by a Change, may do nothing, then what its roles open; it has no password and no mail reaches it', async () => {
    const id = await made('Deployer', { description: 'Rolls lamps out' });
    expect(await company.done(serviceAccountsGet, { id }, company.key('adam'))).toMatchObject({
      name: 'Deployer', description: 'Rolls lamps out', owner: { name: 'Adam Ito' }, status: 'active', keys: 0, roles: [], version: 1,
    }); // prettier-ignore
    const key = await keyFor(id);
    expect(await company.slugOf(lampsName, { name: 'hall' }, key)).toBe('permission-denied');
    await carried(grantsCreate, { subjectId: id, roleId: roles.get('admin'), scope: { any: [{ type: 'lamp' }] }, reason: 'the test asks' }, 'olivia');
    await company.done(lampsName, { name: 'hall' }, key);
    expect(await company.done(authMe, {}, key)).toMatchObject({ actor: { kind: 'apiKey', id, name: 'Deployer' }, tenants: [{ slug: 'acme' }] });
    const [row] = await company.sql<{ kind: string; password_hash: string | null; email: string }>(
      'select kind, password_hash, email from auth.users where id = $1',
      [id],
    );
    expect(row).toMatchObject({ kind: 'service', password_hash: null, email: expect.stringMatching(/@service\.invalid$/) });
    expect((await company.done(apiKeysList, { serviceAccountId: id }, await as('adam'))).items).toMatchObject([{ owner: { kind: 'service', id } }]);
  });

  test('is answered for by an active member, a person', async () => {
    const machine = (await accounts())[0]!.id;
    for (const ownerId of [machine, await company.idOf('gustav'), crypto.randomUUID()])
      expect(await slug(serviceAccountsCreate, { name: 'Nobody’s', ownerId })).toBe('validation-failed');
    expect((await carried(serviceAccountsCreate, { name: 'Deployer' })).problem).toMatchObject({ type: expect.stringContaining('name-taken') });
    for (const field of ['id', 'kind', 'tenantId', 'status', 'roles', 'email', 'createdBy'])
      expect([field, await slug(serviceAccountsCreate, { name: 'Plain', [field]: 'x' })]).toEqual([field, 'validation-failed']);
  });

  test('goes whole when it is removed like a member, and opens no session whatever way in is made for it', async () => {
    const id = await made('Leaver');
    const key = await keyFor(id);
    await company.sql(`update auth.users set password_hash = $2 where id = $1`, [id, await company.passwords.hash('orbit-tulip-canyon-42')]);
    expect(await company.slugOf(authLogin, { email: `${id}@service.invalid`, password: 'orbit-tulip-canyon-42' }, null)).toBe('invalid-credentials');
    const mails = company.mails.length;
    await company.done(authSignup, { email: `${id}@service.invalid`, password: 'orbit-tulip-canyon-43', name: 'Robot' }, null);
    expect(company.mails.length).toBe(mails);
    expect((await carried(membersRemove, { userId: id }, 'olivia')).state).toBe('succeeded');
    await expect.poll(() => company.sql('select 1 from auth.users where id = $1', [id])).toEqual([]);
    expect(await company.sql('select 1 from auth.service_accounts where id = $1', [id])).toEqual([]);
    expect(await company.slugOf(authMe, {}, key)).toBe('unauthenticated');
    await made('Leaver'); // its name is free again
  });

  test('is not found from another tenant, and not managed without the permission', async () => {
    const { id } = (await accounts())[0]!;
    for (const operation of [serviceAccountsGet, serviceAccountsUpdate, serviceAccountsDelete]) {
      expect(await slug(operation as Operation, { id }, 'gustav')).toBe('not-found');
      if (operation !== serviceAccountsGet) expect(await slug(operation as Operation, { id }, 'dana')).toBe('permission-denied');
    }
    expect((await company.done(serviceAccountsList, {}, company.key('gustav'))).items).toEqual([]);
    expect(await company.slugOf(apiKeysCreate, { name: 'x', serviceAccountId: id }, await as('gustav'))).toBe('not-found');
  });
});

describe('roles of a service account', () => {
  test('are taken like anybody’s, the last one too', async () => {
    const id = await made('Idle', {}, 'viewer');
    const { items } = await company.done(grantsList, { subjectId: id }, company.key('adam'));
    expect((await carried(grantsRevoke, { id: items[0]!.id })).state).toBe('succeeded');
    expect((await company.done(serviceAccountsGet, { id }, company.key('adam'))).roles).toEqual([]);
  });
});

describe('keys of a service account', () => {
  test('escalation: nobody makes, rotates or takes one that could do what they cannot', async () => {
    const id = await made('Strong', { ownerId: await company.idOf('dana') }, 'admin');
    expect(await company.slugOf(apiKeysCreate, { name: 'x', serviceAccountId: id }, await as('dana'))).toBe('grant-escalation');
    expect(await company.slugOf(apiKeysCreate, { name: 'x', serviceAccountId: id }, await as('vera'))).toBe('permission-denied');
    const { id: keyId } = await company.done(apiKeysCreate, { name: 'x', serviceAccountId: id }, await as('adam'));
    expect(await company.slugOf(apiKeysRotate, { id: keyId }, await as('dana'))).toBe('grant-escalation');
    expect(await company.slugOf(apiKeysRotate, { id: keyId }, await as('vera'))).toBe('not-found');
    await company.done(apiKeysRevoke, { id: keyId }, await as('dana'));
    const bounds = { scope: { any: [{ type: 'lamp' }] }, cidrs: ['192.0.2.0/24'] };
    const { id: bound } = await company.done(apiKeysCreate, { name: 'bound', serviceAccountId: id, ...bounds }, await as('adam'));
    for (const wider of [{ scope: null }, { scope: { all: true } }, { cidrs: [] }, { permissions: null }])
      expect([wider, await company.slugOf(apiKeysUpdate, { id: bound, ...wider }, await as('dana'))]).toEqual([wider, 'grant-escalation']);
    expect(await company.done(apiKeysUpdate, { id: bound, name: 'bound still' }, await as('dana'))).toMatchObject({ name: 'bound still', ...bounds });
    expect(await company.done(apiKeysUpdate, { id: bound, scope: null }, await as('adam'))).toMatchObject({ scope: null });
    const weak = await made('Weak', { ownerId: await company.idOf('dana') }, 'viewer');
    expect((await company.done(apiKeysCreate, { name: 'x', serviceAccountId: weak }, await as('dana'))).owner.id).toBe(weak);
  });
});

describe('who answers for it', () => {
  test('governance 31: Given the requester’s API key or service account made the Change, when its owner approves, then 403', async () => {
    const id = await made('Burner', {}, 'admin');
    const key = await keyFor(id, 'adam');
    const passed = await company.call(lampsBurn, { name: 'hall' }, key);
    if (passed.status !== 'accepted') throw new Error('it should wait');
    expect(await slug(changesApprove, { id: passed.change.id }, 'adam')).toBe('self-approval-forbidden');
    expect((await company.done(changesGet, { id: passed.change.id }, company.key('adam'))).actions.approve.allowed).toBe(false);
    await carried(serviceAccountsUpdate, { id, ownerId: await company.idOf('dana') }, 'olivia');
    expect(await slug(changesApprove, { id: passed.change.id }, 'adam')).toBe('self-approval-forbidden');
    const own = await company.call(lampsBurn, { name: 'cellar' }, company.key('adam'));
    expect(await slug(changesApprove, { id: own.status === 'accepted' ? own.change.id : '' }, 'adam')).toBe('self-approval-forbidden');
    await carried(serviceAccountsUpdate, { id, ownerId: await company.idOf('adam') }, 'olivia');
    expect((await company.carriedOut(passed, company.key('priya'))).state).toBe('succeeded');
  });

  test('a service account decides on nothing, its owner’s Change least of all', async () => {
    const { id } = (await accounts()).find(({ name }) => name === 'Burner')!;
    const key = await keyFor(id, 'adam');
    for (const name of ['adam', 'olivia']) {
      const passed = await company.call(lampsBurn, { name: 'attic' }, company.key(name));
      if (passed.status !== 'accepted') throw new Error('it should wait');
      expect([name, await company.slugOf(changesApprove, { id: passed.change.id }, key)]).toEqual([
        name,
        name === 'adam' ? 'self-approval-forbidden' : 'not-eligible',
      ]);
      await company.call(changesCancel, { id: passed.change.id }, company.key(name));
    }
    const { tenantId } = await company.iam.authenticate({ credentials: key, ip: null, surface: 'rest' });
    const eligible = await company.databases.tenant({ tenantId }, (db) => company.iam.holders(db, tenantId, 'approvals:decide', []));
    expect(eligible.map((one) => one.name).sort()).toEqual(['Adam Ito', 'Olivia Owens', 'Priya Raman']);
  });

  test('gives no role to themselves through it', async () => {
    const { id } = (await accounts()).find(({ name }) => name === 'Burner')!;
    const key = await keyFor(id, 'adam');
    expect(
      await company.slugOf(
        grantsCreate,
        { subjectId: await company.idOf('adam'), roleId: roles.get('viewer'), scope: { all: true }, reason: 'the test asks' },
        key,
      ),
    ).toBe('self-grant-forbidden');
  });

  test('when they leave, their keys and their machines’ stop, or a successor takes the machines over', async () => {
    const id = await made('Orphan', { ownerId: await company.idOf('dana') }, 'viewer');
    const key = await keyFor(id, 'dana');
    await company.done(authMe, {}, key);
    await company.sql(`update members set status = 'suspended' where id = $1`, [await company.idOf('dana')]);
    company.clock.pass(6_000);
    expect(await company.slugOf(authMe, {}, key)).toBe('unauthenticated');
    expect((await accounts()).find((one) => one.id === id)!.status).toBe('suspended');
    await company.sql(`update members set status = 'active' where id = $1`, [await company.idOf('dana')]);
    company.clock.pass(6_000);
    const [acme] = await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`);
    expect(await slug(membersRemove, { id: acme!.id, userId: await company.idOf('dana') })).toBe('successor-required');
    expect((await carried(membersRemove, { id: acme!.id, userId: await company.idOf('dana'), successorId: await company.idOf('adam') })).state).toBe(
      'succeeded',
    );
    company.clock.pass(6_000);
    expect((await accounts()).find((one) => one.id === id)).toMatchObject({ status: 'active', owner: { name: 'Adam Ito' } });
    await company.done(authMe, {}, key);
  });
});

describe('the end of a service account', () => {
  test('ends its keys and takes its grants', async () => {
    const { id } = (await accounts()).find(({ name }) => name === 'Deployer')!;
    const key = await keyFor(id);
    expect((await carried(serviceAccountsDelete, { id })).state).toBe('succeeded');
    expect(await company.slugOf(authMe, {}, key)).toBe('unauthenticated');
    expect(await company.sql('select id from grants where subject_id = $1', [id])).toEqual([]);
    expect((await accounts()).map(({ name }) => name)).not.toContain('Deployer');
  });
});
