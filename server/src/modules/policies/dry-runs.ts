import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { PolicyFacts } from '#kernel/gate-steps.ts';
import { policyDryRuns } from './tables.ts';

type Tried = Pick<PolicyFacts, 'actor' | 'operation' | 'inputHash' | 'now'>;
const keyOf = ({ actor, operation, inputHash }: Tried) => ({ tenantId: actor.tenantId, actorId: actor.id, operation: operation.name, inputHash });

/** Remembers that somebody has tried exactly this; kept with the dry run's own transaction, so it is there before they are answered. */
export async function noteDryRun(db: Database, tried: Tried): Promise<void> {
  const { tenantId, actorId, operation, inputHash } = policyDryRuns;
  await db
    .insert(policyDryRuns)
    .values({ ...keyOf(tried), at: tried.now })
    .onConflictDoUpdate({ target: [tenantId, actorId, operation, inputHash], set: { at: tried.now } });
}

/** When they last tried exactly this. */
export async function lastDryRun(db: Database, tried: Tried): Promise<Date | undefined> {
  const key = keyOf(tried);
  const [row] = await db
    .select({ at: policyDryRuns.at })
    .from(policyDryRuns)
    .where(
      and(
        eq(policyDryRuns.tenantId, key.tenantId),
        eq(policyDryRuns.actorId, key.actorId),
        eq(policyDryRuns.operation, key.operation),
        eq(policyDryRuns.inputHash, key.inputHash),
      ),
    );
  return row?.at;
}
