import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { rolesList, usersGrantsList } from '#modules/access/index.ts';
import { seedGrant } from '#modules/access/roles.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer, lampsBurn, lampsName } from '#test/lamps.ts';
import { reports, reportsGenerate } from './index.ts';
import type { Row } from './kind.ts';

const DAY = 86_400_000;
let company: Company;
let range: { from: string; to: string };
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule, reports], adapters: [provide(LampPort, lampServer())] });
  const at = company.clock.at;
  range = { from: new Date(at.getTime() - DAY).toISOString(), to: new Date(at.getTime() + DAY).toISOString() };
  const acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  await company.databases.platform('test', async (db) =>
    seedGrant(db, { tenantId: acme, personId: await company.idOf('vera'), role: 'admin', scope: { any: [{ environments: ['lab'] }] }, reason: 'test' }, at),
  );
  await company.sql(`update grants set valid_until = $1 where tenant_id = $2 and reason = 'test'`, [new Date(at.getTime() + 3_600_000), acme]);
  await company.done(rolesList, {}, company.key('dana'));
  await company.done(rolesList, {}, company.key('dana'));
  await company.call(lampsBurn, { name: 'attic', environment: 'lab' }, company.key('adam'));
  await company.call(lampsName, { name: 'desk', environment: 'lab' }, company.key('vera'));
  await company.refused(lampsBurn, { name: 'attic', environment: 'lab' }, company.key('dana'));
  await company.audit.flush();
  company.clock.pass(60_000);
}); // prettier-ignore
afterAll(() => company.close());

const rowsOf = async (kind: string, name = 'olivia', more: object = {}): Promise<Row[]> =>
  (JSON.parse((await company.done(reportsGenerate, { kind, ...range, ...more }, company.key(name))).content!) as { rows: Row[] }).rows;

test('risk exposure has everybody who can change something: standing against temporary rights, what they reach, and what they used of it', async () => {
  const rows = await rowsOf('risk-exposure');
  const of = (name: string) => rows.find(({ person }) => person === name);
  expect(of('Adam Ito')).toMatchObject({ roles: ['admin'], administrator: true, highestRisk: 'high', everything: true, standing: 1, standingHigh: 1, temporary: 0, highCalls: 1, machine: false, status: 'active' });
  expect(of('Olivia Owens')).toMatchObject({ administrator: true, highCalls: 0, lastHighAt: null });
  expect(of('Vera Lind')).toMatchObject({ roles: ['admin'], everything: false, standing: 0, standingHigh: 0, temporary: 1, writeCalls: 1, highCalls: 0 });
  expect(of('Dana Novak')).toMatchObject({ denied: 1 });
  // Whoever only reads exposes nothing; other tenants are not in it.
  expect([of('Aldo Conti'), of('Gustav Berg')]).toEqual([undefined, undefined]);
  expect((await rowsOf('risk-exposure', 'gustav')).map(({ person }) => String(person)).toSorted()).toEqual(['Gustav Berg', 'Priya Raman']);
}); // prettier-ignore

test('use of roles counts who holds each, calls that its grants let through, and what nobody used', async () => {
  const rows = await rowsOf('role-usage');
  const of = (key: string) => rows.find(({ role }) => role === key)!;
  expect(of('developer')).toMatchObject({ system: true, people: 1, machines: 0, grants: 1, temporary: 0, everything: 1, calls: 2, users: 1 });
  expect(of('developer')['unusedPermissions']).toContain('apiKeys:write');
  expect(of('developer')['unusedPermissions']).not.toContain('roles:read');
  expect(of('admin')).toMatchObject({ people: 2, grants: 2, temporary: 1, everything: 1, calls: 2, users: 2 });
  expect(of('billing_admin')).toMatchObject({ people: 0, grants: 0, calls: 0, lastUsedAt: null });
  // Theirs has the same roles and none of our calls; their owner's reports are calls of their own.
  const theirs = (await rowsOf('role-usage', 'gustav')).filter(({ role }) => role !== 'owner');
  expect(theirs.every(({ calls }) => calls === 0)).toBe(true);
});

test('controls say what meets each of them and how often it did in the range', async () => {
  const rows = await rowsOf('controls');
  const of = (key: string) => String(rows.find(({ control }) => control === key)!['evidence']);
  expect(rows.length).toBeGreaterThan(15);
  expect(new Set(rows.map(({ framework }) => framework))).toEqual(new Set(['SOC 2', 'ISO 27001']));
  expect(of('CC6.1')).toBe('6 people and 0 service accounts; 2 standing administrators');
  expect(of('CC8.1')).toMatch(/^[12] Changes, /);
  expect(of('A.8.15')).toMatch(/^\d+ entries of writes and refusals, 0 signed anchors$/);
  const theirs = await rowsOf('controls', 'gustav');
  expect(theirs.find(({ control }) => control === 'CC6.1')!['evidence']).toBe('2 people and 0 service accounts; 1 standing administrators');
});

test('pictures of who holds what stay as they were, byte for byte and in every format, though somebody has left since', async () => {
  const make = (more: object) => company.done(reportsGenerate, { kind: 'risk-exposure', ...range, ...more }, company.key('olivia'));
  const first = await Promise.all(['json', 'csv', 'ndjson', 'pdf'].map((format) => make({ format, cutoff: company.clock.at.toISOString() })));
  const cutoff = first[0]!.cutoff;
  company.clock.pass(60_000);
  await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [await company.idOf('vera')]);
  for (const { format, sha256, content } of first) {
    const again = await make({ format, cutoff });
    expect([again.sha256, again.content]).toEqual([sha256, content]);
  }
  expect((await rowsOf('risk-exposure')).map(({ person }) => person)).not.toContain('Vera Lind');
  expect((await company.done(usersGrantsList, { id: await company.idOf('vera') }, company.key('olivia'))).items).toEqual([]);
});
