import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Policies } from './providers/port.ts';
import { Author, byOf } from './schemas.ts';
import { policyExemptions, type ExemptionRow } from './tables.ts';

/** Longest exemption in days (governance.md 8.4). */
export const MAX_DAYS = 30;

export const ExemptionView = z.object({
  id: z.uuid(),
  policies: z.array(z.string()),
  users: z.array(z.string()).nullable(),
  resources: z.array(z.string()).nullable(),
  reason: z.string(),
  status: z.enum(['active', 'expired', 'revoked']),
  validUntil: z.iso.datetime(),
  changeId: z.uuid().nullable(),
  createdBy: Author,
  createdAt: z.iso.datetime(),
  revokedBy: Author.nullable(),
  revokedAt: z.iso.datetime().nullable(),
});

export const exemptionView = (row: ExemptionRow, now: Date): z.input<typeof ExemptionView> => ({
  id: row.id, policies: row.policies, users: row.users, resources: row.resources, reason: row.reason,
  status: row.revokedAt ? 'revoked' : row.validUntil <= now ? 'expired' : 'active',
  validUntil: row.validUntil.toISOString(), changeId: row.changeId, createdBy: byOf(row.createdBy), createdAt: row.createdAt.toISOString(),
  revokedBy: row.revokedBy ? byOf(row.revokedBy) : null, revokedAt: row.revokedAt?.toISOString() ?? null,
}); // prettier-ignore

export async function findExemption(ctx: ReadContext, id: string, lock = false): Promise<ExemptionRow> {
  const missing = new Problem('exemption-not-found', `There is no exemption "${id.slice(0, 64)}" in this tenant.`);
  if (!isUuid(id)) throw missing;
  const query = ctx.db
    .select()
    .from(policyExemptions)
    .where(and(eq(policyExemptions.tenantId, ctx.tenantId), eq(policyExemptions.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw missing;
  return row;
}

export const exemptionTarget = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [
  { type: 'policyExemption', id: (await findExemption(ctx, id)).id },
];

/** Throws `policy-not-overridable` unless every rule is in force in a set of the tenant that allows exemptions. */
export async function requireOverridable(ctx: ReadContext, names: readonly string[]): Promise<void> {
  const { sets, platform } = await ctx.provider(Policies).bundle(ctx.db, ctx.tenantId);
  const open = new Set(
    [...platform, ...sets].filter(({ set }) => set.overridable).flatMap(({ name, set }) => set.policies.map(({ id }) => `${name}/${id}`)),
  );
  const known = new Set([...platform, ...sets].flatMap(({ name, set }) => set.policies.map(({ id }) => `${name}/${id}`)));
  const errors = names.flatMap((name, place) =>
    open.has(name) ? [] : [{ pointer: `/policies/${place}`, message: known.has(name) ? 'Its set is not overridable' : 'No such rule is in force' }],
  );
  if (errors.length === 0) return;
  throw new Problem('policy-not-overridable', `No exemption can be made from ${names.filter((name) => !open.has(name)).join(', ')}.`, { errors });
}

/** Throws `validation-failed` for an end that has passed or lies too far away. */
export function requireEnd(until: Date, now: Date): void {
  const latest = new Date(now.getTime() + MAX_DAYS * 86_400_000);
  if (until > now && until <= latest) return;
  const message = `Later than now, and by ${latest.toISOString()} at the latest (${MAX_DAYS} days)`;
  throw new Problem('validation-failed', `An exemption ends within ${MAX_DAYS} days.`, { errors: [{ pointer: '/validUntil', message }] });
}
