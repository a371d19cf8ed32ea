import type { Databases } from '#kernel/database.ts';
import type { Sealer } from '#kernel/seal.ts';
import { findConnection, opened, requireUsable } from '../connection-rows.ts';
import { pinned, type OutgoingHosts } from '../validation.ts';

export interface Opened {
  kind: string;
  /** Of kind `rfc2136`, with `address`: the checked address behind `server`. */
  config: Record<string, unknown>;
  /** In plain text: drop it when the calls are over. */
  credential: Record<string, string> | null;
}

/** For modules that talk to a connection themselves, such as DNS. Throws `cloud-not-found`, `connection-paused` or `host-not-allowed`. */
export async function openConnection(
  { databases, sealer, hosts, now = () => new Date() }: { databases: Databases; sealer: Sealer; hosts: OutgoingHosts; now?: () => Date },
  tenantId: string,
  connectionId: string,
): Promise<Opened> {
  const connection = await databases.tenant({ tenantId }, async (db) => {
    const row = await findConnection({ db, tenantId }, connectionId);
    requireUsable(row, now());
    return opened({ db, tenantId }, sealer, row);
  });
  const { kind, config, credential } = await pinned(hosts, connection);
  return { kind, config, credential };
}
