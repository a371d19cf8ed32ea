import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { createSealer, type SealedPlace } from '#kernel/seal.ts';
import { HELD_MS } from '#kernel/seal-keys.ts';
import { valuePlace } from '#modules/secrets/vault.ts';
import { Upkeep } from '#modules/tenancy/providers/port.ts';
import { testMasterKey } from './clone.ts';
import { createCompany, type Company } from './company.ts';

let company: Company;
let root: pg.Client;
beforeAll(async () => {
  company = await createCompany();
  root = new pg.Client({ connectionString: company.databaseUrl });
  await root.connect();
});
afterAll(async () => {
  await root.end();
  await company.close();
});

const TABLES = ['secrets', 'secret_versions'];
/** Every row of the tables, as text. */
async function dump(tenantId: string): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (const table of TABLES) {
    const { rows: found } = await root.query<{ all: string }>(`select coalesce(json_agg(t), '[]')::text as all from ${table} t where tenant_id = $1`, [tenantId]); // prettier-ignore
    rows.set(table, found[0]!.all);
  }
  return rows;
}
async function restore(backup: Map<string, string>): Promise<void> {
  for (const table of TABLES) await root.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [backup.get(table)]);
}

test('platform 128: Given a deleted tenant, when purged, then its DEK is gone, and a backup restore cannot open its secrets', async () => {
  const tenantId = (await company.sql<{ id: string }>(`select id from tenants where slug = 'globex'`))[0]!.id;
  const id = newId();
  const place: SealedPlace = valuePlace({ tenantId, id, kind: 'secret', name: 'DB_PASSWORD' } as never, 1);
  const within = <T>(work: Parameters<typeof company.databases.tenant<T>>[1]): Promise<T> => company.databases.tenant({ tenantId }, work);
  const sealer = createSealer(testMasterKey());
  const sealed = await within((db) => sealer.seal(db, place, 'correct horse battery'));
  await root.query(
    `insert into secrets (tenant_id, id, kind, name, scope, type, description, tags, current_version, rotated_at, created_by, created_by_name)
      values ($1, $2, 'secret', 'DB_PASSWORD', 'workspace', 'secret', '', '{}', 1, now(), 'x', 'x')`,
    [tenantId, id],
  );
  await root.query(
    `insert into secret_versions (tenant_id, id, secret_id, number, sealed, bytes, generated, created_by, created_by_name) values ($1, $2, $3, 1, $4, 21, false, 'x', 'x')`,
    [tenantId, newId(), id, sealed],
  );
  const stored = async () => (await root.query<{ sealed: string }>('select sealed from secret_versions where tenant_id = $1', [tenantId])).rows[0]!.sealed; // prettier-ignore
  const opened = async (by = createSealer(testMasterKey())) => {
    const value = await stored();
    return within((db) => by.open(db, place, value));
  };
  expect(await opened()).toBe('correct horse battery');
  const backup = await dump(tenantId);

  await root.query(`update tenants set status = 'deleting', restorable_until = now() - interval '1 hour' where id = $1`, [tenantId]);
  expect(await (company.adapters.get(Upkeep.port) as Upkeep).purge()).toBe(1);
  for (const table of ['data_keys', ...TABLES])
    expect((await root.query(`select 1 from ${table} where tenant_id = $1`, [tenantId])).rowCount, table).toBe(0);

  await restore(backup);
  expect(await stored()).toBe(sealed);
  await expect(opened()).rejects.toMatchObject({ name: 'SealFault', reason: 'key-gone' });
  // Also whoever had the key in mind has let go of it within five minutes: it is nowhere in the installation.
  expect(HELD_MS).toBeLessThanOrEqual(300_000);
  expect(JSON.stringify([...backup.values()])).not.toContain('correct horse');
}, 60_000);
