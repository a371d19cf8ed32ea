import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { invalid } from '../../addresses.ts';
import { Drift, findingId } from '../schemas.ts';
import { announce, findFinding, findingOf, findingView, oneFinding, requireCurrent, titleOf } from '../store.ts';
import { findings } from '../tables.ts';

const NAME = 'exchange.drift.ignore';

/** What is to be left alone until a moment that is over is not left alone. */
function requireLater(until: string | undefined, now: Date): void {
  if (until !== undefined && new Date(until) <= now) throw invalid(NAME, '/until', 'is over already');
}

export const exchangeDriftIgnore = defineOperation({
  name: NAME,
  summary: 'Leave alone what was found, for a time or for as long as it is there',
  description: 'It is still looked at, and shown; it is not put right by itself, and nobody is asked to. What goes away and comes back is found anew.',
  permission: 'exchange:manage',
  risk: 'write',
  route: { method: 'POST', path: '/exchange/findings/{id}/ignore' },
  input: z.object({
    id: findingId,
    reason: z.string().trim().min(3).max(1_000).meta({ title: 'Reason', widget: 'textarea' }),
    until: z.iso.datetime().optional().meta({ title: 'Until', help: 'Nothing: for as long as it is there' }),
  }),
  output: Drift,
  targets: oneFinding,
  async plan(ctx, { id, reason, until }) {
    const found = await findingOf(ctx, id);
    requireCurrent(found);
    requireLater(until, ctx.now());
    const fields = [{ path: 'state', before: found.finding.state, after: 'ignored' }, { path: 'reason', before: found.finding.reason, after: reason }];
    return {
      summary: `Leave ${titleOf(found)} alone${until === undefined ? '' : ` until ${until}`}`,
      changes: [{ action: 'update', type: 'exchangeFinding', id, name: titleOf(found), fields }],
      warnings: found.finding.severity === 'critical' ? ['It is critical: routes or members may not be whom they seem.'] : [],
      reversible: 'Put it right, or ignore it for a shorter time.',
    };
  },
  async run(ctx, { id, reason, until }) {
    requireLater(until, ctx.now());
    requireCurrent(await findFinding(ctx, id, true));
    const left = { state: 'ignored' as const, reason, ignoredBy: ctx.actor.name, ignoredUntil: until === undefined ? null : new Date(until) };
    const [row] = await ctx.db.update(findings).set({ ...left, updatedAt: ctx.now() }).where(and(eq(findings.tenantId, ctx.tenantId), eq(findings.id, id))).returning();
    announce(ctx, row!, 'ignored');
    return findingView(await findFinding(ctx, id));
  },
}); // prettier-ignore
