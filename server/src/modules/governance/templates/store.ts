import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, count, eq, ne, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { changeTemplates, type TemplateRow } from '../tables.ts';
import { TEMPLATE, wentWrong } from './rules.ts';
import type { ChangeTemplate } from './schemas.ts';
import { runsOf } from './weigh.ts';

interface At {
  db: Database;
  tenantId: string;
}

/** Throws `template-not-found`. */
export async function findTemplate({ db, tenantId }: At, id: string, lock = false): Promise<TemplateRow> {
  const query = db
    .select()
    .from(changeTemplates)
    .where(and(eq(changeTemplates.tenantId, tenantId), eq(changeTemplates.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('template-not-found', 'There is no template of Changes with this id in this tenant.');
  return row;
}

const taken = (name: string): Problem =>
  new Problem('template-invalid', `Another template is called "${name}".`, { errors: [{ pointer: '/name', message: 'Taken' }] });
/** Somebody else was faster. */
export const orTaken =
  (name: string) =>
  (error: unknown): never => {
    throw isUniqueViolation(error) ? taken(name) : error;
  };

/** Throws `template-invalid` when the name is taken, or a tenant has as many as it may. */
export async function requireRoom({ db, tenantId }: At, name: string, id?: string): Promise<void> {
  const open = and(eq(changeTemplates.tenantId, tenantId), ne(changeTemplates.status, 'retired'), id === undefined ? undefined : ne(changeTemplates.id, id));
  const [found] = await db
    .select({ all: count(), same: sql<number>`count(*) filter (where lower(${changeTemplates.name}) = lower(${name}))::int` })
    .from(changeTemplates)
    .where(open);
  if (found!.same > 0) throw taken(name);
  if (found!.all >= TEMPLATE.perTenant) throw new Problem('template-invalid', `A tenant has ${TEMPLATE.perTenant} templates at most.`);
} // prettier-ignore

const figures = async (at: At, row: TemplateRow): Promise<ChangeTemplate['runs']> => {
  const runs = await runsOf(at, row);
  return { total: runs.length, failed: runs.filter(wentWrong).length };
};

export async function templateView(ctx: Pick<ReadContext, 'db' | 'tenantId' | 'now'>, row: TemplateRow): Promise<ChangeTemplate> {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    operation: row.operation,
    when: row.when,
    scope: row.scope,
    window: row.window as ChangeTemplate['window'],
    maxRuns: row.maxRuns,
    maxRunsHours: row.maxRunsHours,
    validUntil: row.expiresAt.toISOString(),
    status: row.status === 'active' && row.expiresAt <= ctx.now() ? 'expired' : row.status,
    suspendedReason: row.suspendedReason,
    owner: { id: row.ownerId, name: row.ownerName },
    agreedAt: row.agreedAt.toISOString(),
    runs: await figures(ctx, row),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Ends a template; nothing brings it back. */
export async function retireTemplate(ctx: Context, row: TemplateRow): Promise<TemplateRow> {
  const [retired] = await ctx.db
    .update(changeTemplates)
    .set({ status: 'retired', version: row.version + 1, updatedAt: ctx.now() })
    .where(and(eq(changeTemplates.tenantId, ctx.tenantId), eq(changeTemplates.id, row.id)))
    .returning();
  ctx.emit('changeTemplate.retired', { templateId: row.id, name: row.name, operation: row.operation, by: ctx.actor.id, recipients: [row.ownerId] });
  return retired!;
}

export async function nameOfTemplate(at: At, id: string): Promise<{ id: string; name: string }> {
  const { name } = await findTemplate(at, id);
  return { id, name };
}
