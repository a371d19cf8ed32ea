import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#kernel/migrate.ts';
import { startEmbedded } from '../src/embedded/index.ts';
import { readModules } from './modules.ts';
import { TEMPLATE } from './clone.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser login to the run's cluster. Never use it as the application's login: a superuser bypasses row-level security. */
    databaseUrl: string;
    /** Base64. One for the whole cluster, since it derives the passwords of roles that all databases share. */
    masterKey: string;
  }
}

/** Nothing here has to survive a power cut. */
const SETTINGS = {
  fsync: 'off',
  scram_iterations: '1',
  plan_cache_mode: 'force_generic_plan',
  autovacuum: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const cacheDir = fileURLToPath(new URL('../../.switchyard/cache', import.meta.url));

/**
 * One cluster for the run, with a migrated template database of which `cloneDatabase` makes copies. Its files vanish with it,
 * also when the run is killed: the guard process of the cluster sees to that.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'switchyard-test-'));
  let stop = async (): Promise<void> => undefined;
  const teardown = async (): Promise<void> => {
    await stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const settings = { ...SETTINGS, hba_file: await easyLogin(dir) };
    const cluster = await startEmbedded({ dir, cacheDir, settings, throwaway: true, log: () => undefined });
    stop = cluster.stop;
    const masterKey = randomBytes(32);
    await makeTemplate(cluster.url, masterKey);
    provide('databaseUrl', cluster.url);
    provide('masterKey', masterKey.toString('base64'));
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

/** Whoever comes by the socket needs no handshake of passwords; by the network all is as ever, for tests of the way there. */
async function easyLogin(dir: string): Promise<string> {
  await chmod(dir, 0o711);
  const file = join(dir, 'pg_hba.conf');
  await writeFile(file, 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o644 });
  return file;
}

async function makeTemplate(url: string, masterKey: Uint8Array): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE}`);
    const template = new URL(url);
    template.pathname = `/${TEMPLATE}`;
    await migrate(template.href, await readModules(), { masterKey });
    await client.query(`alter database ${TEMPLATE} is_template true allow_connections false`);
  } finally {
    await client.end();
  }
}
