import type { Database } from '#kernel/database.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Sealer } from '#kernel/seal.ts';
import { restoreSecrets } from '#kernel/sensitive.ts';
import type { ChangeRow } from '../tables.ts';

/** The input as it was sent, with the secrets that were kept sealed beside it. */
export async function fullInput(db: Database, sealer: Sealer, operation: AnyOperation, row: ChangeRow): Promise<Record<string, unknown>> {
  if (!row.sealedSecrets) return row.input;
  const place = { tenantId: row.tenantId, table: 'changes', row: row.id, field: 'sealed_secrets' };
  const secrets = JSON.parse(await sealer.open(db, place, row.sealedSecrets)) as Record<string, unknown>;
  return restoreSecrets(operation.input, row.input, secrets) as Record<string, unknown>;
}
