import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { adoptField, forgetServer } from '../decisions.ts';
import { findingView, recount } from '../findings.ts';
import { Finding, id } from '../schemas.ts';
import { findings, type FindingRow } from '../tables.ts';

const DECISIONS = ['adopt', 'ignore', 'forget'] as const;

const finding = (ctx: ReadContext, wanted: string): Promise<FindingRow> =>
  ctx.once(`finding:${wanted}`, async () => {
    const [row] = isUuid(wanted) ? await ctx.db.select().from(findings).where(and(eq(findings.tenantId, ctx.tenantId), eq(findings.id, wanted))) : []; // prettier-ignore
    if (!row) throw new Problem('finding-not-found', `There is no finding "${wanted.slice(0, 64)}". See drift.list.`);
    return row;
  });

/** Which decisions make sense for a finding. */
function requirePossible(row: FindingRow, decision: (typeof DECISIONS)[number]): void {
  if (row.status !== 'open' && row.status !== 'ignored')
    throw new Problem('invalid-state', `The finding is ${row.status} already.`, { state: row.status, allowedFrom: ['open', 'ignored'] });
  const possible = { missing: ['ignore', 'forget'], changed: ['adopt', 'ignore'], unmanaged: ['ignore'], orphan: ['ignore'], duplicate: ['ignore'] }[
    row.kind
  ];
  if (!possible.includes(decision)) {
    const hint = row.kind === 'unmanaged' || row.kind === 'orphan' ? ' To manage it, use clouds.import.' : '';
    throw new Problem('invalid-state', `A finding of kind ${row.kind} can be decided on by: ${possible.join(', ')}.${hint}`, {
      state: row.kind,
      allowedFrom: possible,
    });
  }
}

const WORDS = { adopt: 'Accept what was changed outside', ignore: 'Ignore the finding', forget: 'Accept that it was deleted outside' } as const;

export const driftDecide = defineOperation({
  name: 'drift.decide',
  summary: 'Decide on a drift finding',
  description:
    '`adopt` makes what is at the provider the wanted state. `ignore` says nothing more of it until it differs again. `forget` accepts that a missing server was deleted. Nothing is changed at the provider.',
  permission: 'drift:decide',
  risk: 'write',
  input: z.object({ id, decision: z.enum(DECISIONS).meta({ title: 'Decision' }) }),
  output: Finding,
  async targets(ctx, input) {
    const row = await finding(ctx, input.id);
    return [
      row.serverId
        ? { type: 'server', id: row.serverId, name: row.name, environment: row.environment }
        : { type: 'cloud', id: row.connectionId, name: row.name, environment: row.environment },
    ];
  },
  async plan(ctx, { id: wanted, decision }) {
    const row = await finding(ctx, wanted);
    requirePossible(row, decision);
    const field = { path: row.field, before: row.before as never, after: row.after as never };
    return {
      summary: `${WORDS[decision]}: ${row.name}, ${row.field}`,
      changes: [
        {
          action: decision === 'ignore' ? 'none' : decision === 'forget' ? 'delete' : 'update',
          type: 'server',
          ...(row.serverId ? { id: row.serverId } : {}),
          name: row.name,
          fields: decision === 'adopt' ? [field] : [],
        },
      ],
      observed: { [`finding:${row.id}`]: row.status },
      dataLoss: null,
      facts: { affected: 1 },
    };
  },
  async run(ctx, { id: wanted, decision }) {
    const row = await finding(ctx, wanted);
    requirePossible(row, decision);
    if (decision === 'adopt') await adoptField(ctx, row);
    if (decision === 'forget') await forgetServer(ctx, row);
    const status = ({ adopt: 'adopted', ignore: 'ignored', forget: 'forgotten' } as const)[decision];
    const at = ctx.now();
    const [after] = await ctx.db
      .update(findings)
      .set({ status, decidedBy: ctx.actor.id, updatedAt: at, closedAt: decision === 'ignore' ? null : at })
      .where(and(eq(findings.tenantId, ctx.tenantId), eq(findings.id, row.id)))
      .returning();
    await recount(ctx, row.connectionId);
    ctx.emit('drift.decided', { id: row.id, serverId: row.serverId, kind: row.kind, field: row.field, decision });
    return findingView(after!);
  },
});
