import type { PgColumn } from '../columns.ts';
import type { ReadContext } from '../context.ts';
import { eq, or, sql, type SQL } from '../drizzle.ts';
import { Recall, type HeldLabels } from './port.ts';

/** Who asks: their id, and the access labels that they hold. */
export interface Seer {
  id: string;
  labels: HeldLabels;
}

/** Who asks, with the labels that they hold. */
export const seerOf = ({ actor, db, provider, once }: Pick<ReadContext, 'actor' | 'db' | 'provider' | 'once'>): Promise<Seer> =>
  once('recall.seer', async () => ({ id: actor.id, labels: await provider(Recall).labelsOf(db, actor) }));

/** True for rows that are for everybody, that carry a label which is held, or that the asker made. Undefined where all are seen. */
export function heldBy({ id, labels }: Seer, column: PgColumn, createdBy: PgColumn): SQL | undefined {
  if (labels === 'all') return undefined;
  return or(sql`cardinality(${column}) = 0`, sql`${column} && ${sql.param([...labels])}::text[]`, eq(createdBy, id));
}
