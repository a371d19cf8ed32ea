import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { auditList } from '#modules/audit/index.ts';
import { policies, policiesCreate, policiesList } from '#modules/policies/index.ts';
import { providerOf } from '#kernel/port.ts';
import { Policies } from '#modules/policies/providers/port.ts';
import { createCompany, type Company } from '#test/company.ts';
import { setOf } from '#test/rules.ts';
import type { Opened } from './open.ts';
import { tenantsVerb } from './tenants.ts';

let company: Company;
const printed: string[] = [];
beforeAll(async () => {
  company = await createCompany({ modules: [policies] });
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((text) => (printed.push(String(text)), true));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await company.close();
});

async function run(verb: string, values: object): Promise<{ code: number; text: string }> {
  printed.length = 0;
  const code = await tenantsVerb({ core: company, iam: company.iam } as unknown as Opened, verb, values);
  return { code, text: printed.join('') };
}
const lockdown = setOf('lockdown', ['id: nothing-moves\ntype: deny\nmatch: { operations: ["policies.create"] }\nbreakGlass: never']);

test('a tenant whose rules forbid to change its rules is freed at the server, and its trail says by whom and why', async () => {
  const olivia = company.key('olivia');
  const { id } = await company.done(policiesCreate, { document: lockdown }, olivia);
  // As two people would have put it into force.
  await company.sql(`update policy_sets set active = 1 where id = '${id}'`);
  const another = { document: lockdown.replace('lockdown', 'another') };
  providerOf(company.adapters)(Policies).changed();
  await vi.waitFor(async () => expect(await company.slugOf(policiesCreate, { document: 'nonsense' }, olivia)).toBe('policy-denied'));
  expect(await company.slugOf(policiesCreate, another, olivia)).toBe('policy-denied');
  expect((await run('rules', { slug: 'acme' })).text).toContain('lockdown                                 version 1 of 1\n');

  const out = { slug: 'acme', set: 'lockdown', reason: 'Nobody can change a rule any more' };
  expect(await run('take-out-rules', out)).toEqual({ code: 0, text: expect.stringContaining('no longer hold') });
  expect(await company.done(policiesCreate, another, olivia)).toMatchObject({ name: 'another' });
  const { items } = await company.done(policiesList, { retired: true }, olivia);
  expect(items.find(({ name }) => name === 'lockdown')).toMatchObject({ retiredAt: expect.any(String) });

  await company.audit.flush();
  const [entry] = (await company.done(auditList, { operation: 'tenants.takeOutRules' }, olivia)).items;
  expect(entry).toMatchObject({ risk: 'high', surface: 'cli', actor: { name: expect.stringContaining('operating-system user') } });
  const [act] = await company.sql(`select reason, before from admin_actions where operation = 'tenants.takeOutRules'`);
  expect(act).toEqual({ reason: out.reason, before: { name: 'lockdown', active: 1, candidate: null } });
  expect(await company.sql(`select data->>'mode' as mode from events where type = 'policy.activated' and data->>'name' = 'lockdown'`)).toEqual([{ mode: 'retired' }]); // prettier-ignore
});

test('what is not there, or not in force, is said', async () => {
  const out = { slug: 'acme', reason: 'To see' };
  expect(await run('take-out-rules', { ...out, set: 'nothing' })).toEqual({ code: 1, text: expect.stringContaining('no policy set "nothing"') });
  expect(await run('take-out-rules', { ...out, set: 'another' })).toEqual({
    code: 1,
    text: expect.stringContaining('Nothing of "another" is in force'),
  });
  expect((await run('take-out-rules', { ...out, slug: 'nobody', set: 'another' })).code).toBe(1);
});
