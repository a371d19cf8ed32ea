import type { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { Conditions, Operations } from '../providers/port.ts';
import { changeTemplates, type TemplateRow } from '../tables.ts';
import { mayBeTemplated, TEMPLATE } from './rules.ts';
import type { TemplateFields } from './schemas.ts';
import { orTaken, requireRoom } from './store.ts';

export type Fields = { [Name in keyof typeof TemplateFields]: z.output<(typeof TemplateFields)[Name]> };
const DAY_MS = 86_400_000;

const invalid = (pointer: string, message: string): Problem => new Problem('template-invalid', message, { errors: [{ pointer, message }] });

/** Throws `template-invalid` for what cannot be agreed to once for all. */
function requireSound(ctx: ReadContext, { operation: name, when, window, validUntil }: Fields): void {
  const operation = ctx.provider(Operations).get(name);
  if (!operation || operation.risk === 'read' || operation.change === 'none')
    throw invalid('/operation', `There is no operation "${name}" that leaves a Change.`);
  if (!mayBeTemplated(name)) throw invalid('/operation', `${name} decides who may do what, or what has to be agreed; that is agreed to each time.`);
  const until = new Date(validUntil).getTime() - ctx.now().getTime();
  if (until <= 0 || until > TEMPLATE.longestDays * DAY_MS) throw invalid('/validUntil', `Later than now, and at most ${TEMPLATE.longestDays} days ahead.`);
  const fault = ctx.provider(Conditions).fault({ operation: name, when, window });
  if (fault) throw invalid(fault.in === 'window' ? '/window' : '/when', fault.message);
} // prettier-ignore

const valuesOf = ({ validUntil, ...rest }: Fields) => ({ ...rest, expiresAt: new Date(validUntil) });
export const fieldsOf = (row: TemplateRow): Fields => ({
  name: row.name,
  description: row.description,
  operation: row.operation,
  when: row.when,
  scope: row.scope,
  window: row.window as Fields['window'],
  maxRuns: row.maxRuns,
  maxRunsHours: row.maxRunsHours,
  validUntil: row.expiresAt.toISOString(),
});

const diff = (before: Fields | undefined, after: Fields) =>
  (Object.keys(after) as (keyof Fields)[])
    .filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after[name]))
    .map((path) => ({ path, ...(before ? { before: before[path] as never } : {}), after: after[path] as never }));

export async function planTemplate(ctx: ReadContext, after: Fields, row?: TemplateRow): Promise<Plan> {
  requireSound(ctx, after);
  await requireRoom(ctx, after.name, row?.id);
  return {
    summary: row ? `Change the template "${row.name}" for ${after.operation}` : `Agree once for all to ${after.operation}: "${after.name}"`,
    risk: 'high',
    changes: [{ action: row ? 'update' : 'create', type: 'changeTemplate', name: after.name, fields: diff(row && fieldsOf(row), after), ...(row ? { id: row.id } : {}) }],
    reversible: 'Suspend or retire the template.',
    warnings: [`Whoever may call ${after.operation} will need no approval for what fits, ${after.maxRuns} times in ${after.maxRunsHours} h.`],
    ...(row ? { observed: { [`changeTemplate:${row.id}`]: String(row.version) } } : {}),
  };
} // prettier-ignore

export async function createTemplate(ctx: Context, fields: Fields): Promise<TemplateRow> {
  requireSound(ctx, fields);
  const at = ctx.now();
  const made = {
    ...valuesOf(fields), tenantId: ctx.tenantId, id: newId(), ownerId: ctx.actor.ownerId ?? ctx.actor.id, ownerName: ctx.actor.name,
    status: 'active' as const, agreedAt: at, changeId: ctx.changeId, createdAt: at, updatedAt: at,
  }; // prettier-ignore
  const [row] = await ctx.db.insert(changeTemplates).values(made).returning().catch(orTaken(fields.name));
  ctx.emit('changeTemplate.created', { templateId: row!.id, name: row!.name, operation: row!.operation, by: ctx.actor.id });
  return row!;
}

/** Agreed to anew: one that was suspended holds again, and what went wrong before no longer counts. */
export async function updateTemplate(ctx: Context, row: TemplateRow, fields: Fields): Promise<TemplateRow> {
  requireSound(ctx, fields);
  const at = ctx.now();
  const [updated] = await ctx.db
    .update(changeTemplates)
    .set({ ...valuesOf(fields), status: 'active', suspendedReason: null, agreedAt: at, changeId: ctx.changeId, version: row.version + 1, updatedAt: at })
    .where(and(eq(changeTemplates.tenantId, ctx.tenantId), eq(changeTemplates.id, row.id)))
    .returning()
    .catch(orTaken(fields.name));
  ctx.emit('changeTemplate.updated', { templateId: row.id, name: fields.name, operation: fields.operation, by: ctx.actor.id, recipients: [row.ownerId] });
  return updated!;
} // prettier-ignore
