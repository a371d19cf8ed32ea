import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { sealedPlace } from '#modules/identity/federation/directory.ts';
import { createCompany, type Company } from '#test/company.ts';
import { keys } from './index.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany({ modules: [keys], works: true })), 60_000);
afterAll(() => company.close());

test('a sealed value that was copied to another row raises a security event and is in the log, once a minute, without the value', async () => {
  const tenantId = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  const within = <T>(work: Parameters<typeof company.databases.tenant<T>>[1]): Promise<T> => company.databases.tenant({ tenantId }, work);
  const [mine, elsewhere] = [newId(), newId()];
  const sealed = await within((db) => company.sealer.seal(db, sealedPlace(tenantId, mine), 'the plaintext'));
  for (let tries = 0; tries < 3; tries++)
    await expect(within((db) => company.sealer.open(db, sealedPlace(tenantId, elsewhere), sealed))).rejects.toMatchObject({ reason: 'altered' });

  const events = () => within(async (db) => (await db.execute<{ data: object }>(`select data from events where type = 'sealing.failed'`)).rows);
  await expect.poll(events, { timeout: 60_000 }).toEqual([{ data: { table: 'identity_providers', row: elsewhere, field: 'client_secret', reason: 'altered' } }]);
  const raised = () => within(async (db) => (await db.execute<{ severity: string; facts: object }>(`select severity, facts from security_events where rule = 'secret-undecryptable'`)).rows);
  await expect.poll(raised, { timeout: 60_000 }).toMatchObject([{ severity: 'critical', facts: { row: elsewhere, reason: 'altered' } }]);
  const lines = company.log.filter((line) => line.includes('a sealed value does not open'));
  expect(lines).toHaveLength(1);
  expect(company.log.join('')).not.toContain('the plaintext');
  company.clock.pass(61_000);
  await expect(within((db) => company.sealer.open(db, sealedPlace(tenantId, elsewhere), sealed))).rejects.toThrow();
  await expect.poll(async () => (await events()).length, { timeout: 60_000 }).toBe(2);
  expect(await raised()).toHaveLength(1);
}, 60_000); // prettier-ignore
