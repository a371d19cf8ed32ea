import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Amounts, Limit, Subject } from '../schemas.ts';
import { limitOverrides } from '../tables.ts';
import { findOverride, limitView, namedBy } from '../view.ts';

const FIELDS = ['perMinute', 'perHour', 'perDay'] as const;

export const limitsUpdate = defineOperation({
  name: 'limits.update',
  summary: 'Set the quotas of a role, person, key or the tenant',
  description: 'A field that is null goes back to its default. In force on every process within a second.',
  permission: 'limits:write',
  risk: 'high',
  route: { method: 'PUT', path: '/limits/{subject}' },
  input: Amounts.extend({ subject: Subject }),
  output: Limit,
  targets: 'none',
  async plan(ctx, input) {
    const named = namedBy(input.subject);
    const now = limitView(named, await findOverride(ctx, named));
    const fields = FIELDS.filter((path) => now[path] !== input[path]).map((path) => ({ path, before: now[path], after: input[path] }));
    return {
      summary: `Set the quotas of ${input.subject}`,
      changes: [{ action: 'update', type: 'limit', name: input.subject, fields }],
      reversible: 'Set the earlier quotas again.',
      observed: { limit: String(now.version) },
    };
  },
  async run(ctx, { subject: text, ...amounts }) {
    const named = namedBy(text);
    const row = await findOverride(ctx, named);
    const mine = and(eq(limitOverrides.tenantId, ctx.tenantId), eq(limitOverrides.kind, named.kind), eq(limitOverrides.subject, named.subject));
    const next = { ...amounts, version: (row?.version ?? 0) + 1, updatedAt: ctx.now() };
    if (FIELDS.every((field) => amounts[field] === null)) await ctx.db.delete(limitOverrides).where(mine);
    else
      await ctx.db
        .insert(limitOverrides)
        .values({ tenantId: ctx.tenantId, id: newId(), ...named, ...next })
        .onConflictDoUpdate({ target: [limitOverrides.tenantId, limitOverrides.kind, limitOverrides.subject], set: next });
    ctx.emit('limit.updated', { subject: text, ...amounts });
    return limitView(named, await findOverride(ctx, named));
  },
});
