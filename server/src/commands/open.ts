import { loadConfig, type Config } from '#kernel/config.ts';
import { createLog } from '#kernel/log.ts';
import { masterKeysOf, type MasterKeys } from '#kernel/master-keys.ts';
import { migrate } from '#kernel/migrate.ts';
import { MODULES } from '../app.ts';
import { createCore, type Core } from '../core.ts';
import { findDatabase } from '../database.ts';
import { iamOptions } from '../installation.ts';
import { createIam, type Iam } from '../people.ts';

export interface Opened {
  config: Config;
  core: Pick<Core, 'databases' | 'audit' | 'mail' | 'live' | 'adapters' | 'now'>;
  iam: Iam;
}

export interface Unlocked extends Opened {
  /** The login that migrates. */
  databaseUrl: string;
  masterKeys: MasterKeys;
}

/** The installation as a command at the server sees it: its database, mails and sessions, but neither its API nor its jobs. */
export async function withInstallation<T>(work: (opened: Unlocked) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const log = createLog('error');
  const database = await findDatabase(config, () => undefined);
  try {
    const { root } = await migrate(database.url, MODULES, config);
    const masterKeys = masterKeysOf(config.masterKey, config.previousMasterKeys);
    let iam: Iam | undefined;
    const core = await createCore({
      databaseUrl: database.url,
      masterKey: root,
      masterKeys,
      modules: MODULES,
      people: (parts) => (iam = createIam(parts, undefined, iamOptions(config, log))),
      adapters: () => iam!.adapters,
      log,
      works: false,
      poolSize: 2,
    });
    try {
      return await work({ config, databaseUrl: database.url, masterKeys, core, iam: iam! });
    } finally {
      await core.stop(5_000);
    }
  } finally {
    await database.stop();
  }
}
