import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { executionTargets } from '../../executions/find.ts';
import { ExecutionId } from '../../executions/schemas.ts';
import { Json } from '../../graph.ts';
import { agreeWith, ApprovalForm, formView } from '../forms.ts';
import { FormId } from './approvalForms.get.ts';

export const approvalFormsDecide = defineOperation({
  name: 'approvalForms.decide',
  summary: 'Agree to what an execution asks, with the form filled in',
  description: 'Agrees to the approval behind it, as approvals.approve does and with the same permission, `approvals:decide`; the execution goes on with these values. approvals.approve agrees to what stands in the form, and approvals.reject refuses it. Where more than one person has to agree, only approving or rejecting as it stands is possible.',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/executions/{id}/approval-forms/{changeId}/decide' },
  input: z.object({
    id: ExecutionId,
    changeId: FormId,
    values: z.record(z.string().max(200), Json).meta({ title: 'Values', help: 'Of all fields of the form', examples: [{ size: 'large' }] }),
    comment: z.string().max(4_000).optional().meta({ title: 'Comment', widget: 'textarea' }),
    planHash: z.string().max(128).optional().meta({ title: 'Plan', help: 'planHash of the Change you have seen; another one is refused', widget: 'hidden' }),
  }),
  output: ApprovalForm,
  targets: executionTargets,
  async run(ctx, { id, changeId, ...said }) {
    await agreeWith(ctx, id, changeId, said);
    return formView(ctx, id, changeId);
  },
}); // prettier-ignore
