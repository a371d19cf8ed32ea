import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { testMasterKey } from '#test/clone.ts';
import { openDatabases, type Databases } from './database.ts';
import { newId } from './ids.ts';
import { readRoot, rewrapRoot, rootWrappedBy } from './master-keys-root.ts';
import { MasterKeyError, masterKeyId, masterKeysOf, unwrap, wrap } from './master-keys.ts';
import { migrate } from './migrate.ts';
import { createSealer } from './seal.ts';

describe('a master key', () => {
  test('has a short id that tells it from others and nothing of it', () => {
    const key = randomBytes(32);
    expect(masterKeyId(key)).toMatch(/^mk-[0-9a-f]{8}$/);
    expect(masterKeyId(Uint8Array.from(key))).toBe(masterKeyId(key));
    expect(masterKeyId(randomBytes(32))).not.toBe(masterKeyId(key));
    expect(key.toString('hex')).not.toContain(masterKeyId(key).slice(3));
  });

  test('wraps with the current one and unwraps with any, each once', () => {
    const [current, previous, other] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const keys = masterKeysOf(current, [previous, current, previous]);
    expect(keys.all).toHaveLength(2);
    const secret = randomBytes(32);
    const [now, before] = [wrap(keys, secret, 'a'), wrap(masterKeysOf(previous), secret, 'a')];
    expect(now.wrappedBy).toBe(masterKeyId(current));
    expect(unwrap(keys, now, 'a')).toEqual(secret);
    expect(unwrap(keys, before, 'a')).toEqual(secret);
    expect(unwrap(keys, { ...before, wrappedBy: null }, 'a')).toEqual(secret);
    expect(unwrap(keys, before, 'b')).toBeUndefined();
    expect(unwrap(masterKeysOf(other), before, 'a')).toBeUndefined();
  });
});

describe('the root of an installation', () => {
  // Its roles are shared by all databases of the test's cluster, so the first master key is the cluster's.
  const first = testMasterKey();
  const [second, third] = [randomBytes(32), randomBytes(32)];
  let url: string;
  const sql = async <R extends pg.QueryResultRow>(text: string, at = url): Promise<R[]> => {
    const client = new pg.Client({ connectionString: at });
    await client.connect();
    try {
      return (await client.query<R>(text)).rows;
    } finally {
      await client.end();
    }
  };
  beforeEach(async () => {
    const name = `root_${randomBytes(6).toString('hex')}`;
    await sql(`create database ${name}`, inject('databaseUrl'));
    url = Object.assign(new URL(inject('databaseUrl')), { pathname: `/${name}` }).href;
  });
  const start = (masterKey: Uint8Array, previousMasterKeys: readonly Uint8Array[] = []) => migrate(url, [], { masterKey, previousMasterKeys });
  const used = async <T>(root: Uint8Array, work: (databases: Databases) => Promise<T>): Promise<T> => {
    const databases = openDatabases({ url, masterKey: root });
    try {
      return await work(databases);
    } finally {
      await databases.close();
    }
  };
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  test('is the first master key, and stays it whatever the master key becomes', async () => {
    expect(hex((await start(first)).root)).toBe(hex(first));
    expect(await sql('select 1 from installation_root')).toHaveLength(1);
    expect(hex((await start(second, [first])).root)).toBe(hex(first));
    expect(await rewrapRoot(url, masterKeysOf(second, [first]))).toBe(true);
    expect(await rewrapRoot(url, masterKeysOf(second))).toBe(false);
    expect(await rootWrappedBy(url)).toBe(masterKeyId(second));
    expect(hex((await start(second)).root)).toBe(hex(first));
    expect(hex(await readRoot(url, masterKeysOf(third, [second])))).toBe(hex(first));
    // The database roles log in as before.
    await used(first, (databases) => databases.ping());
  });

  test('is one also when several processes start at once on an empty database, before and after a change of the key', async () => {
    const roots = await Promise.all([start(first), start(first), start(first)]);
    expect(new Set(roots.map(({ root }) => hex(root)))).toEqual(new Set([hex(first)]));
    const later = await Promise.all([start(first, [second]), start(second, [first]), start(second, [first])]);
    expect(new Set(later.map(({ root }) => hex(root)))).toEqual(new Set([hex(first)]));
  });

  test('does not open with another key, and then nothing is touched: not even the passwords of the roles', async () => {
    await start(first);
    await expect(start(second)).rejects.toThrow(MasterKeyError);
    const message = await start(second).catch((error: Error) => error.message);
    expect(message).toBe(
      `this database is sealed under the master key ${masterKeyId(first)}, and the one that is set is ${masterKeyId(second)}: set SWITCHYARD_MASTER_KEY (or its file) to the key that belongs to this database; nothing was changed`,
    );
    await used(first, (databases) => databases.ping());
    await expect(readRoot(url, masterKeysOf(second))).rejects.toThrow(MasterKeyError);
  });

  test('of a database from before it was stored is the key that opens what is there; with none that does, the start is refused', async () => {
    await start(first);
    const tenantId = newId();
    await used(first, (databases) => databases.tenant({ tenantId }, (db) => createSealer(first).begin(db, tenantId)));
    const asBefore = () => sql('delete from installation_root; update data_keys set wrapped_by = null');
    await asBefore();
    await expect(start(second)).rejects.toThrow(/^this database is sealed under the master key of its first start/);
    expect(await sql('select 1 from installation_root')).toHaveLength(0);
    expect(hex((await start(second, [third, first])).root)).toBe(hex(first));
    await asBefore();
    expect(hex((await start(first)).root)).toBe(hex(first));
    expect((await sql<{ forced: boolean }>(`select relforcerowsecurity as forced from pg_class where relname = 'data_keys'`))[0]!.forced).toBe(true);
  });

  test('that was altered in the database is told from a wrong key', async () => {
    await start(first);
    await sql(`update installation_root set wrapped = reverse(wrapped)`);
    await expect(start(first)).rejects.toThrow('was altered in the database');
  });
});
