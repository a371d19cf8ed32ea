import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import { authMe } from '#modules/identity/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer, lampsGet, lampsName } from '#test/lamps.ts';
import {
  accessExplain,
  accessWhoCan,
  deniesCreate,
  deniesList,
  deniesRevoke,
  permissionBoundaryGet,
  permissionBoundaryUpdate,
  rolesCreate,
  rolesGet,
  rolesList,
} from './index.ts';

let company: Company;
let vera: string;
let dana: string;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())], works: true });
  await company.sql(`update roles set patterns = patterns || '{lamps:*}' where key = 'developer'`);
  [vera, dana] = [await company.idOf('vera'), await company.idOf('dana')];
});
afterAll(() => company.close());

const slug = (operation: Operation, input: object, as = 'adam') => company.slugOf(operation, input, company.key(as));
const changed = async (operation: Operation, input: object, as = 'adam') =>
  company.carriedOut(await company.call(operation, input, company.key(as)), company.key('priya'));
const wish = (subjectId: string, patterns: string[], given: object = {}) => ({ subjectId, patterns, reason: 'the test asks', ...given });
const denied = async () => (await company.done(deniesList, {}, company.key('olivia'))).items;
const lets = (operation: Operation, input: object, as: string) => company.call(operation, input, company.key(as)).then(() => true, () => false); // prettier-ignore

describe('a direct deny', () => {
  test('platform 69: Given a direct deny and a role grant, when called, then denied', async () => {
    expect(await lets(lampsName, { name: 'hall' }, 'dana')).toBe(true);
    expect((await changed(deniesCreate, wish(dana, ['lamps:name']))).state).toBe('succeeded');
    const refusal = await company.refused(lampsName, { name: 'hall' }, company.key('dana'));
    expect([refusal.slug, refusal.extras['denied']]).toEqual(['permission-denied', true]);
    expect(refusal.message).toMatch(/denied to you directly/);
    expect(await lets(lampsGet, { id: 'hall' }, 'dana')).toBe(true);
    expect(await lets(lampsName, { name: 'hall' }, 'adam')).toBe(true);
  });

  test('counts before the key, is explained, and is left out of who can and of what one may do', async () => {
    const told = await company.done(accessExplain, { subjectId: dana, operation: 'lamps.name', targets: [] }, company.key('olivia'));
    const [one] = await denied();
    expect(told).toMatchObject({
      allowed: false,
      stage: 'deny',
      steps: [{ stage: 'deny', passed: false }],
      nearest: { missing: 'deny', text: expect.stringContaining(one!.id) },
    });
    const { items } = await company.done(accessWhoCan, { operation: 'lamps.name' }, company.key('olivia'));
    expect(items.map(({ id }) => id)).not.toContain(dana);
    const { permissions } = await company.done(authMe, {}, company.key('dana'));
    expect(permissions).toContain('lamps:read');
    expect(permissions.filter((pattern) => pattern === 'lamps:*' || pattern === 'lamps:name')).toEqual([]);
  });

  test('is lifted only by who holds what was denied, never by the person, and then is gone at the next call', async () => {
    const [one] = await denied();
    expect(await slug(deniesRevoke, { id: one!.id }, 'dana')).toBe('permission-denied');
    expect(await slug(deniesRevoke, { id: one!.id }, 'gustav')).toBe('not-found');
    expect((await changed(deniesRevoke, { id: one!.id })).state).toBe('succeeded');
    expect(await lets(lampsName, { name: 'hall' }, 'dana')).toBe(true);
    expect(await slug(deniesRevoke, { id: one!.id })).toBe('not-found');
  });

  test('nobody lifts one of their own, whatever they hold', async () => {
    expect((await changed(deniesCreate, wish(await company.idOf('adam'), ['lamps:burn']), 'olivia')).state).toBe('succeeded');
    const [one] = await denied();
    expect(await slug(deniesRevoke, { id: one!.id }, 'adam')).toBe('self-grant-forbidden');
    expect((await changed(deniesRevoke, { id: one!.id }, 'olivia')).state).toBe('succeeded');
  });

  test('is not said of oneself, of an owner, of somebody above, of a stranger, or of what does not exist', async () => {
    expect(await slug(deniesCreate, wish(await company.idOf('adam'), ['lamps:*']))).toBe('self-grant-forbidden');
    expect(await slug(deniesCreate, wish(await company.idOf('olivia'), ['lamps:*']))).toBe('grant-escalation');
    expect(await slug(deniesCreate, wish(await company.idOf('gustav'), ['lamps:*']))).toBe('not-found');
    expect(await slug(deniesCreate, wish(vera, ['sails:*']))).toBe('permission-unknown');
    expect(await slug(deniesCreate, wish(vera, ['lamps:*'], { validUntil: company.clock.at.toISOString() }))).toBe('validation-failed');
    expect(await slug(deniesCreate, wish(vera, ['lamps:*']), 'dana')).toBe('permission-denied');
    for (const field of ['deniedBy', 'tenantId', 'revokedAt', 'id', 'scope'])
      expect([field, await slug(deniesCreate, wish(vera, ['lamps:*'], { [field]: 'x' }))]).toEqual([field, 'validation-failed']);
  });

  test('ends by itself to the second', async () => {
    const until = new Date(company.clock.at.getTime() + 60_000).toISOString();
    expect((await changed(deniesCreate, wish(dana, ['lamps:*'], { validUntil: until }))).state).toBe('succeeded');
    company.clock.pass(59_000);
    expect(await lets(lampsName, { name: 'hall' }, 'dana')).toBe(false);
    company.clock.pass(1_000);
    expect(await lets(lampsName, { name: 'hall' }, 'dana')).toBe(true);
  });

  test('whoever is denied something gives it to nobody', async () => {
    expect((await changed(deniesCreate, wish(await company.idOf('adam'), ['lamps:burn']), 'olivia')).state).toBe('succeeded');
    const role = { key: 'burner', name: 'Burner', level: 50, maxRisk: 'high', patterns: ['lamps:*'] };
    expect(await slug(rolesCreate, role)).toBe('grant-escalation');
    expect((await company.call(rolesCreate, { ...role, patterns: ['lamps:name'] }, company.key('adam'))).status).toBe('accepted');
  });
});

describe('the permission boundary', () => {
  const KEPT = ['roles:*', 'grants:*', 'changes:*', 'approvals:*', 'users:read'];

  test('bounds every role at the next call, and new ones too', async () => {
    expect(await company.done(permissionBoundaryGet, {}, company.key('adam'))).toEqual({ patterns: null, version: 0 });
    expect((await changed(permissionBoundaryUpdate, { patterns: [...KEPT, 'lamps:read'] }, 'olivia')).state).toBe('succeeded');
    for (const name of ['olivia', 'dana']) expect(await lets(lampsName, { name: 'hall' }, name)).toBe(false);
    expect(await lets(lampsGet, { id: 'hall' }, 'dana')).toBe(true);
    expect(await slug(rolesCreate, { key: 'namers', name: 'Namers', patterns: ['lamps:*'] })).toBe('boundary-exceeded');
    const admin = (await company.done(rolesList, {}, company.key('adam'))).items.find(({ key }) => key === 'admin')!;
    expect((await company.done(rolesGet, { id: admin.id }, company.key('adam'))).permissions).not.toContain('lamps:name');
    const { items } = await company.done(accessWhoCan, { operation: 'lamps.name' }, company.key('olivia'));
    expect(items).toEqual([]);
  });

  test('is drawn by an owner only, and never so that nobody could widen it again', async () => {
    expect(await slug(permissionBoundaryUpdate, { patterns: null }, 'adam')).toBe('grant-escalation');
    expect(await slug(permissionBoundaryUpdate, { patterns: ['lamps:*'] }, 'olivia')).toBe('validation-failed');
    expect((await changed(permissionBoundaryUpdate, { patterns: null }, 'olivia')).state).toBe('succeeded');
    expect(await lets(lampsName, { name: 'hall' }, 'dana')).toBe(true);
  });
});
