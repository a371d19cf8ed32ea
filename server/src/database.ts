import { join } from 'node:path';
import type { Config } from '#kernel/config.ts';
import { checkDatabaseUrl, startEmbedded, type StartError } from './embedded/index.ts';

/** The database of this installation: the one that is configured, or our own. */
export async function findDatabase(
  config: Config,
  log: (line: string) => void,
  onLost?: (error: StartError) => void,
): Promise<{ url: string; stop: () => Promise<void> }> {
  if (config.databaseUrl) {
    await checkDatabaseUrl(config.databaseUrl);
    return { url: config.databaseUrl, stop: async () => undefined };
  }
  return startEmbedded({ dir: join(config.home, 'postgres'), log, ...(onLost ? { onLost } : {}) });
}
