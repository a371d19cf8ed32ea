import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import type { EgressException } from '#kernel/outbound-egress.ts';
import type { NodeRun } from '../nodes/declare.ts';
import type { Asker } from './port.ts';
import { egressExceptions } from './tables.ts';

/** What the tenant has opened. */
export const exceptionsOf = (db: Database, tenantId: string): Promise<EgressException[]> =>
  db
    .select({ kind: egressExceptions.kind, value: egressExceptions.value, ports: egressExceptions.ports })
    .from(egressExceptions)
    .where(eq(egressExceptions.tenantId, tenantId));

/** A node asks on behalf of its tenant. */
export const askerOf = ({ tenantId, tx }: Pick<NodeRun, 'tenantId' | 'tx'>): Asker => ({
  tenantId,
  exceptions: () => tx(({ db }) => exceptionsOf(db, tenantId)),
});
