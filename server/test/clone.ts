import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export const TEMPLATE = 'switchyard_template';

/** The run's master key; every database of the cluster must be used with this one. */
export const testMasterKey = (): Uint8Array => Buffer.from(inject('masterKey'), 'base64');

/** A connection past row-level security, to do what nobody may and see what nobody sees. */
export async function asSuperuser(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/**
 * A fresh copy of the migrated template: superuser URL for `connect`-like set-up and for `urlFor`. Copies are never dropped;
 * `drop … with (force)` races with closing pools, and the cluster is thrown away whole.
 */
export async function cloneDatabase(): Promise<string> {
  const url = new URL(inject('databaseUrl'));
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const name = `test_${randomBytes(6).toString('hex')}`;
    await client.query(`create database ${name} template ${TEMPLATE}`);
    url.pathname = `/${name}`;
    return url.href;
  } finally {
    await client.end();
  }
}
