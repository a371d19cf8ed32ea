import pg from 'pg';
import { idsOf, MasterKeyError, unwrap, wrap, type MasterKeys } from './master-keys.ts';
import { dataKeyAad } from './seal-keys.ts';

/** Who may read the tables by their owner's rights: the login that migrates. */
type Client = Pick<pg.Client, 'query'>;
interface RootRow {
  wrapped: string;
  wrapped_by: string;
}

const AAD = 'installation-root';

const exists = async (client: Client, table: string): Promise<boolean> =>
  (await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`public.${table}`])).rows[0]!.there;

async function rowIn(client: Client): Promise<RootRow | undefined> {
  if (!(await exists(client, 'installation_root'))) return undefined;
  return (await client.query<RootRow>('select wrapped, wrapped_by from installation_root')).rows[0];
}

const refusal = (by: string, keys: MasterKeys): MasterKeyError =>
  new MasterKeyError(
    `this database is sealed under the master key ${by}, and the one that is set is ${idsOf(keys)}: set SWITCHYARD_MASTER_KEY (or its file) to the key that belongs to this database; nothing was changed`,
  );

function openRow(row: RootRow, keys: MasterKeys): Uint8Array {
  const root = unwrap(keys, { wrapped: row.wrapped, wrappedBy: row.wrapped_by }, AAD);
  if (root) return root;
  if (keys.all.some(({ id }) => id === row.wrapped_by))
    throw new MasterKeyError('the root of this installation was altered in the database: restore the table installation_root from a backup');
  throw refusal(row.wrapped_by, keys);
}

/** Any data key, past row-level security, which the owner puts aside for a moment; undefined when there is none yet. */
async function anyDataKey(client: Client): Promise<{ tenant_id: string; id: string; wrapped: string } | undefined> {
  if (!(await exists(client, 'data_keys'))) return undefined;
  await client.query('BEGIN; ALTER TABLE data_keys NO FORCE ROW LEVEL SECURITY');
  try {
    return (await client.query<{ tenant_id: string; id: string; wrapped: string }>('select tenant_id, id, wrapped from data_keys limit 1')).rows[0];
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * The installation's root. A database from before it was stored has been used with its first master key, which is the root: the one that
 * opens what is there. Throws MasterKeyError when none of `keys` does. To be called under the lock of the migrations.
 */
export async function findRoot(client: Client, keys: MasterKeys): Promise<Uint8Array> {
  const row = await rowIn(client);
  if (row) return openRow(row, keys);
  const sealed = await anyDataKey(client);
  if (!sealed) return keys.current.key;
  const first = keys.all.find((one) => unwrap({ current: one, all: [one] }, { wrapped: sealed.wrapped, wrappedBy: null }, dataKeyAad(sealed.tenant_id, sealed.id))); // prettier-ignore
  if (!first) throw refusal('of its first start', keys);
  return first.key;
}

/** Stores the root, if it is not yet. */
export async function keepRoot(client: Client, keys: MasterKeys, root: Uint8Array): Promise<void> {
  const { wrapped, wrappedBy } = wrap(keys, root, AAD);
  await client.query('insert into installation_root (wrapped, wrapped_by) values ($1, $2) on conflict do nothing', [wrapped, wrappedBy]);
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'switchyard:keys' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The root of a database that was migrated; its first master key where it was not yet. `url` is the login that migrates. Throws MasterKeyError. */
export const readRoot = (url: string, keys: MasterKeys): Promise<Uint8Array> =>
  connected(url, async (client) => {
    const row = await rowIn(client);
    return row ? openRow(row, keys) : keys.current.key;
  });

/** Under which master key the root is wrapped. */
export const rootWrappedBy = (url: string): Promise<string | undefined> => connected(url, async (client) => (await rowIn(client))?.wrapped_by);

/** Wraps the root under the current master key; answers whether that was necessary. */
export const rewrapRoot = (url: string, keys: MasterKeys): Promise<boolean> =>
  connected(url, async (client) => {
    const row = await rowIn(client);
    if (!row || row.wrapped_by === keys.current.id) return false;
    const { wrapped, wrappedBy } = wrap(keys, openRow(row, keys), AAD);
    const { rowCount } = await client.query('update installation_root set wrapped = $1, wrapped_by = $2, updated_at = now() where wrapped = $3', [wrapped, wrappedBy, row.wrapped]); // prettier-ignore
    return rowCount === 1;
  });
