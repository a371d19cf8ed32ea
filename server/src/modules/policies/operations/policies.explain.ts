import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { explain } from '../engine/index.ts';
import { findDecision } from '../decisions.ts';
import { RulingView, rulingView } from '../reports.ts';

export const policiesExplain = defineOperation({
  name: 'policies.explain',
  summary: 'Explain a decision by the rules and facts it rested on',
  description: 'In plain words, with the rules that matched, expressions that failed, and all facts. Your own decisions are explained by `decisions.get` too, without facts.',
  permission: 'policies:test',
  risk: 'read',
  sensitive: true,
  route: { method: 'GET', path: '/policies/decisions/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Decision' }) }),
  output: z.object({
    decisionId: z.uuid(),
    at: z.iso.datetime(),
    operation: z.string(),
    risk: z.enum(['read', 'write', 'high']),
    actorId: z.string(),
    phase: z.enum(['request', 'plan', 'apply']),
    dryRun: z.boolean(),
    reasons: z.array(z.string()),
    ruling: RulingView,
    facts: z.record(z.string(), z.json()),
  }),
  targets: 'none',
  async run(ctx, { id }) {
    const row = await findDecision(ctx.db, ctx.tenantId, id);
    if (!row)
      throw new Problem('decision-not-found', `No facts are kept of decision ${id}. They are for writes and for calls that a rule matched, for thirty days.`);
    const { decisionId, at, operation, risk, actorId, phase, dryRun, ruling, facts } = row;
    const reasons = explain({ demands: {}, rateLimits: [], notify: [], ...ruling });
    return { decisionId, at: at.toISOString(), operation, risk, actorId, phase, dryRun, reasons, ruling: rulingView(ruling), facts: facts as unknown as Record<string, never> };
  },
}); // prettier-ignore
