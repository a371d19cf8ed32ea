import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCompany, type Company } from '#test/company.ts';
import { audit, auditVerb } from './audit.ts';
import type { Opened } from './open.ts';
import { tenantsVerb } from './tenants.ts';

let company: Company;
const printed: string[] = [];
beforeAll(async () => {
  company = await createCompany();
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((text) => (printed.push(String(text)), true));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await company.close();
});
const opened = () => ({ core: company, iam: company.iam }) as unknown as Opened;
const run = (verb: string, values: object = {}): Promise<number> => {
  printed.length = 0;
  return auditVerb(opened(), verb, values);
};

test('what the operator does at the server is in a chain of its own, with reason, before and after', async () => {
  expect(await tenantsVerb(opened(), 'suspend', { slug: 'globex', reason: 'Unpaid since May' })).toBe(0);
  expect(await tenantsVerb(opened(), 'activate', { slug: 'globex' })).toBe(0);
  expect(await run('actions')).toBe(0);
  expect(printed.join('')).toMatch(/tenants\.activate\t.*\n.*tenants\.suspend\t.*\(uid \d+\) on .*\tUnpaid since May\n/);
  expect(await run('verify')).toBe(0);
  expect(printed.join('')).toMatch(/globex: links 1 to 2 hold; 2 entries as sealed.*\noperator: links 1 to 2 hold/);
});

test('an act that was altered afterwards is shown as such, and a chain that does not hold ends with code 1', async () => {
  const { Client } = (await import('pg')).default;
  const root = new Client({ connectionString: company.databaseUrl });
  await root.connect();
  await root.query(`update admin_actions set reason = 'Paid' where operation = 'tenants.suspend'`);
  expect(await run('actions')).toBe(1);
  expect(printed.join('')).toMatch(/tenants\.suspend.*ALTERED/);
  await root.query(`update audit_entries set actor_name = 'nobody' where operation = 'tenants.suspend' and comment like '%Unpaid%'`);
  await root.end();
  expect(await run('verify', { tenant: 'globex' })).toBe(1);
  expect(printed.join('')).toMatch(/globex: DOES NOT HOLD \(altered, entry [0-9a-f-]{36}\)/);
  expect(await run('verify', { tenant: 'acme' })).toBe(0);
  expect(await run('verify', { tenant: 'nobody' })).toBe(1);
});

test('keys are printed for the offline verifier, and a wrong line says how it is used', async () => {
  expect(await run('keys')).toBe(0);
  expect(JSON.parse(printed.join(''))).toEqual(await company.auditKeys());
  for (const args of [[], ['delete'], ['verify', '--from-link', '0']]) {
    printed.length = 0;
    expect(await audit(args)).toBe(2);
    expect(printed.join('')).toContain('usage: audit verify');
  }
});
