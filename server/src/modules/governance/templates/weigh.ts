import type { Database } from '#kernel/database.ts';
import { and, desc, eq, gt, inArray } from '#kernel/drizzle.ts';
import { changes, changeTemplates, type TemplateRow } from '../tables.ts';
import { isSpent, TEMPLATE } from './rules.ts';

interface Place {
  db: Database;
  tenantId: string;
  now: () => Date;
  emit: (event: `${string}.${string}`, payload: Record<string, unknown>) => void;
}

const ENDED = ['succeeded', 'partially_succeeded', 'failed', 'rolling_back', 'rolled_back', 'rollback_failed'] as const;

/** What was carried out by it since two people last agreed to it, newest first. */
export const runsOf = ({ db, tenantId }: Pick<Place, 'db' | 'tenantId'>, { id, agreedAt }: TemplateRow) =>
  db
    .select({ state: changes.state, rolledBackBy: changes.rolledBackBy })
    .from(changes)
    .where(and(eq(changes.tenantId, tenantId), eq(changes.templateId, id), gt(changes.approvedAt, agreedAt), inArray(changes.state, [...ENDED])))
    .orderBy(desc(changes.approvedAt), desc(changes.id))
    .limit(TEMPLATE.ofRuns);

/** Takes its right from a template, and says so to its owner. */
export async function suspendTemplate(place: Place, row: TemplateRow, reason: string, by: string): Promise<TemplateRow> {
  const mine = and(eq(changeTemplates.tenantId, place.tenantId), eq(changeTemplates.id, row.id));
  const [suspended] = await place.db
    .update(changeTemplates)
    .set({ status: 'suspended', suspendedReason: reason, version: row.version + 1, updatedAt: place.now() })
    .where(mine)
    .returning();
  place.emit('changeTemplate.suspended', { templateId: row.id, name: row.name, operation: row.operation, reason, by, recipients: [row.ownerId] });
  return suspended!;
}

/** Earned autonomy: a template that failed twice in its last twenty runs is suspended. Answers whether it still holds. */
export async function weigh(place: Place, templateId: string): Promise<boolean> {
  const mine = and(eq(changeTemplates.tenantId, place.tenantId), eq(changeTemplates.id, templateId));
  const [row] = await place.db.select().from(changeTemplates).where(mine).for('update');
  if (row?.status !== 'active') return false;
  if (!isSpent(await runsOf(place, row))) return true;
  const reason = `${TEMPLATE.failures} of its last ${TEMPLATE.ofRuns} runs failed or were rolled back.`;
  await suspendTemplate(place, row, reason, 'system:governance');
  return false;
}
