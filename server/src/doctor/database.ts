import type { Config } from '#kernel/config.ts';
import { openDatabases, ROLES } from '#kernel/database.ts';
import { readRoot, rootWrappedBy } from '#kernel/master-keys-root.ts';
import { MasterKeyError, masterKeysOf } from '#kernel/master-keys.ts';
import { allMigrations, pendingMigrations } from '#kernel/migrate.ts';
import { isolationFaults } from '#kernel/tenant-security.ts';
import { MODULES } from '../app.ts';
import { findDatabase } from '../database.ts';
import { codeOf } from '../embedded/index.ts';
import { failed, type Finding } from './finding.ts';

/** PostgreSQL's error code, also when the kernel wrapped the error as a problem. */
const sqlState = (error: unknown): string | undefined => codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined);

/** Reachable, new enough, migrated, and with roles that keep tenants apart; what builds on a part that is not well is not asked. */
export async function lookAtDatabase(config: Config): Promise<Finding[]> {
  let database: Awaited<ReturnType<typeof findDatabase>>;
  try {
    database = await findDatabase(config, () => undefined);
  } catch (error) {
    return [failed('Database', error)];
  }
  try {
    const reached: Finding = {
      name: 'Database',
      ok: true,
      detail: config.databaseUrl
        ? `answers at ${new URL(config.databaseUrl).host}`
        : `embedded; ${'adopted' in database && database.adopted ? 'it is running' : 'it starts'}`,
    };
    const schema = await lookAtSchema(database.url);
    return [reached, schema.finding, ...(schema.made ? await lookInside(config, database.url) : [])];
  } finally {
    await database.stop();
  }
}

async function lookAtSchema(url: string): Promise<{ finding: Finding; made: boolean }> {
  const name = 'Migrations';
  try {
    const pending = await pendingMigrations(url, MODULES);
    if (pending.length === 0) return { made: true, finding: { name, ok: true, detail: 'current' } };
    if (pending.length === allMigrations(MODULES).length)
      return { made: false, finding: { name, ok: true, detail: 'none yet; the first start makes the schema' } };
    return {
      made: false,
      finding: { name, ok: false, detail: `${pending.length} pending: ${pending.join(', ')}`, remedy: 'Start Switchyard once; it applies them.' },
    };
  } catch (error) {
    return { made: false, finding: failed(name, error) };
  }
}

/** Can what is sealed in it be opened? Everything else of the database is asked with what the master key unwraps. */
async function lookAtKeys({ masterKey, previousMasterKeys }: Config, url: string): Promise<{ finding: Finding; root?: Uint8Array }> {
  const name = 'Sealed values';
  const keys = masterKeysOf(masterKey, previousMasterKeys);
  try {
    const root = await readRoot(url, keys);
    const by = (await rootWrappedBy(url)) ?? keys.current.id;
    if (by === keys.current.id) return { root, finding: { name, ok: true, detail: `they open with the master key ${by}` } };
    return {
      root,
      finding: {
        name,
        ok: false,
        detail: `the root is still wrapped under the previous master key ${by}`,
        remedy: 'Run `switchyard keys rewrap`; until then the previous key must stay set.',
      },
    };
  } catch (error) {
    if (!(error instanceof MasterKeyError)) return { finding: failed(name, error) };
    return {
      finding: {
        name,
        ok: false,
        detail: error.message,
        remedy: 'Set the master key that was in use when the database, or its backup, was written.',
      },
    };
  }
}

async function lookInside(config: Config, url: string): Promise<Finding[]> {
  const { finding, root } = await lookAtKeys(config, url);
  return root ? [finding, ...(await lookAtRoles(url, root))] : [finding];
}

async function lookAtRoles(url: string, root: Uint8Array): Promise<Finding[]> {
  const databases = openDatabases({ url, masterKey: root });
  try {
    return await databases.platform('doctor', async ({ $client }) => {
      const { rows } = await $client.query<{ version: string }>(`select current_setting('server_version') as version`);
      const faults = await isolationFaults((sql) => $client.query(sql));
      return [
        { name: 'PostgreSQL', ok: true, detail: rows[0]?.version ?? '' },
        faults.length === 0
          ? { name: 'Tenant isolation', ok: true, detail: `row-level security on every tenant table; ${ROLES.app} owns nothing and cannot bypass it` }
          : {
              name: 'Tenant isolation',
              ok: false,
              detail: faults.join('; '),
              remedy: 'Do not serve from this database. Restore the schema from the migrations.',
            },
      ];
    });
  } catch (error) {
    if (sqlState(error) === '28P01') {
      return [
        {
          name: 'Database roles',
          ok: false,
          detail: `the server refuses ${ROLES.platform}: another installation on this server has set its password`,
          remedy: 'Give each installation a database server of its own, or start Switchyard once; it sets the passwords of this one.',
        },
      ];
    }
    return [failed('Database roles', error)];
  } finally {
    await databases.close();
  }
}
