import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Change, ChangeId } from '../schemas.ts';
import { loadChange, visibleChange } from '../target.ts';
import { detailOf } from '../view.ts';

export const changesGet = defineOperation({
  name: 'changes.get',
  summary: 'Show a Change',
  description: 'Plan, who must agree and why, decisions, steps of the job, outcome, and what you may do with it.',
  permission: 'changes:read',
  risk: 'read',
  input: z.object({ id: ChangeId }),
  output: Change,
  targets: visibleChange,
  run: async (ctx, { id }) => detailOf(ctx, await loadChange(ctx, id)),
});
