import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation, type Target } from '#kernel/operation.ts';
import { readableChange } from '../approvals/target.ts';
import { EMERGENCY } from '../emergency/rules.ts';
import { skipApproval } from '../emergency/waiting.ts';
import { Change, ChangeId } from '../schemas.ts';
import { loadChange } from '../target.ts';
import { detailOf } from '../view.ts';

async function itsTargets(ctx: ReadContext, input: { id: string }): Promise<Target[]> {
  await readableChange(ctx, input);
  return (await loadChange(ctx, input.id)).targets;
}

export const changesEmergency = defineOperation({
  name: 'changes.emergency',
  summary: 'Carry out a waiting Change as an emergency',
  description:
    'Skips the approvals and time windows that are in its way, except those of rules marked `breakGlass: never`. Needs a comment of 20 characters, a ticket and a fresh proof; all administrators and approvers are told at once, and somebody independent reviews it within 24 hours.',
  permission: 'changes:emergency',
  risk: 'high',
  change: 'none',
  stepUp: EMERGENCY.proofSeconds,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/changes/{id}/emergency' },
  input: z.object({
    id: ChangeId,
    comment: z.string().max(4000).meta({ title: 'What the emergency is', help: 'At least 20 characters', widget: 'textarea' }),
    ticket: z.string().max(255).meta({ title: 'Ticket' }),
  }),
  output: Change,
  targets: itsTargets,
  run: async (ctx, { id, ...reason }) => detailOf(ctx, await skipApproval(ctx, id, reason)),
});
