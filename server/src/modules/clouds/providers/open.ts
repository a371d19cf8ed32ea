import type { Databases } from '#kernel/database.ts';
import type { Port } from '#kernel/port.ts';
import { findConnection, opened, requireUsable } from '../connection-rows.ts';
import type { Opener } from '../credentials.ts';
import { pinned, type OutgoingHosts } from '../validation.ts';

export interface Opened {
  kind: string;
  /** Of kind `rfc2136`, with `address`: the checked address behind `server`. */
  config: Record<string, unknown>;
  /** In plain text: drop it when the calls are over. */
  credential: Record<string, string> | null;
}

interface OpenDeps {
  databases: Databases;
  provider: <T>(port: Port<T>) => T;
  hosts: OutgoingHosts;
  now?: () => Date;
}

/** For modules that talk to a connection themselves, such as DNS. Throws `cloud-not-found`, `connection-paused` or `host-not-allowed`. */
export async function openConnection(
  { databases, provider, hosts, now = () => new Date() }: OpenDeps,
  tenantId: string,
  connectionId: string,
  opener: Opener,
): Promise<Opened> {
  const connection = await databases.tenant({ tenantId }, async (db) => {
    const row = await findConnection({ db, tenantId }, connectionId);
    requireUsable(row, now());
    return opened({ db, tenantId, provider }, row, opener);
  });
  const { kind, config, credential } = await pinned(hosts, connection);
  return { kind, config, credential };
}
