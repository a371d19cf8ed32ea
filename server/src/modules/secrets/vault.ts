import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, inArray, isNull, lt, or } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { LegalHolds } from '#kernel/holds.ts';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import type { Log } from '#kernel/log.ts';
import { Problem } from '#kernel/problem.ts';
import { SealFault, type SealedPlace, type Sealer } from '#kernel/seal.ts';
import { scrub, taint } from '#kernel/taint.ts';
import type { Upkeep } from '#kernel/upkeep.ts';
import { keepMonths } from './access-log/months.ts';
import type { Access, Owned, Vault } from './providers/port.ts';
import { secrets } from './tables.ts';
import { isShown } from './variables/rules.ts';

export interface VaultDeps {
  databases: Databases;
  live: Pick<Live, 'publish'>;
  sealer: Sealer;
  now: Clock;
  log: Log;
  upkeep: Upkeep;
  holds: LegalHolds;
  permit: Vault['permit'];
  /** Told of each value, for metrics. */
  observe?: ((op: 'seal' | 'open' | 'undecryptable') => void) | undefined;
}

/** Where a value is sealed: tenant, secret, kind, version and name. */
export const valuePlace = ({ tenantId, id, kind, name }: Owned, version: number): SealedPlace => ({
  tenantId,
  table: 'secret_versions',
  row: id,
  field: `value:${kind}:${version}:${name}`,
});

/** A secret that is used all the time is written to once a minute, not each time. */
const TOUCH_MS = 60_000;

async function undecryptable(
  { databases, live, log, observe }: VaultDeps,
  { tenantId, id, kind, name }: Owned,
  version: number,
  cause: unknown,
): Promise<never> {
  if (!(cause instanceof SealFault)) throw cause; // a database that does not answer is another matter
  observe?.('undecryptable');
  log.error({ err: cause, tenantId, secretId: id, version }, 'a stored secret does not open');
  const data = { id, kind, name, version };
  // In a transaction of its own: that of the caller ends with the problem.
  await databases.platform('a secret does not open', (db) => appendEvents(db, tenantId, [{ type: 'secret.undecryptable', data }], null));
  live.publish('outbox');
  throw new Problem(
    'secret-undecryptable',
    `Version ${version} of "${name}" does not open: it was altered or copied, or its key is gone. Set a new value with secrets.rotate.`,
    {},
    { cause },
  );
}

/** By the names of the columns, in one value: written at every use, and quickly. */
const WRITE = {
  name: 'secret_access_write',
  text: 'insert into secret_access_logs select * from json_populate_recordset(null::secret_access_logs, $1)',
};

const lineOf = (
  { actor, operation, purpose, changeId = null, executionId = null }: Parameters<Vault['log']>[0],
  { secret, version, result }: Access,
  at: Date,
) => ({
  tenant_id: secret.tenantId,
  id: newId(),
  at: at.toISOString(),
  secret_id: secret.id,
  secret_name: secret.name,
  version_number: version,
  actor_kind: actor.kind,
  actor_id: actor.id,
  actor_name: actor.name,
  operation,
  purpose: scrub(purpose, secret.tenantId),
  change_id: changeId,
  execution_id: executionId,
  ip: actor.ip,
  result,
});

/** Adapter of the port Vault. */
export function createVault(deps: VaultDeps): Vault {
  const { databases, sealer, now } = deps;
  const touched = new Map<string, number>();

  /** Ids that were not noted as used within the last minute by this process. */
  function due(accesses: readonly Access[], at: Date): string[] {
    const ids = accesses.filter(({ result }) => result === 'success').map(({ secret }) => secret.id);
    const found = [...new Set(ids)].filter((id) => at.getTime() - (touched.get(id) ?? 0) >= TOUCH_MS);
    if (touched.size > 50_000) touched.clear();
    for (const id of found) touched.set(id, at.getTime());
    return found;
  }

  return {
    permit: deps.permit,
    seal(db, secret, version, text) {
      deps.observe?.('seal');
      return sealer.seal(db, valuePlace(secret, version), text);
    },
    async open(db, secret, { number, sealed }) {
      const text = await sealer.open(db, valuePlace(secret, number), sealed).catch((cause: unknown) => undecryptable(deps, secret, number, cause));
      deps.observe?.('open');
      if (!isShown(secret)) taint(text, secret.name, secret.tenantId);
      return text;
    },
    async log(use, accesses) {
      if (accesses.length === 0) return;
      const at = now();
      const lines = JSON.stringify(accesses.map((access) => lineOf(use, access, at)));
      const ids = due(accesses, at);
      await databases.platform(
        'log who had a secret',
        async (db) => {
          await db.$client.query({ ...WRITE, values: [lines] });
          if (ids.length === 0) return;
          const { tenantId } = accesses[0]!.secret;
          const stale = or(isNull(secrets.lastAccessedAt), lt(secrets.lastAccessedAt, new Date(at.getTime() - TOUCH_MS)));
          // Whoever is editing one holds its row, maybe the caller themselves: that one is passed over.
          const free = await db
            .select({ id: secrets.id })
            .from(secrets)
            .where(and(eq(secrets.tenantId, tenantId), inArray(secrets.id, ids), stale))
            .orderBy(secrets.id)
            .for('no key update', { skipLocked: true });
          const found = free.map(({ id }) => id);
          if (found.length > 0) await db.update(secrets).set({ lastAccessedAt: at }).where(and(eq(secrets.tenantId, tenantId), inArray(secrets.id, found))); // prettier-ignore
        },
        { flush: 'later' },
      );
    },
    upkeep: () => keepMonths(deps),
  };
}
