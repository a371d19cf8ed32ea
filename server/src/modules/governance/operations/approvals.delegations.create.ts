import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ScopeClause } from '#kernel/scope.ts';
import { delegateWhileAway } from '../approvals/delegate.ts';
import { Delegation } from '../approvals/schemas.ts';
import { delegationView } from '../approvals/view.ts';

// Groups are left out: what they hold is read when rights are, and a delegation gives none.
const Where = z.union([z.strictObject({ all: z.literal(true) }), z.strictObject({ any: z.array(ScopeClause.omit({ groups: true })).min(1).max(100) })]); // prettier-ignore

export const approvalsDelegationsCreate = defineOperation({
  name: 'approvals.delegations.create',
  summary: 'Have somebody decide while you are away',
  description:
    'For 30 days at most. They must hold approvals:decide themselves, never decide on what they or you asked for, and the two of you count once.',
  permission: 'approvals:delegate',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp'],
  route: { method: 'POST', path: '/delegations' },
  input: z.object({
    to: z.uuid().meta({ title: 'To', widget: 'member' }),
    from: z.iso.datetime().optional().meta({ title: 'From', help: 'Now, when left out' }),
    until: z.iso.datetime().meta({ title: 'Until', help: 'At most 30 days later' }),
    scope: Where.optional().meta({ title: 'Only for', help: 'Everything, when left out', widget: 'scope' }),
    reason: z.string().trim().max(500).default('').meta({ title: 'Reason' }),
  }),
  output: Delegation,
  targets: 'none',
  async run(ctx, { to, from, until, scope, reason }) {
    const times = { from: from === undefined ? ctx.now() : new Date(from), until: new Date(until) };
    return delegationView(await delegateWhileAway(ctx, { to, ...times, scope: scope && !('all' in scope) ? scope : null, reason }), ctx.now());
  },
});
