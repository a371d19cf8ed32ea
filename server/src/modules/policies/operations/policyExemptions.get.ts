import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { exemptionTarget, exemptionView, ExemptionView, findExemption } from '../exemptions.ts';

export const policyExemptionsGet = defineOperation({
  name: 'policyExemptions.get',
  summary: 'Show an exemption',
  permission: 'policies:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: ExemptionView,
  targets: exemptionTarget,
  run: async (ctx, { id }) => exemptionView(await findExemption(ctx, id), ctx.now()),
});
