import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '#kernel/gate.ts';
import type { Operation } from '#kernel/operation.ts';
import { provide, providerOf } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import { accessExplain, grantsCreate, groupsCreate, groupsUpdate, rolesList } from '#modules/access/index.ts';
import { decisionsGet } from '#modules/audit/index.ts';
import { tenantsList } from '#modules/tenancy/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { apiKeysCreate, apiKeysGet, apiKeysList, apiKeysRevoke, apiKeysRotate, apiKeysUpdate, authMe } from '../index.ts';
import { announceExpiring } from './expiring.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let company: Company;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())] });
});
afterAll(() => company.close());

const sessions = new Map<string, Promise<Credentials>>();
const as = (name: string): Promise<Credentials> => {
  if (!sessions.has(name))
    sessions.set(
      name,
      company.signIn(name).then(({ token }) => bearer(token!)),
    );
  return sessions.get(name)!;
};
const make = async (input: object = {}, name = 'olivia') => company.done(apiKeysCreate, { name: 'ci', ...input }, await as(name));
const slug = async (operation: Operation, input: object, name = 'olivia') => company.slugOf(operation, input, await as(name));
const lets = (key: string, input: object, ip = '192.0.2.1') => company.call(lampsName, { name: 'hall', ...input }, bearer(key), { ip }).then(() => true, (problem: { slug: string }) => problem.slug); // prettier-ignore

describe('the Scope of a key', () => {
  test('cuts down what its owner reaches', async () => {
    const { key } = await make({ scope: { any: [{ environments: ['lab'] }] } });
    expect([await lets(key, { environment: 'lab' }), await lets(key, { environment: 'stage' })]).toEqual([true, 'scope-denied']);
  });

  test('wider than the owner’s gives nothing more', async () => {
    await company.sql(`update grants set scope = '{"any":[{"type":"lamp","ids":["hall"]},{"type":"apiKey"}]}' where subject_id = $1`, [
      await company.idOf('adam'),
    ]);
    company.clock.pass(31_000);
    const { key } = await make({ scope: { all: true } }, 'adam');
    expect([await lets(key, {}), await lets(key, { name: 'cellar' })]).toEqual([true, 'scope-denied']);
    await company.sql(`update grants set scope = '{"all":true}' where subject_id = $1`, [await company.idOf('adam')]);
    company.clock.pass(31_000);
  });

  test('bounds what the key gives to others, and what it is told it may do', async () => {
    const { key } = await make({ scope: { any: [{ type: 'member' }, { environments: ['lab'] }] } });
    const viewer = (await company.done(rolesList, {}, company.key('olivia'))).items.find(({ key: one }) => one === 'viewer')!.id;
    const grant = { subjectId: await company.idOf('vera'), roleId: viewer, reason: 'the test asks' };
    expect(await company.slugOf(grantsCreate, { ...grant, scope: { all: true } }, bearer(key))).toBe('grant-escalation');
    expect((await company.call(grantsCreate, { ...grant, scope: { any: [{ environments: ['lab'] }] } }, bearer(key))).status).toBe('accepted');
    const told = await company.done(
      accessExplain,
      { operation: 'lamps.name', targets: [{ type: 'lamp', id: 'hall', environment: 'prod' }] },
      bearer(key),
    );
    expect(told).toMatchObject({ allowed: false, stage: 'scope' });
  });

  test('a group in it is looked at anew when it changes', async () => {
    const { id } = await company.done(groupsCreate, { name: 'Lamps', members: [{ type: 'lamp', id: 'hall' }] }, await as('olivia'));
    const { key } = await make({ scope: { any: [{ groups: [id] }] } });
    expect([await lets(key, {}), await lets(key, { name: 'cellar' })]).toEqual([true, 'scope-denied']);
    await company.done(groupsUpdate, { id, members: [] }, await as('olivia'));
    expect(await lets(key, {})).toBe('scope-denied');
  });
});

describe('the networks of a key', () => {
  test('are where it is good from, and from an address that nobody knows it is not', async () => {
    const { id, key, cidrs } = await make({ cidrs: ['198.51.100.0/24', '2001:db8::/32', '203.0.113.7'] });
    expect(cidrs).toEqual(['198.51.100.0/24', '2001:db8::/32', '203.0.113.7/32']);
    for (const ip of ['198.51.100.9', '2001:db8:1::5', '203.0.113.7', '::ffff:198.51.100.9'])
      expect([ip, await lets(key, {}, ip)]).toEqual([ip, true]);
    const used = (await company.done(apiKeysGet, { id }, await as('olivia'))).lastUsedAt;
    company.clock.pass(2 * 60_000);
    for (const ip of ['198.51.101.9', '2001:db9::1', '::1']) expect([ip, await lets(key, {}, ip)]).toEqual([ip, 'ip-not-allowed']);
    expect(await company.gate.pass(authMe, {}, { surface: 'mcp', credentials: bearer(key), ip: null, requestId: crypto.randomUUID(), envelope: {} }).catch((problem: { slug: string }) => problem.slug)).toBe('ip-not-allowed'); // prettier-ignore
    expect((await company.done(apiKeysGet, { id }, await as('olivia'))).lastUsedAt).toBe(used);
  });

  test('are networks: no host bits, no odd spellings', async () => {
    for (const cidr of ['198.51.100.9/24', '198.51.100.0/33', 'example.org', '010.0.0.1', '127.1', '2001:db8::1/32', '/24', ''])
      expect([cidr, await slug(apiKeysCreate, { name: 'ci', cidrs: [cidr] })]).toEqual([cidr, 'validation-failed']);
  });

  test('last use is on record with the place, the last part hidden', async () => {
    const { id, key } = await make();
    await lets(key, {}, '198.51.100.77');
    expect(await company.done(apiKeysGet, { id }, await as('olivia'))).toMatchObject({
      lastUsedAt: company.clock.at.toISOString(),
      lastUsedIp: '198.51.100.x',
    });
  });
});

describe('the cap of a key', () => {
  test('limits its owner’s own affairs too; who it is and what it may do it is always told', async () => {
    const { key } = await make({ permissions: ['lamps:*'] });
    expect(await company.slugOf(tenantsList, {}, bearer(key))).toBe('insufficient-token-scope');
    expect(await company.slugOf(decisionsGet, { id: crypto.randomUUID() }, bearer(key))).toBe('insufficient-token-scope');
    expect((await company.done(authMe, {}, bearer(key))).permissions).toEqual(['lamps:*']);
    expect((await company.done(tenantsList, {}, bearer((await make({ permissions: ['tenants:read'] })).key))).items).toHaveLength(1);
    const offered = await company.gate.offered(await company.iam.authenticate({ credentials: bearer(key), ip: null, surface: 'rest' }));
    expect(offered.map(({ name }) => name).sort()).toEqual(['auth.me', 'lamps.burn', 'lamps.get', 'lamps.light', 'lamps.long', 'lamps.name']);
  });
});

describe('rotating', () => {
  test('gives a key with the same limits; the old one goes on for the overlap and no longer', async () => {
    const old = await make({ permissions: ['lamps:*'], scope: { any: [{ type: 'lamp' }] }, cidrs: ['192.0.2.0/24'], expiresInDays: 30 });
    company.clock.pass(10 * DAY);
    sessions.clear();
    const next = await company.done(apiKeysRotate, { id: old.id, overlapHours: 2 }, await as('olivia'));
    expect(next).toMatchObject({
      name: 'ci',
      permissions: ['lamps:*'],
      scope: { any: [{ type: 'lamp' }] },
      cidrs: ['192.0.2.0/24'],
      rotatedFrom: old.id,
    });
    expect(new Date(next.expiresAt).getTime() - company.clock.at.getTime()).toBe(30 * DAY);
    expect(next.key).not.toBe(old.key);
    expect([await lets(old.key, {}), await lets(next.key, {})]).toEqual([true, true]);
    expect(await slug(apiKeysRotate, { id: old.id })).toBe('invalid-transition');
    company.clock.pass(2 * HOUR);
    expect([await lets(old.key, {}), await lets(next.key, {})]).toEqual(['unauthenticated', true]);
  });

  test('without an overlap ends the old one now; more than three days there is not', async () => {
    const old = await make();
    const next = await company.done(apiKeysRotate, { id: old.id, overlapHours: 0 }, await as('olivia'));
    expect([await lets(old.key, {}), await lets(next.key, {})]).toEqual(['unauthenticated', true]);
    expect(await slug(apiKeysRotate, { id: next.id, overlapHours: 73 })).toBe('validation-failed');
  });

  test('is not done with another’s key, whatever one holds', async () => {
    const { id } = await make({}, 'dana');
    for (const name of ['olivia', 'adam', 'gustav']) expect([name, await slug(apiKeysRotate, { id }, name)]).toEqual([name, 'not-found']);
    expect(await slug(apiKeysUpdate, { id, name: 'mine' }, 'olivia')).toBe('not-found');
  });
});

describe('changing a key', () => {
  test('limits it otherwise from the next call on, and never beyond what one holds', async () => {
    const { id, key, version } = await make({ permissions: ['lamps:read'] }, 'adam');
    expect(await lets(key, {})).toBe('insufficient-token-scope');
    expect(await company.done(apiKeysUpdate, { id, permissions: ['lamps:*'], name: 'renamed' }, await as('adam'))).toMatchObject({
      name: 'renamed',
      version: version + 1,
    });
    expect(await lets(key, {})).toBe(true);
    expect(await slug(apiKeysUpdate, { id, permissions: ['tenants:delete'] }, 'adam')).toBe('grant-escalation');
    expect(await company.slugOf(apiKeysUpdate, { id, name: 'late' }, await as('adam'), { envelope: { ifMatch: String(version) } })).toBe(
      'version-conflict',
    );
    await company.done(apiKeysUpdate, { id, cidrs: ['203.0.113.0/24'] }, await as('adam'));
    expect(await lets(key, {})).toBe('ip-not-allowed');
  });

  test('mass assignment: neither its end, nor its owner, nor its secret is a field', async () => {
    const { id } = await make();
    for (const field of [
      'expiresAt',
      'expiresInDays',
      'owner',
      'userId',
      'tenantId',
      'keyHash',
      'publicId',
      'createdBy',
      'rotatedFrom',
      'lastUsedIp',
      'revokedAt',
    ])
      expect([field, await slug(apiKeysUpdate, { id, [field]: 'x' })]).toEqual([field, 'validation-failed']);
    for (const field of ['userId', 'tenantId', 'keyHash', 'expiresAt', 'rotatedFrom', 'createdBy', 'ownerId'])
      expect([field, await slug(apiKeysCreate, { name: 'ci', [field]: 'x' })]).toEqual([field, 'validation-failed']);
  });
});

describe('keys that are about to end', () => {
  test('are announced a week and a day before, unless another has taken their place', async () => {
    const week = await make({ name: 'week', expiresInDays: 7 });
    const month = await make({ name: 'month', expiresInDays: 30 });
    const rotated = await make({ name: 'rotated', expiresInDays: 1 });
    await company.done(apiKeysRotate, { id: rotated.id, overlapHours: 20 }, await as('olivia'));
    const { tenantId } = await company.iam.authenticate({ credentials: company.key('olivia'), ip: null, surface: 'rest' });
    const announced = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      const ctx = {
        tenantId,
        now: () => company.clock.at,
        provider: providerOf(company.adapters),
        emit: (type: string, { keyId }: { keyId: string }) => found.push(`${type} ${keyId}`),
      };
      await announceExpiring(ctx as unknown as WorkContext);
      return found;
    };
    const first = await announced();
    expect(first).toContain(`apiKey.expiring ${week.id}`);
    for (const { id } of [month, rotated]) expect(first).not.toContain(`apiKey.expiring ${id}`);
    company.clock.pass(DAY);
    expect(await announced()).not.toContain(`apiKey.expiring ${week.id}`);
    company.clock.pass(5 * DAY);
    expect(await announced()).toContain(`apiKey.expiring ${week.id}`);
    sessions.clear();
  });
});

describe('the keys of everybody', () => {
  test('are seen with apiKeys:read over the tenant, ended by who may everything, and never shown', async () => {
    const { id, key } = await make({}, 'dana');
    for (const name of ['olivia', 'adam', 'aldo']) {
      const { items } = await company.done(apiKeysList, { all: true }, await as(name));
      expect([name, items.some((one) => one.id === id && one.owner.name === 'Dana Novak')]).toEqual([name, true]);
      expect(JSON.stringify(items)).not.toContain(key.slice(-43));
    }
    for (const name of ['dana', 'vera', 'priya']) expect([name, await slug(apiKeysList, { all: true }, name)]).toEqual([name, 'permission-denied']);
    expect(await slug(apiKeysGet, { id }, 'vera')).toBe('not-found');
    expect(await slug(apiKeysRevoke, { id }, 'aldo')).toBe('not-found');
    await company.done(apiKeysRevoke, { id }, await as('adam'));
    expect(await lets(key, {})).toBe('unauthenticated');
    expect((await company.done(apiKeysList, { all: true }, await as('gustav'))).items.every(({ owner }) => owner.name !== 'Dana Novak')).toBe(true);
  });

  test('a tenant sets how long they may live', async () => {
    await company.sql(
      `update tenant_settings set value = jsonb_set(value, '{security}', coalesce(value->'security', '{}') || '{"apiKeyMaxDays": 30}') where tenant_id = (select id from tenants where slug = 'acme')`,
    );
    sessions.clear();
    expect(await slug(apiKeysCreate, { name: 'ci', expiresInDays: 31 })).toBe('validation-failed');
    const made = await make();
    expect(new Date(made.expiresAt).getTime() - company.clock.at.getTime()).toBe(30 * DAY);
    await company.sql(`update tenant_settings set value = '{}'`);
  });
});
