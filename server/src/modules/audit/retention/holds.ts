import { z } from 'zod';
import { pgTable, text, timestamp, uuid } from '#kernel/columns.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';

export const holds = pgTable('audit_holds', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  subjectId: text('subject_id'),
  subjectName: text('subject_name'),
  reason: text('reason').notNull(),
  placedBy: text('placed_by').notNull(),
  placedByName: text('placed_by_name').notNull(),
  placedAt: timestamp('placed_at', { withTimezone: true }).notNull(),
  liftedBy: text('lifted_by'),
  liftedByName: text('lifted_by_name'),
  liftedAt: timestamp('lifted_at', { withTimezone: true }),
  liftReason: text('lift_reason'),
});
export type HoldRow = typeof holds.$inferSelect;

/** What must not be deleted now, by tenant: everything, or what these persons did. */
export interface Held {
  whole: boolean;
  subjects: string[];
}

/** Every hold in force, by tenant. Runs as the platform. */
export async function heldNow(db: Database): Promise<Map<string, Held>> {
  const rows = await db.select({ tenantId: holds.tenantId, subjectId: holds.subjectId }).from(holds).where(isNull(holds.liftedAt));
  const found = new Map<string, Held>();
  for (const { tenantId, subjectId } of rows) {
    const held = found.get(tenantId) ?? { whole: false, subjects: [] };
    found.set(tenantId, subjectId === null ? { ...held, whole: true } : { ...held, subjects: [...held.subjects, subjectId] });
  }
  return found;
}

/** Is deletion of the tenant stopped? Runs as the platform; for those who delete it. */
export async function isHeld(db: Database, tenantId: string): Promise<boolean> {
  const mine = and(eq(holds.tenantId, tenantId), isNull(holds.liftedAt));
  return (await db.select({ id: holds.id }).from(holds).where(mine).limit(1)).length > 0;
}

export const HoldView = z.object({
  id: z.uuid(),
  subject: z.object({ id: z.string(), name: z.string() }).nullable().meta({ help: 'The person; null for the whole tenant' }),
  reason: z.string(),
  placed: z.object({ id: z.string(), name: z.string(), at: z.iso.datetime() }),
  lifted: z.object({ id: z.string(), name: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
});

export const holdView = (row: HoldRow): z.input<typeof HoldView> => ({
  id: row.id,
  subject: row.subjectId === null ? null : { id: row.subjectId, name: row.subjectName ?? row.subjectId },
  reason: row.reason,
  placed: { id: row.placedBy, name: row.placedByName, at: row.placedAt.toISOString() },
  lifted: row.liftedAt && { id: row.liftedBy!, name: row.liftedByName!, at: row.liftedAt.toISOString(), reason: row.liftReason ?? '' },
});
