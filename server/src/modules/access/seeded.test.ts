import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import { createTenant } from '#modules/tenancy/tenants.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { permissionsList, rolesCreate, rolesList, rolesPermissionsChange, rolesPermissionsReplace } from './index.ts';
import { seedGrant } from './roles.ts';
import { SYSTEM_ROLES } from './system-roles.ts';

const lamps = () => ({ modules: [lampModule], adapters: [provide(LampPort, lampServer())] });
let company: Company;
beforeAll(async () => void (company = await createCompany({ ...lamps(), works: true })));
afterAll(() => company.close());

/** Asked for by one person, agreed to by another, carried out. */
const changed = async (operation: Operation, input: object) =>
  company.carriedOut(await company.call(operation, input, company.key('adam')), company.key('priya'));
/** A role of its own that Vera holds. */
async function reader(): Promise<string> {
  expect((await changed(rolesCreate, { key: 'reader', name: 'Reader', level: 50, maxRisk: 'high', patterns: ['lamps:read'] })).state).toBe(
    'succeeded',
  );
  const [acme] = await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`);
  const personId = await company.idOf('vera');
  await company.databases.platform('test', (db) => seedGrant(db, { tenantId: acme!.id, personId, role: 'reader', reason: 'test' }, company.clock.at));
  company.clock.pass(31_000);
  return (await company.done(rolesList, { limit: 200 }, company.key('olivia'))).items.find(({ key }) => key === 'reader')!.id;
}

test('governance 16: the seeded roles of a fresh tenant hold what section 5.2 gives and forbids them, permission by permission', async () => {
  const gustav = { id: await company.idOf('gustav'), email: 'gustav@globex.example', name: 'Gustav Groth' };
  await company.databases.platform('test', (db) => createTenant(db, { slug: 'fresh', name: 'Fresh' }, gustav, company.iam.provision, company.clock.at));
  company.clock.pass(31_000);
  const session = bearer((await company.signIn('gustav', { slug: 'fresh' })).token!);
  const { items } = await company.done(rolesList, {}, session);
  expect(items.map(({ key }) => key).sort()).toEqual(SYSTEM_ROLES.map(({ key }) => key).sort());
  const { items: permissions } = await company.done(permissionsList, {}, session);
  /** What a role really opens: its patterns, up to its risk, operation by operation. */
  const opened = (key: string) => {
    const { patterns, maxRisk } = items.find((role) => role.key === key)!;
    const order = ['read', 'write', 'high'];
    const holds = (permission: string) => patterns.some((pattern) => pattern === '*' || pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1))) || (pattern.startsWith('*:') && permission.endsWith(pattern.slice(1))));
    return [...company.registry.operations.values()].filter(({ access, permission, risk }) => access === undefined && holds(permission) && order.indexOf(risk) <= order.indexOf(maxRisk));
  };
  const risks = (key: string) => [...new Set(opened(key).map(({ risk }) => risk))].sort();
  const may = (key: string) => new Set(opened(key).map(({ permission }) => permission));
  const all = [...company.registry.operations.values()].filter(({ access }) => access === undefined);
  expect(permissions.length).toBeGreaterThan(20);
  // read_only: reads, no write. ops_rw: reads and writes, nothing high, neither users nor policies. admin: all but three. owner: all.
  expect(risks('read_only')).toEqual(['read']);
  for (const permission of ['members:read', 'users:read', 'roles:read', 'changes:read', 'lamps:read']) if (permissions.some(({ key }) => key === permission)) expect([permission, may('read_only').has(permission as `${string}:${string}`)]).toEqual([permission, true]);
  expect(risks('ops_rw')).toEqual(['read', 'write']);
  for (const permission of may('ops_rw')) expect(permission).not.toMatch(/^(users|policies|roles|grants|tenants):(?!read)/);
  const left = all.filter(({ permission }) => !may('admin').has(permission)).map(({ permission }) => permission);
  for (const permission of left) expect(['tenants:delete', 'subscriptions:cancel', 'secrets:export']).toContain(permission);
  expect(opened('owner')).toHaveLength(all.length);
  // approver: decides, takes part in the course of a Change, and runs nothing that writes. auditor: reads the trail, changes nothing.
  expect(may('approver').has('approvals:decide')).toBe(true);
  for (const { permission, risk } of opened('approver')) if (risk !== 'read') expect(permission).toMatch(/^(approvals|changes):/);
  expect(may('auditor').has('audit:read')).toBe(true);
  for (const { permission, risk } of opened('auditor')) if (risk !== 'read') expect(permission).toMatch(/^(reports|apiKeys):/);
}); // prettier-ignore

test('platform 72: so it is in every process: another hears of it, though its clock stands still and nothing there is forgotten by time', async () => {
  const beside = await createCompany({ beside: company, ...lamps() });
  try {
    beside.clock.at = company.clock.at;
    const id = await reader();
    beside.clock.at = company.clock.at;
    const there = () => beside.call(lampsName, { name: 'hall' }, company.key('vera')).then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore
    expect(await there()).toBe('permission-denied');
    expect((await changed(rolesPermissionsChange, { id, add: ['lamps:name'] })).state).toBe('succeeded');
    await expect.poll(there, { timeout: 60_000 }).toBe('done');
    expect((await changed(rolesPermissionsReplace, { id, patterns: ['lamps:read'] })).state).toBe('succeeded');
    await expect.poll(there, { timeout: 60_000 }).toBe('permission-denied');
  } finally {
    await beside.close();
  }
});
